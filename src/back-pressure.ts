import type { WebhookHandler } from "./server.ts";

/** Nothing was done; worth another try after so many seconds. */
export type Refused = { retryAfter: number };

/** Keeps messages that come faster than they can be stored with their senders, who hold them, instead of in our memory. */
export type BackPressure = {
  /** Runs what stores a message while there is room, else refuses at once. */
  whenRoom<T>(store: () => Promise<T>): Promise<T | Refused>;
  /** The webhook with 503 and Retry-After where there is no room, and where it could not store. */
  guard(handle: WebhookHandler): WebhookHandler;
  /** How many posts were refused so far. */
  refused(): number;
  /** In a few words for /readyz, once refusing has lasted; else null. */
  fault(): string | null;
};

/**
 * Bounds what is being stored, and with it the waits for a connection, which are part of storing. The depth of the inbox is not
 * bounded: stored messages lie in the database, and a claim takes as long among 100,000 open ones as among none.
 */
const AT_ONCE = 32;
const LONGEST_WAIT_S = 30;
/** The weight of the newest duration in the mean. */
const NEWEST = 0.1;
/** Refusals with a longer pause between them are another crowd. */
const SAME_CROWD_MS = 10_000;
const LASTING_MS = 30_000;

/** Makes the gate; `now` is a clock in milliseconds. */
export function createBackPressure(now: () => number, atOnce = AT_ONCE): BackPressure {
  const crowd = { since: 0, latest: Number.NEGATIVE_INFINITY };
  let beingStored = 0;
  let meanMs = 0;
  let refusals = 0;

  async function whenRoom<T>(store: () => Promise<T>): Promise<T | Refused> {
    if (beingStored >= atOnce) return refuse();
    const began = now();
    beingStored += 1;
    try {
      return await store();
    } finally {
      beingStored -= 1;
      meanMs += NEWEST * (now() - began - meanMs);
    }
  }

  function refuse(): Refused {
    const at = now();
    if (at - crowd.latest > SAME_CROWD_MS) crowd.since = at;
    crowd.latest = at;
    refusals += 1;
    return { retryAfter: retryAfter() };
  }

  /** By then, what is being stored now has made room. */
  function retryAfter(): number {
    return Math.min(Math.max(1, Math.ceil(meanMs / 1000)), LONGEST_WAIT_S);
  }

  return {
    whenRoom,
    guard: (handle) => async (headers, rawBody) => {
      const answer = await whenRoom(() => handle(headers, rawBody));
      if (!("status" in answer)) return { status: 503, ...answer };
      return answer.status === 503 ? { retryAfter: retryAfter(), ...answer } : answer;
    },
    refused: () => refusals,
    fault() {
      const isLasting = crowd.latest - crowd.since >= LASTING_MS && now() - crowd.latest <= SAME_CROWD_MS;
      return isLasting ? "tin đến nhanh hơn mức ghi kịp, đang hẹn nơi gửi gửi lại sau" : null;
    },
  };
}
