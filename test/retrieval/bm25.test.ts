import { describe, expect, it } from "vitest";
import { createBm25 } from "../../src/retrieval/bm25.ts";

const entry = (text: string) => text.split(" ").map((word) => ({ text: word, weight: 1 }));
const index = createBm25(["vay vốn không thế chấp", "vay vốn quỹ", "đăng ký thành lập"].map(entry));

describe("BM25", () => {
  it("scores an entry by the words it shares, and others with nothing", () => {
    const scores = [...index.scores(entry("thế chấp"))];
    expect(scores[0]).toBeGreaterThan(0);
    expect(scores.slice(1)).toEqual([0, 0]);
  });

  it("counts a rare word for more than a common one, and an unseen word as the rarest", () => {
    expect(index.idf("quỹ")).toBeGreaterThan(index.idf("vay"));
    expect(index.idf("khóm")).toBeGreaterThan(index.idf("quỹ"));
  });

  it("prefers the shorter of two entries that hold a word once", () => {
    const [long = 0, short = 0] = index.scores(entry("vay"));
    expect(short).toBeGreaterThan(long);
  });

  it("never scores above the ceiling of the query", () => {
    for (const query of ["vay", "vay vốn quỹ", "vay vay vay", "khóm", "đăng ký vay"].map(entry)) {
      expect(Math.max(...index.scores(query))).toBeLessThanOrEqual(index.ceiling(query));
    }
  });

  it("adds weights of a term that stands twice in a query", () => {
    expect(index.scores(entry("quỹ quỹ"))[1]).toBeCloseTo(2 * (index.scores(entry("quỹ"))[1] ?? 0));
  });

  it("tells which entries hold a term", () => {
    const holdersOf = (term: string) => {
      const found: number[] = [];
      index.eachHolder(term, (holder) => found.push(holder));
      return found;
    };
    expect(holdersOf("quỹ")).toEqual([1]);
    expect(holdersOf("khóm")).toEqual([]);
  });

  it("answers nothing over no entries", () => {
    expect([...createBm25([]).scores(entry("vay"))]).toEqual([]);
  });
});
