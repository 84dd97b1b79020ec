import { describe, expect, it } from "vitest";
import { GoldenQuestion } from "../../src/knowledge/catalog.ts";
import { withLearnedQuestions } from "../../src/knowledge/learned.ts";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";
import { toPassages } from "../../src/knowledge/validity.ts";

const document = parseMarkdown(
  "a.md",
  `---
number: 1/2025/NĐ-CP
title: Thử
issuer: Chính phủ
signed: null
effective: 2025-01-01
expires: null
topics: [von-vay]
source: thử
certainty: certain
---
## Mức vay
Vay tối đa 15 tỷ đồng.
## Lãi vay
Lãi vay 5%/năm.
`,
);
const passages = toPassages([document]);
const golden = (over: object) =>
  GoldenQuestion.parse({
    id: "g",
    text: "câu hỏi",
    kind: "answerable",
    topic: "von-vay",
    split: "build",
    expect: {},
    ...over,
  });
const questionsOf = (questions: GoldenQuestion[], locator: string) =>
  withLearnedQuestions(passages, questions).find((passage) => passage.locator === locator)?.questions;

describe("the building part of the golden set", () => {
  it("teaches a clause the questions that it alone answers", () => {
    expect(questionsOf([golden({ expect: { facts: ["5%"] } })], "Lãi vay")).toEqual(["câu hỏi"]);
  });

  it.each([
    ["no clause states the fact", { expect: { facts: ["5 tỷ"] } }],
    ["the clause is of another document", { expect: { facts: ["5%"], documents: ["2/2025/NĐ-CP"] } }],
    ["two clauses answer it", { expect: { facts: ["vay"] } }],
    ["it leans on an earlier question", { expect: { facts: ["5%"] }, context: ["trước"] }],
    ["it belongs to another part", { expect: { facts: ["5%"] }, split: "report" }],
  ])("teaches nothing when %s", (_, over) => {
    for (const { questions } of withLearnedQuestions(passages, [golden(over)])) expect(questions).toEqual([]);
  });

  it("makes a gap of each topic's unanswerable questions, which nothing can cite", () => {
    const [gap] = withLearnedQuestions(passages, [golden({ kind: "unanswerable" })]).slice(passages.length);
    expect(gap).toMatchObject({
      id: "gap#von-vay",
      certainty: "unknown",
      lead: "",
      parts: [],
      questions: ["câu hỏi"],
    });
  });
});
