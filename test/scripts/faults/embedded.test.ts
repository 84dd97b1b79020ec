import { expect, it } from "vitest";
import { embedded } from "../../../scripts/faults/embedded.ts";
import { runGoal } from "../../../scripts/faults/goal.ts";

it("the embedded database takes one process, syncs every commit, and loses nothing with a kill", async () => {
  const line = await runGoal(embedded, { seed: 3, size: 1, say: () => {} });
  // How soon a second process gives up is no matter of a machine on which other tests run.
  expect(line, JSON.stringify(line)).toMatchObject({
    windows: { secondProcesses: 2 },
    violations: {
      lost: 0,
      failedOpens: 0,
      secondNotRefused: 0,
      refusedWithoutWords: 0,
      firstDisturbed: 0,
      notSynced: 0,
    },
  });
}, 300_000);
