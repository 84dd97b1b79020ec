import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createPostings,
  createPostingsBuilder,
  type KeyedTerm,
  type Postings,
} from "../../src/retrieval/postings.ts";

const K1 = 0.9;
const B = 0.5;

function build(entries: number[][]): Postings {
  const builder = createPostingsBuilder({ k1: K1, b: B });
  for (const entry of entries) {
    for (const key of entry) builder.add(key, 1);
    builder.close(entry.length);
  }
  return createPostings(builder.buildAtOnce());
}

/** The formula of the book, entry by entry. */
function naive(entries: number[][], query: KeyedTerm[]): number[] {
  const average = entries.reduce((sum, entry) => sum + entry.length, 0) / entries.length || 1;
  return entries.map((entry) =>
    query.reduce((score, { key, weight }) => {
      const frequency = entry.filter((one) => one === key).length;
      const holders = entries.filter((one) => one.includes(key)).length;
      const idf = Math.log(1 + (entries.length - holders + 0.5) / (holders + 0.5));
      const norm = K1 * (1 - B + (B * entry.length) / average);
      return score + (frequency === 0 ? 0 : (weight * idf * frequency * (K1 + 1)) / (frequency + norm));
    }, 0),
  );
}

const key = fc.nat(12);
const entries = fc.array(fc.array(key, { maxLength: 20 }), { minLength: 1, maxLength: 40 });
const query = fc.array(fc.record({ key, weight: fc.constantFrom(0.3, 0.7, 1) }), { maxLength: 6 });

describe("postings", () => {
  it("score as the formula says", () => {
    fc.assert(
      fc.property(entries, query, (entries, query) => {
        const scores = build(entries).scores(query);
        naive(entries, query).forEach((score, i) => {
          expect(scores[i]).toBeCloseTo(score, 3);
        });
      }),
    );
  });

  it("give the best entries in the order of all scores", () => {
    fc.assert(
      fc.property(entries, query, fc.integer({ min: 1, max: 10 }), (entries, query, limit) => {
        const postings = build(entries);
        const all = [...postings.scores(query)].filter((score) => score > 0).sort((a, b) => b - a);
        const found = postings.top(query, limit).map(({ score }) => score);
        expect(found).toHaveLength(Math.min(limit, all.length));
        found.forEach((score, i) => {
          expect(score).toBeCloseTo(all[i] as number, 3);
        });
      }),
    );
  });

  it("find the same best entries when long lists of common words are not read to their ends", () => {
    const common = Array.from({ length: 9_000 }, (_, i) => [
      1,
      ...(i % 3 === 0 ? [2] : []),
      ...(i % 700 === 0 ? [3, 3] : []),
      ...Array.from({ length: i % 11 }, () => 99),
    ]);
    const asked = [1, 2, 3].map((key) => ({ key, weight: 1 }));
    const postings = build(common);
    const scores = postings.scores(asked);
    const expected = [...scores.keys()]
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
      .slice(0, 10);
    expect(postings.top(asked, 10).map(({ entry }) => entry)).toEqual(expected);
    expect(postings.top(asked, 10)).toEqual(postings.top(asked, 10));
  });

  it("pause between slices of a large index and give the same one", async () => {
    const builder = createPostingsBuilder({ k1: K1, b: B });
    for (let i = 0; i < 250_000; i++) {
      builder.add(i % 5_000, 1);
      if (i % 1_000 === 999) builder.close(1_000);
    }
    let pauses = 0;
    const postings = createPostings(await builder.build(async () => void pauses++));
    expect(pauses).toBe(1);
    expect(postings.top([{ key: 1_999, weight: 1 }], 3).map(({ entry }) => entry)).toEqual([1, 6, 11]);
  });
});
