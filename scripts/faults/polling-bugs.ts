import type { Patch } from "./build.ts";

/** Mistakes of pollers that R15 and R16 have to see, by name. */
export const POLLING_BUGS: Record<string, Patch> = {
  /** As a well-known runner does: the offset moves as soon as the updates are fetched. */
  "offset-first": {
    file: "src/channels/telegram-polling.ts",
    from: "    try {\n      for (const update of updates) {",
    to: "    await keep((updates.at(-1)?.update_id ?? (from ?? 1) - 1) + 1);\n    try {\n      for (const update of updates) {",
  },
  /** What cannot be stored is passed over, and the offset with it. */
  "skip-failed": {
    file: "src/channels/telegram-polling.ts",
    from: "        await takeReadable(update);",
    to: "        void takeReadable(update).catch(() => undefined);",
  },
  /** Everybody leads. */
  "no-election": {
    file: "src/db/leaderships.ts",
    from: "where l.held_until < clock_timestamp() or l.holder = excluded.holder",
    to: "where true",
  },
  /** A dead leader is waited for half a minute. */
  "long-lease": {
    file: "src/election.ts",
    from: "leaseMs: 7_000",
    to: "leaseMs: 30_000",
  },
};

/** The change of the sources that plants a bug. */
export function pollingBug(name: string): Patch {
  const patch = POLLING_BUGS[name];
  if (!patch) throw new Error(`Không có lỗi cài sẵn "${name}". Có: ${Object.keys(POLLING_BUGS).join(", ")}`);
  return patch;
}
