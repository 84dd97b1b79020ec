import { describe, expect, it } from "vitest";
import { createBm25 } from "../../src/retrieval/bm25.ts";
import { coverageOf } from "../../src/retrieval/holders.ts";
import { createAnalyse } from "../../src/retrieval/query.ts";
import { createFindConcepts } from "../../src/text/concepts.ts";

const analyse = createAnalyse((text) => text, createFindConcepts([]), createFindConcepts([]));
const read = (text: string) => analyse(text).terms;

const CLAUSES = ["vay vốn ưu đãi", "đào tạo nghề", "máy móc"];
const QUESTIONS = [["hợp tác xã vay bao nhiêu", "lãi suất vay"], [], ["mua máy cày"]];
const indexes = {
  body: createBm25(CLAUSES.map(read)),
  asked: createBm25(QUESTIONS.map((own) => own.flatMap(read))),
};

function covered(question: string, chosen: number[]) {
  const by = coverageOf(chosen, analyse(question), indexes);
  return chosen.map((_, slot) => by(slot).coverage);
}

describe("what some clauses hold of a question", () => {
  it("counts the clause's own words and those of its sample questions, in the order of the clauses given", () => {
    expect(covered("lãi suất", [2, 0])).toEqual([0, 1]);
    expect(covered("vốn", [0, 1, 2])).toEqual([1, 0, 0]);
  });

  it("is nothing for no clause at all", () => {
    expect(covered("vốn", [])).toEqual([]);
  });
});
