import { describe, expect, it } from "vitest";
import { answerableSteps, createReadAnswerable } from "../../src/answering/answerable.ts";
import type { GoldenQuestion } from "../../src/knowledge/catalog.ts";
import { atOnce } from "../../src/text/steps.ts";

const clause = (certainty: "certain" | "unknown", questions: string[]) => ({
  document: "1",
  certainty,
  questions,
});
const asked = (text: string, split: GoldenQuestion["split"]): GoldenQuestion => ({
  id: text,
  text,
  context: [],
  kind: "answerable",
  topic: "von-vay",
  split,
  expect: { documents: [], facts: [], accept: {} },
});
const learn = (golden: GoldenQuestion[] = []) =>
  createReadAnswerable(
    atOnce(
      answerableSteps(
        [
          clause("certain", [
            "vay tối đa bao nhiêu",
            "vay không thế chấp được mấy tỷ",
            "thời hạn vay mấy năm",
          ]),
          clause("unknown", ["giá lúa hôm nay bao nhiêu", "số điện thoại của sở", "chủ tịch xã tên gì"]),
        ],
        golden,
        (text) => text,
      ),
    ),
    (text) => text,
  );

describe("whether a question is of the kind that the corpus answers", () => {
  it("is told by what clauses and known gaps are asked", () => {
    const read = learn();
    expect(read("vay được tối đa mấy tỷ")).toBeGreaterThan(0.6);
    expect(read("số điện thoại của chủ tịch xã")).toBeLessThan(0.4);
  });

  it("is learned from the building part of the golden set and from no other", () => {
    const question = "chủ tịch xã tên gì vậy";
    const before = learn()(question);
    expect(learn([asked(question, "report")])(question)).toBe(before);
    expect(learn([asked(question, "build")])(question)).toBeGreaterThan(before);
  });
});
