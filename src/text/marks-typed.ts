import type { Syllable } from "./syllables.ts";

/** Marks are on three of four syllables of Vietnamese. */
const MARKED_SHARE = 0.75;
/** The chance that a mark is left out by who otherwise types marks. */
const LEAST_LEFT_OUT = 0.01;

/** How likely this writer leaves a mark out, by how few syllables have one. */
export function leftOut(words: Syllable[]): number {
  const letters = words.filter(({ plain }) => /^[a-z]+$/.test(plain));
  const marked = letters.filter(({ marked, plain }) => marked !== plain).length;
  const share = letters.length === 0 ? 0 : marked / letters.length;
  return Math.min(1, Math.max(LEAST_LEFT_OUT, 1 - share / MARKED_SHARE));
}

/** Marks that were typed and do not stand in the word that is guessed count against it; they were typed on purpose. */
export function markCost({ marked, plain }: Syllable, guess: string, missing: number): number {
  if (marked === plain) return 0;
  const typed = marksOf(marked);
  const guessed = marksOf(guess);
  let cost = 0;
  for (const mark of typed) if (!guessed.includes(mark)) cost += 3;
  for (const mark of guessed) if (!typed.includes(mark)) cost += missing;
  return cost;
}

function marksOf(word: string): string[] {
  return [...word.normalize("NFD")].filter((letter) => /[\p{M}đ]/u.test(letter));
}
