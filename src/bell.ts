/** Wakes who waits for it; a ring between two waits is not lost, as long as `next` was called before. */
export type Bell = {
  ring(): void;
  /** The next ring from now on. */
  next(): { orAfter(ms: number): Promise<void> };
};

/** Without an AbortSignal, whose error with its stack, made at each ring, stood in the profile of a busy service. */
export function createBell(): Bell {
  let ring: () => void = () => {};
  let rung: Promise<void> = Promise.resolve();

  const renew = () => {
    rung = new Promise((resolve) => {
      ring = resolve;
    });
  };
  renew();

  return {
    ring() {
      const pull = ring;
      renew();
      pull();
    },
    next() {
      const awaited = rung;
      return {
        orAfter(ms) {
          return new Promise((resolve) => {
            const timer = setTimeout(resolve, ms);
            void awaited.then(() => {
              clearTimeout(timer);
              resolve();
            });
          });
        },
      };
    },
  };
}
