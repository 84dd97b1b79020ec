import type { Bm25, WeightedTerm } from "./bm25.ts";
import type { Analysed } from "./query.ts";

/** Shares of a question that a clause holds, each between 0 and 1. */
export type Coverage = {
  /** Share of the question's telling syllables that the clause or its sample questions hold. */
  coverage: number;
  /** The same for pairs of neighbouring syllables, which say more than the syllables alone. */
  phrases: number;
  /** How telling the most telling syllable is that they do not hold. */
  missing: number;
};

/**
 * What of the question a clause holds, weighed by how telling it is; of a follow-up only its own words count.
 * A syllable that belongs to a named concept is held with any phrase of that concept; words that set the scene do not count.
 */
export function coverage({ words, covers, setting }: Analysed, held: Set<string>, index: Bm25): Coverage {
  const holds = (plain: string) =>
    held.has(plain) || (covers.get(plain)?.some((group) => held.has(`§${group}`)) ?? false);
  const all = words.map((word) => word.plain);
  const own = all.every((plain) => setting.has(plain)) ? all : all.filter((plain) => !setting.has(plain));
  const pairs = own.slice(1).map((plain, i) => [own[i] as string, plain] as const);
  const share = (all: { telling: number; held: boolean }[]) => {
    const sum = all.reduce((total, { telling }) => total + telling, 0);
    return sum === 0 ? 0 : all.reduce((total, one) => total + (one.held ? one.telling : 0), 0) / sum;
  };
  const syllables = [...new Set(own)].map((plain) => ({ telling: index.idf(plain), held: holds(plain) }));
  const joined = pairs.map(([first, second]) => ({
    telling: index.idf(`${first} ${second}`),
    held:
      held.has(`${first} ${second}`) ||
      (covers.has(first) && covers.has(second) && holds(first) && holds(second)),
  }));
  return {
    coverage: share(syllables),
    phrases: share(joined),
    missing: Math.max(0, ...syllables.filter((one) => !one.held).map((one) => one.telling)) / index.idf(""),
  };
}

/** Distinct terms with how telling each is. */
export type TermSet = { telling: Map<string, number>; sum: number };

export function termSet(terms: WeightedTerm[], index: Bm25): TermSet {
  const telling = new Map(terms.map(({ text }) => [text, index.idf(text)]));
  return { telling, sum: [...telling.values()].reduce((total, value) => total + value, 0) };
}

/** Weighted Jaccard of two sets of terms. */
export function likeness(a: TermSet, b: TermSet): number {
  let shared = 0;
  for (const [term, telling] of b.telling) if (a.telling.has(term)) shared += telling;
  const all = a.sum + b.sum - shared;
  return all === 0 ? 0 : shared / all;
}
