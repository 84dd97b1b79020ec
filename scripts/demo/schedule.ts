import type { Past } from "./past.ts";

/** What happens at some moment of the example's past; it may add what follows from it. */
export type Schedule = {
  /** What would lie in the future is left out: it has not happened yet. */
  add(at: Date, run: () => Promise<unknown>): void;
  /** Lets everything happen, the earliest first, so that ids grow with time. */
  play(): Promise<void>;
};

/** `clock` shows the moment of the running step to all who ask what day it is. */
export function createSchedule(past: Past, clock: { now: Date }, until: Date): Schedule {
  const steps: { at: Date; run: () => Promise<unknown> }[] = [];
  return {
    add(at, run) {
      if (at < until) steps.push({ at, run });
    },
    async play() {
      while (steps.length > 0) {
        const first = steps.reduce(
          (found, step, i) => (step.at < (steps[found]?.at ?? until) ? i : found),
          0,
        );
        const [step] = steps.splice(first, 1);
        if (!step) return;
        clock.now = step.at;
        await past(step.at, step.run);
      }
    },
  };
}
