import { type Loop, startLoop } from "./loop.ts";
import { createReminders } from "./reminders.ts";
import { createRetentionSweep } from "./retention-sweep.ts";

type Parts = Omit<Parameters<typeof createReminders>[0], "now"> & {
  log: Parameters<typeof createRetentionSweep>[1];
  onError: (error: unknown) => void;
};

const REMIND_EVERY_MS = 60_000;
/** Twice a day, so that nothing is kept a day too long. */
const SWEEP_EVERY_MS = 12 * 3_600_000;

/** Starts the work that is due by the clock and not by a message. */
export function startRounds({ log, onError, ...parts }: Parts): Loop[] {
  const remind = createReminders({ ...parts, now: () => new Date() });
  const sweep = createRetentionSweep(parts.database, log);
  return [
    startLoop(remind, { workers: 1, idleMs: REMIND_EVERY_MS, onError }),
    startLoop(sweep, { workers: 1, idleMs: SWEEP_EVERY_MS, onError }),
  ];
}
