import { setTimeout as sleep } from "node:timers/promises";
import { createBell } from "./bell.ts";
import type { Loop } from "./loop.ts";

/** Work of which several pieces are taken at once and then done side by side. */
export type Stage<T> = {
  /** Takes up to so many pieces that are due; what it returns is ours to do. */
  take(limit: number): Promise<T[]>;
  /** Resolves with true when it knows that another piece became due by it. */
  work(piece: T): Promise<boolean>;
};

/** A hand that is kept free for one piece which comes another way than by being taken. */
export type Hand<T> = {
  work(piece: T): void;
  /** No piece came. */
  free(): void;
};

export type Dispatch<T> = Loop & {
  /** A free hand; null while there is none, or pieces wait that came before. */
  spare(): Hand<T> | null;
};

type Options = {
  /** How many pieces are worked on side by side. */
  workers: number;
  /** How long to wait when there was nothing to take, in milliseconds; a lost notice costs at most this. */
  idleMs: number;
  onError: (error: unknown) => void;
};

const PAUSE_AFTER_ERROR_MS = 1000;
/** What comes within so many milliseconds is taken with one statement instead of one each. */
const GATHER_MS = 25;

/** Takes as many pieces as there are hands free, whenever it is woken or one of them is missed; an error is reported and tried again. */
export function startDispatch<T>(
  { take, work }: Stage<T>,
  { workers, idleMs, onError }: Options,
): Dispatch<T> {
  const underWay = new Set<Promise<void>>();
  const bell = createBell();
  let stopped = false;
  /** All hands were full when it was looked last, or it is being looked, so that older pieces may be waiting. */
  let isBehind = true;

  function begin(piece: Promise<T | null>): void {
    const working = piece
      .then((given) => given !== null && work(given))
      .catch((error: unknown) => {
        onError(error);
        return true;
      })
      .then((isMoreDue) => {
        underWay.delete(working);
        if (isMoreDue || isBehind) bell.ring();
      });
    underWay.add(working);
  }

  function spare(): Hand<T> | null {
    if (stopped || isBehind || underWay.size >= workers) return null;
    let decide: (piece: T | null) => void = () => {};
    begin(
      new Promise<T | null>((resolve) => {
        decide = resolve;
      }),
    );
    return { work: decide, free: () => decide(null) };
  }

  async function fillHands(): Promise<void> {
    const free = workers - underWay.size;
    isBehind = true;
    const pieces = free > 0 ? await take(free) : [];
    isBehind = pieces.length >= free;
    for (const piece of pieces) begin(Promise.resolve(piece));
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const rung = bell.next();
      const pause = await fillHands().then(
        () => idleMs,
        (error: unknown) => {
          onError(error);
          return PAUSE_AFTER_ERROR_MS;
        },
      );
      if (!stopped) await rung.orAfter(pause);
      if (!stopped) await sleep(GATHER_MS);
    }
  }

  const running = run();
  return {
    spare,
    wake: bell.ring,
    async stop() {
      stopped = true;
      bell.ring();
      await running;
      await Promise.all(underWay);
    },
  };
}
