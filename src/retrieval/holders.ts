import type { Bm25 } from "./bm25.ts";
import { type Coverage, createCoverage } from "./coverage.ts";
import type { Analysed } from "./query.ts";

/** The index of the clauses' own words, and that of their sample questions, clause by clause. */
export type Indexes = { body: Bm25; asked: Bm25 };

/**
 * Holds a question against some clauses, `chosen` by their numbers. What the clauses hold is read from the indexes, term by
 * term, so that no clause keeps a set of its terms.
 */
export function coverageOf(
  chosen: readonly number[],
  words: Analysed,
  { body, asked }: Indexes,
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
    asked.eachHolder(term, mark);
  });
  return (slot) => covering.by((place) => held[place * chosen.length + slot] === 1);
}

function slotsOf(chosen: readonly number[], size: number): Int32Array {
  const slots = new Int32Array(size).fill(-1);
  chosen.forEach((entry, slot) => {
    if (entry >= 0) slots[entry] = slot;
  });
  return slots;
}
