import { type Api, GrammyError } from "grammy";
import { type Term, TermOver } from "./lead.ts";
import type { Log } from "./log.ts";
import { forGrammy } from "./telegram-api.ts";
import { ALLOWED_UPDATES, type Update, updateSchema } from "./telegram-updates.ts";

/** Where the next update to ask for is remembered across restarts; null before the first. */
export type Offsets = {
  read(): Promise<number | null>;
  /** False, and nothing is written, when the term is over. */
  write(offset: number, term: number): Promise<boolean>;
};

/** How long things may take; tests shorten it. */
export type Pace = {
  pollSeconds: number;
  firstRetryMs: number;
  slowestRetryMs: number;
  silenceMs: number;
  /** How often a webhook is looked at. */
  lookMs: number;
};

export const USUAL_PACE: Pace = {
  pollSeconds: 25,
  firstRetryMs: 1_000,
  slowestRetryMs: 30_000,
  silenceMs: 90_000,
  lookMs: 60_000,
};

type Parts = { api: Api; offsets: Offsets; pace: Pace; log: Log; term: Term };

/**
 * One long poll of a term. The offset moves past an update only after `take` has stored it, and a failure leaves the
 * rest for the next poll, so a crash or a failing store repeats updates and never loses one.
 */
export function createPoll(
  { api, offsets, pace, log, term }: Parts,
  take: (update: Update) => Promise<void>,
) {
  let offset: number | null | undefined;

  return async (signal: AbortSignal): Promise<void> => {
    if (offset === undefined) offset = await offsets.read();
    const from = offset;
    if (term.isOver()) throw new TermOver();
    const updates = await fetchUpdates(api, from, pace.pollSeconds, signal);
    try {
      for (const update of updates) {
        if (signal.aborted) return;
        await takeReadable(update);
        // Telegram restarts its numbering after a quiet week, so this follows it down as well as up.
        offset = update.update_id + 1;
      }
    } finally {
      if (offset !== null && offset !== from) await keep(offset);
    }
  };

  async function keep(next: number): Promise<void> {
    if (!(await offsets.write(next, term.number))) throw new TermOver();
  }

  async function takeReadable(raw: { update_id: number }): Promise<void> {
    const update = updateSchema.safeParse(raw);
    if (update.success) return take(update.data);
    log.error({ updateId: raw.update_id }, "Bản tin Telegram không đọc được, bỏ qua");
  }
}

function fetchUpdates(api: Api, offset: number | null, timeout: number, signal: AbortSignal) {
  const from = offset === null ? {} : { offset };
  return api.getUpdates(
    { ...from, limit: 100, timeout, allowed_updates: ALLOWED_UPDATES },
    forGrammy(signal),
  );
}

/** True when Telegram does not know the token. */
export function isWrongToken(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

/** Milliseconds to wait after the n-th failure in a row. */
export function pauseAfter(pace: Pace): (error: unknown, failures: number) => number {
  return (error, failures) => {
    if (isWrongToken(error)) return pace.slowestRetryMs;
    const wanted = error instanceof GrammyError ? error.parameters.retry_after : undefined;
    return wanted ? wanted * 1000 : Math.min(pace.firstRetryMs * 2 ** (failures - 1), pace.slowestRetryMs);
  };
}
