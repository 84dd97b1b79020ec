import { describe, expect, it } from "vitest";
import type { Answer, Ask } from "../../src/answering/answer.ts";
import { recalibrate } from "../../src/answering/recalibrate.ts";
import type { Calibration, GoldenQuestion } from "../../src/knowledge/catalog.ts";
import type { Corpus } from "../../src/knowledge/corpus.ts";

const question = (i: number, split: "build" | "calibrate" = "calibrate"): GoldenQuestion => ({
  id: `q${i}`,
  text: `câu ${i}`,
  kind: "answerable",
  topic: "khac",
  split,
  context: [],
  expect: { documents: [], facts: ["đúng"], accept: {} },
});
const before = {
  wantedPrecision: 0.95,
  threshold: 0.6,
  bias: -1,
  weights: {},
  curve: [],
} as unknown as Calibration;
const corpus = (golden: GoldenQuestion[]) =>
  ({ golden, catalog: { calibration: before } }) as unknown as Corpus;
const many = (count: number, split?: "build") => Array.from({ length: count }, (_, i) => question(i, split));

/** As sure of question n as n in a hundred, and right from this one on. */
const rightFrom =
  (first: number) =>
  async (): Promise<Ask> =>
  async ({ text }) => {
    const i = Number(/\d+/.exec(text)?.[0]);
    return {
      outcome: "answered",
      text: i >= first ? "đúng" : "khác",
      confidence: i / 100,
      citations: [],
      offersPetition: false,
      trace: { parts: [] },
    } as unknown as Answer;
  };

describe("the threshold of a corpus", () => {
  it("is the lowest one above which the answers keep the wanted precision, on a curve of its own", async () => {
    const after = await recalibrate(corpus(many(100)), rightFrom(20), "2026-11-30");
    expect(after.threshold).toBeGreaterThan(0.15);
    expect(after.threshold).toBeLessThan(0.25);
    expect(after.curve).toHaveLength(100);
    expect(after.wantedPrecision).toBe(0.95);
  });

  it("lets next to nothing be claimed when the answers are wrong", async () => {
    expect((await recalibrate(corpus(many(100)), rightFrom(100), "2026-11-30")).threshold).toBe(0.95);
  });

  it("is found with an answerer that claims whatever it finds", async () => {
    const asked: number[] = [];
    await recalibrate(
      corpus(many(60)),
      (own) => {
        asked.push(own.threshold);
        return rightFrom(0)();
      },
      "2026-11-30",
    );
    expect(asked).toEqual([0]);
  });

  it("stays as it is when the calibrating questions are too few to tell", async () => {
    expect(await recalibrate(corpus([...many(20), ...many(100, "build")]), rightFrom(0), "2026-11-30")).toBe(
      before,
    );
  });
});
