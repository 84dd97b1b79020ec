import { describe, expect, it } from "vitest";
import { spokenOf } from "../../src/answering/follow-up.ts";
import { toPassages } from "../../src/knowledge/validity.ts";
import { createAnalyse } from "../../src/retrieval/query.ts";
import { createFindConcepts } from "../../src/text/concepts.ts";
import { parse } from "../knowledge/documents.ts";

const [rice] = toPassages([
  parse(
    "## Điều 5. Tiền hỗ trợ lúa\n<!--\nquestions:\n  - lúa với cây ăn quả được bao nhiêu\n-->\nLúa bị mất được hỗ trợ 5 triệu đồng.\n- Tổ hợp tác: 3 triệu đồng.",
  ),
]);
const reading = {
  analyse: createAnalyse(
    (text) => text,
    createFindConcepts([["tổ hợp tác", "tổ hùn"]]),
    createFindConcepts([]),
  ),
  telling: () => 1,
};

describe("a follow-up", () => {
  it.each([
    ["còn tổ hợp tác thì sao", 1],
    ["còn tổ hùn thì sao", 1],
    ["còn cây ăn quả?", 0],
    ["còn giống thì sao", 0],
    ["vậy còn bao nhiêu", null],
  ])("'%s' is spoken of by a clause about rice in its own words: %s", (question, share) => {
    expect(spokenOf(question, rice as NonNullable<typeof rice>, reading)).toBe(share);
  });
});
