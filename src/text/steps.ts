/** Work that may be laid aside after each of its steps; a step should take no more than about 20 ms. */
export type Steps<Result> = Generator<undefined, Result>;

/** Does all of it now. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does it step by step and awaits `pause` in between, so that other work is not held up. */
export async function inTurns<Result>(steps: Steps<Result>, pause: () => Promise<void>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}
