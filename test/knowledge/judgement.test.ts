import { describe, expect, it } from "vitest";
import { parseGolden } from "../../src/knowledge/catalog.ts";
import { goldenFile, isExpected, type Judgement } from "../../src/knowledge/judgement.ts";
import { isGoldenPath } from "../../src/knowledge/paths.ts";

const JUDGEMENT: Judgement = {
  id: 7,
  messageId: 12,
  conversationId: 3,
  kind: "wrong-figure",
  note: null,
  question: "vay tối đa bao nhiêu",
  context: null,
  topic: "von-vay",
  expectedDocument: "156/2025/NĐ-CP",
  expectedFact: "5 tỷ",
  status: "open",
  by: "Cán bộ Hoa",
  at: new Date(),
  decidedBy: null,
  decidedAt: null,
  reason: null,
  edition: null,
};

const goldenOf = (given: Partial<Judgement> = {}) => {
  const { name, text } = goldenFile({ ...JUDGEMENT, ...given });
  return { name, questions: parseGolden(name, text) };
};

describe("a judgement as a golden question", () => {
  it("expects the document and the fact, and is there to build from", () => {
    const { name, questions } = goldenOf({ context: "htx vay thế nào" });
    expect(isGoldenPath(name)).toBe(true);
    expect(questions).toEqual([
      {
        id: "danh-gia-7",
        text: "vay tối đa bao nhiêu",
        context: ["htx vay thế nào"],
        kind: "answerable",
        topic: "von-vay",
        split: "build",
        expect: { documents: ["156/2025/NĐ-CP"], facts: ["5 tỷ"], accept: {} },
      },
    ]);
  });

  it.each(["should-decline", "rightly-declined"] as const)("expects nothing when it is %s", (kind) => {
    const { questions } = goldenOf({ kind });
    expect(questions).toMatchObject([{ kind: "unanswerable", expect: { documents: [], facts: [] } }]);
  });

  it("waits until the right answer is known", () => {
    expect(isExpected({ kind: "wrong-clause", expectedDocument: null })).toBe(false);
    expect(isExpected({ kind: "wrong-clause", expectedDocument: "156/2025/NĐ-CP" })).toBe(true);
    expect(isExpected({ kind: "should-decline", expectedDocument: null })).toBe(true);
  });
});
