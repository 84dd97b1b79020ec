import { expect, it } from "vitest";
import { runGoal } from "../../../scripts/faults/goal.ts";
import { type Course, slowDown, slowDownRun } from "../../../scripts/faults/slow-down.ts";

/** Five a second, which a busy machine reaches too, and more for each person than may go at once. */
const QUICK: Course = { replicas: 2, people: 4, perSecond: 5 };

it("two replicas together keep to Telegram's limits, and lose nothing in its storms", async () => {
  const run = (options: Parameters<typeof slowDownRun>[0]) => slowDownRun(options, QUICK);
  const line = await runGoal({ ...slowDown, run }, { seed: 7, size: 40, say: () => {} });
  expect(line, JSON.stringify(line)).toMatchObject({ ok: true, missed: [] });
}, 600_000);
