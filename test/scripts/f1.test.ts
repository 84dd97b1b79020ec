import { expect, it } from "vitest";
import { confusions, macroF1, scoresByLabel } from "../../scripts/bench/f1.ts";

/** a: 2 of 3 right; b: 1 of 1 right, but guessed twice. */
const JUDGED = [
  { truth: "a", guess: "a" },
  { truth: "a", guess: "a" },
  { truth: "a", guess: "b" },
  { truth: "b", guess: "b" },
];

it("scores each label by precision and recall, and all labels alike in the mean", () => {
  expect(scoresByLabel(JUDGED)).toEqual([
    { label: "a", count: 3, precision: 1, recall: 2 / 3, f1: 0.8 },
    { label: "b", count: 1, precision: 0.5, recall: 1, f1: 2 / 3 },
  ]);
  expect(macroF1(JUDGED)).toBeCloseTo((0.8 + 2 / 3) / 2);
});

it("counts what was taken for what, and a label that was never found as nothing", () => {
  expect(confusions(JUDGED)).toEqual([{ truth: "a", guess: "b", count: 1 }]);
  expect(macroF1([{ truth: "a", guess: "b" }])).toBe(0);
});
