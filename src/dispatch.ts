import { setTimeout as sleep } from "node:timers/promises";
import type { Loop } from "./loop.ts";

/** Work of which several pieces are taken at once and then done side by side. */
export type Stage<T> = {
  /** Takes up to so many pieces that are due; what it returns is ours to do. */
  take(limit: number): Promise<T[]>;
  work(piece: T): Promise<void>;
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
const GATHER_MS = 10;

/** Takes as many pieces as there are hands free, whenever it is woken or a hand becomes free; an error is reported and tried again. */
export function startDispatch<T>({ take, work }: Stage<T>, { workers, idleMs, onError }: Options): Loop {
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  let bell = new AbortController();

  const wake = () => {
    const rung = bell;
    bell = new AbortController();
    rung.abort();
  };

  function begin(piece: T): void {
    const working = work(piece)
      .catch(onError)
      .finally(() => {
        underWay.delete(working);
        wake();
      });
    underWay.add(working);
  }

  async function fillHands(): Promise<void> {
    const free = workers - underWay.size;
    if (free > 0) for (const piece of await take(free)) begin(piece);
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const ring = bell.signal;
      const pause = await fillHands().then(
        () => idleMs,
        (error: unknown) => {
          onError(error);
          return PAUSE_AFTER_ERROR_MS;
        },
      );
      if (!stopped) await sleep(pause, undefined, { signal: ring }).catch(() => undefined);
      if (!stopped) await sleep(GATHER_MS);
    }
  }

  const running = run();
  return {
    wake,
    async stop() {
      stopped = true;
      wake();
      await running;
      await Promise.all(underWay);
    },
  };
}
