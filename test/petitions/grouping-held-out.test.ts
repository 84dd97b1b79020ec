import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type SuggestedGroup, suggestGroups } from "../../src/petitions/grouping.ts";

type Opinion = { wish: string; topic: string; area: string; text: string };

/** Opinions of twelve wishes in six voices each, and of eighteen wishes that one person alone has; the bounds were set on others. */
const OPINIONS: Opinion[] = readFileSync(new URL("../fixtures/wishes.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

function pairs(items: string[]): [string, string][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [string, string] => [a, b]));
}

function scores(found: SuggestedGroup[]) {
  const suggested = found.flatMap(({ petitions }) => pairs(petitions.map((id) => OPINIONS[id]?.wish ?? "")));
  const right = suggested.filter(([a, b]) => a === b).length;
  const all = pairs(OPINIONS.map(({ wish }) => wish)).filter(([a, b]) => a === b).length;
  return { precision: right / suggested.length, recall: right / all };
}

it("finds what asks for the same in other words, and hardly anything else", () => {
  const found = suggestGroups(
    OPINIONS.map(({ topic, area, text }, id) => ({ id, topic, area, content: text })),
  );
  const { precision, recall } = scores(found);
  expect(precision).toBeGreaterThanOrEqual(0.95);
  expect(recall).toBeGreaterThanOrEqual(0.85);
  expect(found.length).toBeLessThanOrEqual(14);
});
