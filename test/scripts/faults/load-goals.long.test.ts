import { expect, it } from "vitest";
import { runGoal } from "../../../scripts/faults/goal.ts";
import { overload } from "../../../scripts/faults/load-goals.ts";

it("R12: what comes ten times too fast is held off with 503, taken later, and answered, each once", async () => {
  const line = await runGoal(overload, { seed: 3, size: 500, say: () => {} });
  expect(line).toMatchObject({
    goal: "R12",
    n: 500,
    violations: { neverTaken: 0, lost: 0, duplicates: 0, unfinished: 0, failedPosts: 0 },
    missed: [],
  });
  expect(line.windows.refused).toBeGreaterThan(0);
}, 240_000);
