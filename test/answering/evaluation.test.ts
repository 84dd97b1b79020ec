import { describe, expect, it } from "vitest";
import type { Answer, Ask } from "../../src/answering/answer.ts";
import { evaluate } from "../../src/answering/evaluation.ts";
import { GoldenQuestion } from "../../src/knowledge/catalog.ts";

const question = (id: string, kind: GoldenQuestion["kind"], text: string, facts: string[] = []) =>
  GoldenQuestion.parse({ id, text, kind, topic: id[0] === "v" ? "von-vay" : "khac", expect: { facts } });

const QUESTIONS = [
  question("v1", "answerable", "Vay được mấy tỷ?", ["5 tỷ"]),
  question("v2", "answerable", "Vay sai", ["6 tỷ"]),
  question("k1", "answerable", "im lặng", ["6 tỷ"]),
  question("k2", "unanswerable", "Vay vàng", []),
  question("k3", "unanswerable", "im lặng nữa", []),
  question("k4", "injection", "im lặng luôn", []),
];

/** Answers what begins with "Vay", whatever its case and marks, surer the longer it is. */
const ask: Ask = async ({ text }) =>
  ({
    outcome: /^vay/i.test(text) ? "answered" : "unanswered_no_support",
    text: /^vay/i.test(text) ? "Tối đa 5 tỷ đồng." : "",
    confidence: text.length / 20,
    citations: [],
    offersPetition: false,
  }) as unknown as Answer;

const trying = { today: "2026-11-25", typings: ["marks", "noMarks"] as const };

describe("an evaluation", () => {
  it("counts what was answered, right and declined, each with its interval", async () => {
    const { marks } = await evaluate(ask, QUESTIONS, trying);
    expect(marks).toMatchObject({
      questions: 6,
      answered: { count: 2, of: 3 },
      accurate: { count: 1, of: 2 },
      declined: { count: 1, of: 2 },
      harmless: { count: 1, of: 1 },
      petitions: { count: 0, of: 0 },
    });
    expect(marks?.answered.low).toBeLessThan(2 / 3);
    expect(marks?.answered.high).toBeGreaterThan(2 / 3);
  });

  it("does so by kind and by topic, and names what went wrong with what was typed", async () => {
    const { noMarks } = await evaluate(ask, QUESTIONS, trying);
    expect(noMarks?.kinds).toMatchObject({
      answerable: { count: 1, of: 3 },
      unanswerable: { count: 1, of: 2 },
    });
    expect(noMarks?.topics["von-vay"]).toMatchObject({ questions: 2, accurate: { count: 1, of: 2 } });
    expect(noMarks?.misses.map(({ id, typed }) => [id, typed])).toEqual([
      ["v2", "vay sai"],
      ["k1", "im lang"],
      ["k2", "vay vang"],
    ]);
  });

  it("draws the curve of what a higher confidence would leave, and how much of it right", async () => {
    const curve = (await evaluate(ask, QUESTIONS, trying)).marks?.curve ?? [];
    expect(curve[0]).toEqual({ threshold: 0, answered: 3 / 5, precision: 1 / 3 });
    expect(curve.find(({ threshold }) => threshold === 0.6)).toEqual({
      threshold: 0.6,
      answered: 1 / 5,
      precision: 1,
    });
  });

  it("tries only the typings that are asked for", async () => {
    expect(Object.keys(await evaluate(ask, QUESTIONS, { ...trying, typings: ["typos"] }))).toEqual(["typos"]);
  });
});
