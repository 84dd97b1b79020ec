import { expect, it } from "vitest";
import { runGoal } from "../../../scripts/faults/goal.ts";
import { oneLeader } from "../../../scripts/faults/one-leader.ts";

/** The full run pauses and stops leaders too. */
it("one of three replicas polls, and another takes over within 15 seconds when it is killed", async () => {
  const line = await runGoal(oneLeader, { seed: 1, size: 1, say: () => {} });
  expect(line).toMatchObject({
    ok: true,
    windows: { kill: 1, poller: 1 },
    violations: { slowTakeover: 0, longConflict: 0, doubled: 0, neverConfirmed: 0 },
  });
}, 300_000);
