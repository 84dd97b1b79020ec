import { describe, expect, it } from "vitest";
import { createBm25 } from "../../src/retrieval/bm25.ts";
import { coverageOf, likenessTo, sumOfTerms } from "../../src/retrieval/holders.ts";
import { createAnalyse } from "../../src/retrieval/query.ts";
import { createFindConcepts } from "../../src/text/concepts.ts";

const analyse = createAnalyse((text) => text, createFindConcepts([]), createFindConcepts([]));
const read = (text: string) => analyse(text).terms;

const CLAUSES = ["vay vốn ưu đãi", "đào tạo nghề", "máy móc"];
/** Two questions of the first clause, one of the last. */
const QUESTIONS = ["hợp tác xã vay bao nhiêu", "lãi suất vay", "mua máy cày"];
const indexes = {
  body: createBm25(CLAUSES.map(read)),
  asked: createBm25(QUESTIONS.map(read)),
  clauseOf: Int32Array.of(0, 0, 2),
};
const sums = Float64Array.from(QUESTIONS, (question) => sumOfTerms(read(question), indexes.body));

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

describe("how alike sample questions are to what is wanted", () => {
  it("is 1 for the same words, less for some of them, and 0 for none or where there is no question", () => {
    const alike = likenessTo([1, 0, 2, -1], read("lãi suất vay"), { ...indexes, sums });
    const [same = 0, some = 0, none, missing] = [0, 1, 2, 3].map(alike);
    expect(same).toBeCloseTo(1, 10);
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(same);
    expect([none, missing]).toEqual([0, 0]);
  });
});
