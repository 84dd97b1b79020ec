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
 * A syllable that belongs to a concept is held with any phrase of that concept, one of a name with nothing less than the name; words that set the scene do not count.
 * The question is weighed once, for many clauses are held against it.
 */
export function createCoverage(
  { words, covers, names, setting }: Analysed,
  index: Bm25,
): (held: Set<string>) => Coverage {
  const all = words.map((word) => word.plain);
  const own = all.every((plain) => setting.has(plain)) ? all : all.filter((plain) => !setting.has(plain));
  const concepts = new Map(
    own.map((plain) => [plain, covers.get(plain)?.map((group) => `§${group}`) ?? null]),
  );
  const syllables = [...concepts.keys()].map((plain) => ({ plain, telling: index.idf(plain) }));
  const pairs = own.slice(1).map((second, i) => {
    const first = own[i] as string;
    const text = `${first} ${second}`;
    return { first, second, text, telling: index.idf(text), named: covers.has(first) && covers.has(second) };
  });
  const [rarest, wholeOfSyllables, wholeOfPairs] = [index.idf(""), sumOf(syllables), sumOf(pairs)];

  return (held) => {
    const holds = (plain: string) =>
      (held.has(plain) && !names.has(plain)) ||
      (concepts.get(plain)?.some((concept) => held.has(concept)) ?? false);
    let [heldSyllables, heldPairs, missing] = [0, 0, 0];
    for (const { plain, telling } of syllables) {
      if (holds(plain)) heldSyllables += telling;
      else missing = Math.max(missing, telling);
    }
    for (const { first, second, text, telling, named } of pairs)
      if (held.has(text) || (named && holds(first) && holds(second))) heldPairs += telling;
    return {
      coverage: wholeOfSyllables === 0 ? 0 : heldSyllables / wholeOfSyllables,
      phrases: wholeOfPairs === 0 ? 0 : heldPairs / wholeOfPairs,
      missing: missing / rarest,
    };
  };
}

function sumOf(parts: { telling: number }[]): number {
  return parts.reduce((sum, { telling }) => sum + telling, 0);
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
