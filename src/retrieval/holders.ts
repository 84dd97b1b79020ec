import type { Bm25, WeightedTerm } from "./bm25.ts";
import { type Coverage, createCoverage } from "./coverage.ts";
import type { Analysed } from "./query.ts";

/** The index of the clauses' own words, that of their sample questions, and the clause of each question. */
export type Indexes = { body: Bm25; asked: Bm25; clauseOf: Int32Array };

/**
 * Holds a question against some clauses, `chosen` by their numbers. What the clauses hold is read from the indexes, term by
 * term, so that no clause keeps a set of its terms.
 */
export function coverageOf(
  chosen: readonly number[],
  words: Analysed,
  { body, asked, clauseOf }: Indexes,
): (slot: number) => Coverage {
  const slotOf = slotsOf(chosen, Math.max(0, ...chosen) + 1);
  const covering = createCoverage(words, body);
  const held = new Uint8Array(covering.terms.length * chosen.length);
  covering.terms.forEach((term, place) => {
    const mark = (clause: number) => {
      const slot = slotOf[clause] ?? -1;
      if (slot !== -1) held[place * chosen.length + slot] = 1;
    };
    body.eachHolder(term, mark);
    asked.eachHolder(term, (question) => mark(clauseOf[question] as number));
  });
  return (slot) => covering.by((place) => held[place * chosen.length + slot] === 1);
}

/** How telling the terms of each sample question are, taken together. */
export function sumOfTerms(terms: WeightedTerm[], { idf }: Bm25): number {
  let sum = 0;
  for (const text of new Set(terms.map((term) => term.text))) sum += idf(text);
  return sum;
}

/** Weighted Jaccard of what is wanted with some sample questions, by their numbers; -1 is none of them, and like nothing. */
export function likenessTo(
  questions: readonly number[],
  wanted: WeightedTerm[],
  { body, asked, sums }: Pick<Indexes, "body" | "asked"> & { sums: Float64Array },
): (slot: number) => number {
  const slotOf = slotsOf(questions, sums.length);
  const shared = new Float64Array(questions.length);
  let whole = 0;
  for (const text of new Set(wanted.map((term) => term.text))) {
    const telling = body.idf(text);
    whole += telling;
    asked.eachHolder(text, (question) => {
      const slot = slotOf[question] as number;
      if (slot !== -1) shared[slot] = (shared[slot] as number) + telling;
    });
  }
  return (slot) => {
    const question = questions[slot] ?? -1;
    if (question === -1) return 0;
    const both = shared[slot] as number;
    const all = whole + (sums[question] as number) - both;
    return all === 0 ? 0 : both / all;
  };
}

function slotsOf(chosen: readonly number[], size: number): Int32Array {
  const slots = new Int32Array(size).fill(-1);
  chosen.forEach((entry, slot) => {
    if (entry >= 0) slots[entry] = slot;
  });
  return slots;
}
