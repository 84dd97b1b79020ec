import { isSame } from "./secrets.ts";
import { type Update, updateSchema } from "./telegram-updates.ts";

/**
 * Answers Telegram's posts: 401 for a stranger, 400 for nonsense, 200 once `take` has stored the update,
 * 503 when it could not. The body stays empty, since Telegram runs a method call found in it.
 */
export function createWebhook(secret: string, take: (update: Update) => Promise<void>) {
  return async (headers: Headers, rawBody: Uint8Array): Promise<{ status: number }> => {
    if (!isSame(headers.get("x-telegram-bot-api-secret-token") ?? "", secret)) return { status: 401 };
    const update = parse(rawBody);
    if (update === null) return { status: 400 };
    return take(update).then(
      () => ({ status: 200 }),
      () => ({ status: 503 }),
    );
  };
}

function parse(rawBody: Uint8Array): Update | null {
  try {
    return updateSchema.parse(JSON.parse(Buffer.from(rawBody).toString("utf8")));
  } catch {
    return null;
  }
}
