import { expect, it } from "vitest";
import { type Course, databaseChaos, databaseChaosRun } from "../../../scripts/faults/database-chaos.ts";
import { runGoal } from "../../../scripts/faults/goal.ts";

/** One blow of each kind; a short lease, so that what was held when a blow fell is taken up again soon. */
const QUICK: Course = {
  members: 6,
  calmMs: [1_000, 2_000],
  blackholeMs: [500, 1_000],
  blows: 3,
  restWithinMs: 60_000,
  patches: [
    {
      file: "src/db/claims.ts",
      from: "export const LEASE_SECONDS = 10;",
      to: "export const LEASE_SECONDS = 6;",
    },
  ],
};

it("no message is lost when the database is cut off, crashes, or is swallowed by the network", async () => {
  const run = (options: Parameters<typeof databaseChaosRun>[0]) => databaseChaosRun(options, QUICK);
  const line = await runGoal({ ...databaseChaos, run }, { seed: 7, size: 60, say: () => {} });
  // How soon all is well again is no matter of a machine on which other tests run.
  const { slowRecovery: _, ...violations } = line.violations;
  expect(Object.values(violations), JSON.stringify(line)).toEqual(Object.keys(violations).map(() => 0));
  expect(line.missed).toEqual([]);
}, 600_000);
