import { createBell } from "./bell.ts";

/** Work that goes on until it is stopped. */
export type Loop = {
  /** There may be work now; the loop looks at once instead of waiting. */
  wake(): void;
  /** Resolves when the step under way is done; no other begins. */
  stop(): Promise<void>;
};

type Options = {
  /** How many steps run side by side. */
  workers: number;
  /** How long to wait when there was nothing to do, in milliseconds; a lost notice costs at most this. */
  idleMs: number;
  onError: (error: unknown) => void;
};

const PAUSE_AFTER_ERROR_MS = 1000;

/** Repeats a step; `step` tells whether there was something to do, and a step that throws is reported and tried again. */
export function startLoop(step: () => Promise<boolean>, { workers, idleMs, onError }: Options): Loop {
  let stopped = false;
  const bell = createBell();

  async function work(): Promise<void> {
    while (!stopped) {
      const rung = bell.next();
      const pause = await step().then(
        (busy) => (busy ? 0 : idleMs),
        (error: unknown) => {
          onError(error);
          return PAUSE_AFTER_ERROR_MS;
        },
      );
      if (pause > 0 && !stopped) await rung.orAfter(pause);
    }
  }

  const running = Array.from({ length: workers }, work);
  return {
    wake: bell.ring,
    async stop() {
      stopped = true;
      bell.ring();
      await Promise.all(running);
    },
  };
}
