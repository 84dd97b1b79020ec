import { describe, expect, it } from "vitest";
import { createBm25Builder, openBm25 } from "../../src/retrieval/bm25.ts";
import { createCoverage } from "../../src/retrieval/coverage.ts";
import { createAnalyse } from "../../src/retrieval/query.ts";
import { createFindConcepts } from "../../src/text/concepts.ts";

const SYNONYMS = [["vay tín chấp", "vay không thế chấp"]];
const NAMES = [["Vĩnh Long"], ["Vị Thủy"]];
const analyse = createAnalyse(
  (text) => text,
  createFindConcepts([...SYNONYMS, ...NAMES]),
  createFindConcepts([["cho hỏi"]]),
  (concept) => concept >= SYNONYMS.length,
);

async function coveredBy(clause: string, question: string) {
  const builder = createBm25Builder();
  builder.add(analyse(clause).terms);
  builder.add(analyse("một điều khoản khác").terms);
  const held = new Set(analyse(clause).terms.map(({ text }) => text));
  const covering = createCoverage(analyse(question), openBm25(await builder.build()));
  return covering.by((term) => held.has(covering.terms[term] ?? ""));
}

describe("what a clause holds of a question", () => {
  it("is all of it where every telling word stands in the clause; words that set the scene do not count", async () => {
    expect((await coveredBy("xã Vị Thủy vay vốn", "cho hỏi xã Vị Thủy")).coverage).toBe(1);
  });

  it("counts a phrase that means the same", async () => {
    const { coverage, missing } = await coveredBy("vay không thế chấp", "vay tín chấp");
    expect([coverage, missing]).toEqual([1, 0]);
  });

  it("takes no two words that stand apart for a name", async () => {
    const { coverage, missing } = await coveredBy("phường Long Bình, xã Vĩnh Tường", "Vĩnh Long");
    expect(coverage).toBe(0);
    expect(missing).toBeGreaterThan(0);
  });
});
