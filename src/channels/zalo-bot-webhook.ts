import { isSame } from "./secrets.ts";
import { readUpdate, type Update } from "./zalo-bot-updates.ts";

/**
 * Answers Zalo's posts: 200 to the empty probe, whose secret is not documented, 401 to a stranger, 400 to
 * nonsense, 200 once `take` has stored the update, 503 when it could not.
 */
export function createWebhook(secret: string, take: (update: Update) => Promise<void>) {
  return async (headers: Headers, rawBody: Uint8Array): Promise<{ status: number }> => {
    if (rawBody.length === 0) return { status: 200 };
    if (!isSame(headers.get("x-bot-api-secret-token") ?? "", secret)) return { status: 401 };
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
    return readUpdate(JSON.parse(Buffer.from(rawBody).toString("utf8")));
  } catch {
    return null;
  }
}
