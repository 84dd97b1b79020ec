/** A time in which this process alone does a work. */
export type Term = {
  /** Grows with every change of hands, so that what a former holder still writes can be told and refused. */
  number: number;
  /** Aborted when the term ends. */
  signal: AbortSignal;
  /** Asks the clock as well: a process that was paused hears of its lost term only later. */
  isOver(): boolean;
};

/** A work that one process among the replicas does at a time. */
export type Lead = {
  /**
   * Works whenever this process is the one, until the signal. A work that ends or throws lets another process have its turn,
   * and the office is kept until the work has ended, unless the lease runs out.
   */
  whileLeading(work: (term: Term) => Promise<void>, until: AbortSignal): Promise<void>;
};

/** Somebody else does the work now. */
export class TermOver extends Error {}

/** Resolves when the term ends. */
export function endOf({ signal }: Term): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
