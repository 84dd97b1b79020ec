import type { Bm25 } from "./bm25.ts";
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

/** Tells whether a clause holds a term, by the term's place in `terms`. */
export type Holds = (term: number) => boolean;

/** A question that clauses are held against. */
export type Covering = {
  /** All that has to be known of a clause. */
  terms: string[];
  by(holds: Holds): Coverage;
};

/**
 * What of the question a clause holds, weighed by how telling it is; of a follow-up only its own words count.
 * A syllable that belongs to a concept is held with any phrase of that concept, one of a name with nothing less than the name; words that set the scene do not count.
 * The question is weighed once, for many clauses are held against it.
 */
export function createCoverage({ words, covers, names, setting }: Analysed, index: Bm25): Covering {
  const all = words.map((word) => word.plain);
  const own = all.every((plain) => setting.has(plain)) ? all : all.filter((plain) => !setting.has(plain));
  const places = new Map<string, number>();
  const place = (term: string) => {
    const known = places.get(term) ?? places.size;
    places.set(term, known);
    return known;
  };
  const syllables = new Map(
    own.map((plain) => {
      const held = names.has(plain) ? [] : [place(plain)];
      const concepts = covers.get(plain)?.map((group) => place(`§${group}`)) ?? [];
      return [plain, { holding: [...held, ...concepts], telling: index.idf(plain) }];
    }),
  );
  const pairs = own.slice(1).map((second, i) => {
    const first = own[i] as string;
    const text = `${first} ${second}`;
    const isNamed = covers.has(first) && covers.has(second);
    const both = isNamed ? [first, second].map((plain) => syllables.get(plain)?.holding ?? []) : null;
    return { text: place(text), both, telling: index.idf(text) };
  });
  const tellings = [...syllables.values()];
  const [rarest, wholeOfSyllables, wholeOfPairs] = [index.idf(""), sumOf(tellings), sumOf(pairs)];

  return {
    terms: [...places.keys()],
    by(holds) {
      let [heldSyllables, heldPairs, missing] = [0, 0, 0];
      for (const { holding, telling } of tellings) {
        if (holding.some(holds)) heldSyllables += telling;
        else missing = Math.max(missing, telling);
      }
      for (const { text, both, telling } of pairs)
        if (holds(text) || both?.every((holding) => holding.some(holds))) heldPairs += telling;
      return {
        coverage: wholeOfSyllables === 0 ? 0 : heldSyllables / wholeOfSyllables,
        phrases: wholeOfPairs === 0 ? 0 : heldPairs / wholeOfPairs,
        missing: missing / rarest,
      };
    },
  };
}

function sumOf(parts: { telling: number }[]): number {
  return parts.reduce((sum, { telling }) => sum + telling, 0);
}
