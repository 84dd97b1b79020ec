import { setTimeout as sleep } from "node:timers/promises";

type Options = {
  /** Hears of every failure. */
  report: (error: unknown) => void;
  /** Milliseconds to wait after the n-th failure in a row. */
  pauseAfter: (error: unknown, failures: number) => number;
  signal: AbortSignal;
};

/** Does the work until it succeeds or the signal ends it. */
export async function untilDone(
  work: () => Promise<void>,
  { report, pauseAfter, signal }: Options,
): Promise<void> {
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return;
      report(error);
      await sleep(pauseAfter(error, failures), undefined, { signal }).catch(() => undefined);
    }
  }
}
