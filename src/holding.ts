import type { ClaimedMessage } from "./db/claims.ts";
import { LostLease, type MessageStore } from "./db/messages.ts";
import type { Log } from "./log.ts";

type Parts = { messages: Pick<MessageStore, "renew">; owner: string; log: Pick<Log, "warn"> };

/** Two renewals may fail before the lease of 10 s runs out. */
const RENEW_EVERY_MS = 3_000;

/** Renews the lease meanwhile, since a language model or a provider may take its time. */
export async function whileHolding<T>(
  message: ClaimedMessage,
  { messages, owner, log }: Parts,
  run: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => {
    // A missed renewal harms nothing by itself: whoever lost the message learns it when he commits.
    messages
      .renew(message.id, owner)
      .catch((error: unknown) => log.warn({ message: message.id, err: error }, "a lease was not renewed"));
  }, RENEW_EVERY_MS);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}

/** For work that somebody else goes on with: a lost lease is told and forgotten, any other error stands. */
export function ignoreLostLease(log: Pick<Log, "warn">, id: number): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof LostLease)) throw error;
    log.warn({ message: id }, "another process took this message over");
  };
}
