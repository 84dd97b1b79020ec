import { setTimeout as sleep } from "node:timers/promises";
import { type Term, TermOver } from "./lead.ts";
import type { Call } from "./zalo-bot-api.ts";
import { isIdle, isOverQuota, isWrongToken } from "./zalo-bot-errors.ts";
import { readUpdate, type Update } from "./zalo-bot-updates.ts";

/** How long things may take; tests shorten it. */
export type Pace = {
  /** Short, since a stop lets the poll under way end. */
  pollSeconds: number;
  /** How much later than asked Zalo may end a poll. */
  lateMs: number;
  firstRetryMs: number;
  slowestRetryMs: number;
  silenceMs: number;
};

export const USUAL_PACE: Pace = {
  pollSeconds: 5,
  lateMs: 30_000,
  firstRetryMs: 1_000,
  slowestRetryMs: 30_000,
  silenceMs: 90_000,
};

type Parts = {
  call: Call;
  pace: Pace;
  /** Ends pauses. */
  stopping: AbortSignal;
  /** Ends the call itself; what Zalo was about to say in it is lost. */
  cutOff: AbortSignal;
  reached(): void;
};

/**
 * Polls for one update and hands it to `take`. Zalo has no acknowledgement and never repeats an update, so one
 * that `take` could not store is held here and handed over again before the next is asked for. A process killed
 * between Zalo's answer and the commit loses that one update and no other.
 */
export function createPoll(
  { call, pace, stopping, cutOff, reached }: Parts,
  take: (update: Update) => Promise<void>,
) {
  const held: Update[] = [];

  return { once, storeHeld, isHolding: () => held.length > 0 };

  /** One poll of a term. Whoever polls by the time that Zalo answers, what it gave to us is ours to store. */
  async function once(term: Term): Promise<void> {
    await storeHeld();
    if (term.isOver()) throw new TermOver();
    const update = await next();
    if (update) held.push(update);
    await storeHeld();
  }

  async function storeHeld(): Promise<void> {
    for (let first = held[0]; first; first = held[0]) {
      await take(first);
      if (held[0] === first) held.shift();
    }
  }

  async function next(): Promise<Update | null> {
    const began = Date.now();
    const raw = await ask();
    const update = raw === null ? null : readUpdate(raw);
    if (raw !== null && !update) throw new Error("bản tin Zalo không đọc được, bỏ qua");
    reached();
    if (!update?.message) await pauseIfEarly(began);
    return update;
  }

  async function ask(): Promise<unknown> {
    const timeoutMs = pace.pollSeconds * 1000 + pace.lateMs;
    try {
      const result = await call(
        "getUpdates",
        { timeout: String(pace.pollSeconds) },
        { signal: cutOff, timeoutMs },
      );
      return result ?? null;
    } catch (error) {
      if (isIdle(error)) return null;
      throw error;
    }
  }

  /** An empty answer that came at once would be asked for again at once, for ever. */
  async function pauseIfEarly(began: number): Promise<void> {
    const isEarly = Date.now() - began < pace.pollSeconds * 500;
    if (isEarly) await quietly(pace.firstRetryMs, stopping);
  }
}

async function quietly(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

/** Milliseconds to wait after the n-th failure in a row. */
export function pauseAfter(pace: Pace): (error: unknown, failures: number) => number {
  return (error, failures) => {
    if (isWrongToken(error) || isOverQuota(error)) return pace.slowestRetryMs;
    return Math.min(pace.firstRetryMs * 2 ** (failures - 1), pace.slowestRetryMs);
  };
}
