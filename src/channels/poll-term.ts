import { setTimeout as sleep } from "node:timers/promises";
import { type Term, TermOver } from "./lead.ts";
import { untilDone } from "./until-done.ts";

type Options = {
  /** One poll with all that follows from it; the signal ends it. */
  once: (signal: AbortSignal) => Promise<void>;
  /** Whether a failure still shows that the network is reached. */
  isAnswer: (error: unknown) => boolean;
  /** For so long a poll may be deaf, and the network out of reach. */
  silenceMs: number;
  report: (error: unknown) => void;
  pauseAfter: (error: unknown, failures: number) => number;
};

/** A poll that neither ended nor failed in all the time that was given to it. */
class Deaf extends Error {}

/**
 * Polls again and again while the term lasts. A deaf poll is abandoned, and the term is given up when nothing was heard for
 * too long: polling begins anew, in another process where there is one, since it may be ours alone that reaches nothing.
 * "given up" tells of the latter.
 */
export async function pollFor(
  term: Term,
  { once, isAnswer, silenceMs, report, pauseAfter }: Options,
): Promise<"over" | "given up"> {
  const polling = new AbortController();
  const { signal } = polling;
  const end = () => polling.abort();
  term.signal.addEventListener("abort", end);
  let heardAt = performance.now();
  let isTaken = false;

  try {
    while (!signal.aborted && !term.isOver()) await untilDone(attempt, { report: judge, pauseAfter, signal });
    return isTaken || term.isOver() ? "over" : "given up";
  } finally {
    end();
    term.signal.removeEventListener("abort", end);
  }

  async function attempt(): Promise<void> {
    if (term.isOver()) throw new TermOver();
    await within(silenceMs, once(signal));
    heardAt = performance.now();
  }

  function judge(error: unknown): void {
    isTaken = error instanceof TermOver;
    if (!isTaken) report(error);
    if (isAnswer(error)) heardAt = performance.now();
    // A deaf poll has used up the silence, though a timer may fire some hundredths of a millisecond early by this clock.
    if (isTaken || error instanceof Deaf || performance.now() - heardAt >= silenceMs) end();
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  const patience = new AbortController();
  const deaf = sleep(ms, undefined, { signal: patience.signal }).then(
    () => {
      throw new Deaf("lượt hỏi tin không trả lời, bỏ để hỏi lại");
    },
    () => undefined,
  );
  try {
    await Promise.race([work, deaf]);
  } finally {
    patience.abort();
  }
}
