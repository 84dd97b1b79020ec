import type { FakeTelegram } from "../../test/support/fake-telegram.ts";

/** One try to send a message, as Telegram saw it; times are milliseconds since the epoch. */
export type Call = {
  chat: string;
  at: number;
  from: string;
  /** The seconds after which it was to be tried again; null when it was not put off. */
  retryAfter: number | null;
};

/** Every try to send, in the order in which they came. */
export function callsOf({ calls }: Pick<FakeTelegram, "calls">): Call[] {
  return calls
    .filter(({ method }) => method === "sendmessage")
    .map(({ payload, at, from, fault }) => ({
      chat: String(payload.chat_id),
      at,
      from,
      retryAfter:
        fault?.kind === "error" && fault.code === 429
          ? (fault.parameters as { retry_after: number }).retry_after
          : null,
    }));
}

/** How many calls to a chat came before the time was over that Telegram had told for it. */
export function tooEarly(calls: readonly Call[]): number {
  const closedUntil = new Map<string, number>();
  return calls.filter(({ chat, at, retryAfter }) => {
    const isEarly = at < (closedUntil.get(chat) ?? 0);
    if (retryAfter !== null) closedUntil.set(chat, at + retryAfter * 1000);
    return isEarly;
  }).length;
}

/** The most of these moments that any span of so many milliseconds holds; they are in order. */
export function mostWithin(moments: readonly number[], spanMs: number): number {
  let most = 0;
  let first = 0;
  for (const [last, at] of moments.entries()) {
    while ((moments[first] ?? at) <= at - spanMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
