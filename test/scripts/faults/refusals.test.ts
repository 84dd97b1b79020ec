import { expect, it } from "vitest";
import { runGoal } from "../../../scripts/faults/goal.ts";
import { nineDays } from "../../../scripts/faults/nine-days.ts";
import { refusals } from "../../../scripts/faults/refusals.ts";

it("members who refuse us end at the first answer, stand before staff, and hold up nobody", async () => {
  const line = await runGoal(refusals, { seed: 3, size: 8, say: () => {} });
  expect(line, JSON.stringify(line)).toMatchObject({ ok: true, missed: [] });
}, 300_000);

it("an answer of staff after nine days on Zalo waits for the member and then comes once", async () => {
  const line = await runGoal(nineDays, { seed: 3, size: 2, say: () => {} });
  expect(line, JSON.stringify(line)).toMatchObject({ ok: true, windows: { waiting: 2, delivered: 2 } });
}, 300_000);
