import { createHash, timingSafeEqual } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseKeepingIds } from "./zalo-oa-api.ts";
import { eventSchema, type ZaloEvent } from "./zalo-oa-events.ts";

type Signing = { appId: string; secretKey: string };

type Options = Signing & {
  /** Below the two seconds after which Zalo counts a call as lost. */
  patienceMs: number;
  /** A post whose signature is not ours, with its body as it came. */
  onForged(headers: Headers, rawBody: Uint8Array): void;
};

/**
 * Answers Zalo's posts: 401 for a stranger, 400 for nonsense, 200 once `take` has stored the event,
 * 503 when it could not, or not in time; Zalo then posts it again.
 */
export function createWebhook(options: Options, take: (event: ZaloEvent) => Promise<void>) {
  return async (headers: Headers, rawBody: Uint8Array): Promise<{ status: number }> => {
    if (!isSigned(headers, rawBody, options)) {
      options.onForged(headers, rawBody);
      return { status: 401 };
    }
    const event = eventSchema.safeParse(read(rawBody));
    if (!event.success) return { status: 400 };
    return Promise.race([
      take(event.data).then(
        () => ({ status: 200 }),
        () => ({ status: 503 }),
      ),
      sleep(options.patienceMs, { status: 503 }, { ref: false }),
    ]);
  };
}

/** Whether the header signs exactly these bytes: `mac=` and SHA-256 of app id, body, timestamp and secret key. */
export function isSigned(headers: Headers, rawBody: Uint8Array, { appId, secretKey }: Signing): boolean {
  const given = /^(?:mac=)?([0-9a-f]{64})$/i.exec(headers.get("x-zevent-signature") ?? "")?.[1];
  const timestamp = given && timestampIn(rawBody);
  if (!given || !timestamp) return false;
  const expected = createHash("sha256")
    .update(appId)
    .update(rawBody)
    .update(timestamp)
    .update(secretKey)
    .digest();
  return timingSafeEqual(Buffer.from(given, "hex"), expected);
}

/** The timestamp as it is written at the top of the body. */
function timestampIn(rawBody: Uint8Array): string | null {
  const body = read(rawBody);
  const timestamp = typeof body === "object" && body !== null && "timestamp" in body ? body.timestamp : null;
  return typeof timestamp === "string" || typeof timestamp === "number" ? String(timestamp) : null;
}

function read(rawBody: Uint8Array): unknown {
  return parseKeepingIds(Buffer.from(rawBody).toString("utf8"));
}
