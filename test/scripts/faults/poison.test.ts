import { expect, it } from "vitest";
import { listedIn } from "../../../scripts/faults/clerk.ts";
import { runGoal } from "../../../scripts/faults/goal.ts";
import { killer } from "../../../scripts/faults/killer.ts";
import { poison } from "../../../scripts/faults/poison.ts";

it("a message that always throws is buried after five errors, listed, and handled when staff send it again", async () => {
  const line = await runGoal(poison, { seed: 3, size: 20, say: () => {} });
  expect(line, JSON.stringify(line)).toMatchObject({ ok: true, windows: { poison: 1 } });
}, 300_000);

it("a message at which the process dies is buried after fifty crashes, and the others are answered", async () => {
  const line = await runGoal(killer, { seed: 3, size: 1, say: () => {} });
  expect(line, JSON.stringify(line)).toMatchObject({ ok: true, missed: [] });
}, 300_000);

it("the page of failed messages is read by the places in the chats that it links", () => {
  const page =
    '<a href="/console/chats/3#m17">một</a> <a href="/console/chats/all">x</a> <a href="/console/chats/4#m9">hai</a>';
  expect(listedIn(page)).toEqual([17, 9]);
});
