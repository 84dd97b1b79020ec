import { expect, it } from "vitest";
import { runGoal } from "../../../scripts/faults/goal.ts";
import { order } from "../../../scripts/faults/order.ts";

it("three replicas answer in the order of the questions, though Telegram puts replies off", async () => {
  const line = await runGoal(order, { seed: 3, size: 100, say: () => {} });
  expect(line, JSON.stringify(line)).toMatchObject({ ok: true, missed: [] });
}, 600_000);
