import { expect, it } from "vitest";
import { runGoal } from "../../../scripts/faults/goal.ts";
import { stops } from "../../../scripts/faults/stops.ts";

it("a service that is told to stop ends with 0, loses nothing and sends nothing twice", async () => {
  const line = await runGoal(stops, { seed: 3, size: 3, say: () => {} });
  // How long a stop takes is no matter of a machine on which other tests run.
  expect(line, JSON.stringify(line)).toMatchObject({
    violations: { lost: 0, stuck: 0, unexplainedRepeats: 0, repeats: 0, endedBySignal: 0, wrongCode: 0 },
  });
  expect(line.n).toBeGreaterThanOrEqual(3);
}, 600_000);
