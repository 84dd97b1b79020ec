import { describe, expect, it } from "vitest";
import { grade } from "../../src/answering/grade.ts";
import { GoldenQuestion } from "../../src/knowledge/catalog.ts";
import { states } from "../../src/text/states.ts";

const question = (kind: GoldenQuestion["kind"], expectation: object = {}) =>
  GoldenQuestion.parse({ id: "q", text: "hỏi", kind, topic: "von-vay", expect: expectation });

const answer = (outcome: string, text = "", documents: string[] = [], offersPetition = false) =>
  ({
    outcome,
    text,
    offersPetition,
    citations: documents.map((document) => ({ document })),
  }) as unknown as Parameters<typeof grade>[1];

describe("a fact", () => {
  it.each([
    ["vay tối đa 5 tỷ đồng", "5 tỷ", true],
    ["vay tối đa 15 tỷ đồng", "5 tỷ", false],
    ["vay 1.5 tỷ", "5 tỷ", false],
    ["trong 03 ngày làm việc", "3 ngày làm việc", true],
    ["13 triệu", "3 triệu", false],
    ["mức 50", "5", false],
    ["Sở TÀI CHÍNH", "sở tài chính", true],
  ])("of '%s': '%s' is stated: %s", (text, fact, stated) => {
    expect(states(text, fact)).toBe(stated);
  });
});

describe("a grade", () => {
  const loan = question("answerable", {
    documents: ["156/2025/NĐ-CP"],
    facts: ["5 tỷ"],
    accept: { "5 tỷ": ["5.000 triệu"] },
  });

  it("is right when every fact, in any accepted wording, and an expected document stand in the answer", () => {
    expect(grade(loan, answer("answered", "5.000 triệu", ["156/2025/NĐ-CP"])).right).toBe(true);
  });

  it.each([
    ["a fact is missing", answer("answered", "3 tỷ", ["156/2025/NĐ-CP"])],
    ["another document is cited", answer("answered", "5 tỷ", ["55/2015/NĐ-CP"])],
    ["it was declined", answer("unanswered_no_support")],
  ])("is wrong when %s", (_, given) => {
    expect(grade(loan, given).right).toBe(false);
  });

  it("of an unanswerable question asks that nothing was claimed, of a petition that one was offered", () => {
    expect(grade(question("unanswerable"), answer("unanswered_known_gap")).right).toBe(true);
    expect(grade(question("unanswerable"), answer("answered", "5 tỷ")).right).toBe(false);
    expect(grade(question("petition"), answer("answered", "", [], true)).right).toBe(true);
    expect(grade(question("petition"), answer("unanswered_no_support")).right).toBe(false);
  });
});
