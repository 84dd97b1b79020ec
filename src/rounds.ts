import { endOf, type Lead, type Term } from "./channels/lead.ts";
import { startLoop } from "./loop.ts";
import { createReminders } from "./reminders.ts";
import { createRetentionSweep } from "./retention-sweep.ts";

type Parts = Omit<Parameters<typeof createReminders>[0], "now"> & {
  /** Which process does them. */
  lead: Lead;
  log: Parameters<typeof createRetentionSweep>[1];
  onError: (error: unknown) => void;
};

const REMIND_EVERY_MS = 60_000;
/** Twice a day, so that nothing is kept a day too long. */
const SWEEP_EVERY_MS = 12 * 3_600_000;

/** Starts the work that is due by the clock and not by a message, in one process at a time. */
export function startRounds({ lead, log, onError, ...parts }: Parts): { stop(): Promise<void> } {
  const remind = createReminders({ ...parts, now: () => new Date() });
  const sweep = createRetentionSweep(parts.database, log);
  const stopping = new AbortController();
  const rounds = lead.whileLeading(goRound, stopping.signal);

  async function goRound(term: Term): Promise<void> {
    const loops = [
      startLoop(remind, { workers: 1, idleMs: REMIND_EVERY_MS, onError }),
      startLoop(sweep, { workers: 1, idleMs: SWEEP_EVERY_MS, onError }),
    ];
    await endOf(term);
    await Promise.all(loops.map(({ stop }) => stop()));
  }

  return {
    async stop() {
      stopping.abort();
      await rounds;
    },
  };
}
