import { expect, it } from "vitest";
import { macroF1 } from "../../scripts/bench/f1.ts";
import { readLabelled, runsOf } from "../../scripts/bench/triage.ts";
import { ownFiles } from "../support/corpus.ts";

const opinions = await readLabelled();

it("knows stance and topic of opinions that nothing was built from", async () => {
  const [typed] = await runsOf(opinions);
  expect(opinions.length).toBeGreaterThanOrEqual(200);
  expect(new Set(opinions.map(({ stance }) => stance)).size).toBe(4);
  expect(new Set(opinions.map(({ topic }) => topic)).size).toBe(14);
  expect(macroF1(typed?.stance ?? [])).toBeGreaterThanOrEqual(0.9);
  expect(macroF1(typed?.topic ?? [])).toBeGreaterThanOrEqual(0.83);
});

it("has none of them among the samples", async () => {
  const known = (await ownFiles()).map(({ text }) => text.toLowerCase()).join("\n");
  expect(opinions.filter(({ text }) => known.includes(text.toLowerCase().replace(/[.?!]$/, "")))).toEqual([]);
});
