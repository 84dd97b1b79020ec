const FIRST_SECONDS = 60;
const LONGEST_SECONDS = 3_600;

/** Whether Zalo may be asked to send now, or for how long it asked for quiet. */
export type Quota = {
  /** Seconds until the next try; 0 when sending may go on. */
  waitSeconds(): number;
  /** Zalo refused for the quota; the seconds until the next try. */
  exceeded(): number;
  /** Zalo took a message. */
  kept(): void;
};

/** Each pause is twice as long as the one before, since the quota may be that of the month. */
export function createQuota(now: () => number = Date.now): Quota {
  let pause = 0;
  let openAt = 0;

  return {
    waitSeconds,
    exceeded() {
      if (waitSeconds() > 0) return waitSeconds();
      pause = pause === 0 ? FIRST_SECONDS : Math.min(pause * 2, LONGEST_SECONDS);
      openAt = now() + pause * 1000;
      return pause;
    },
    kept() {
      pause = 0;
      openAt = 0;
    },
  };

  function waitSeconds(): number {
    return Math.max(0, Math.ceil((openAt - now()) / 1000));
  }
}
