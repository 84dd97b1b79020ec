/** Terms of a ranking as whole numbers below 2^53: the kind, then one or two words by their numbers. */
const KIND = 2 ** 44;
const WORD = 2 ** 22;

/** A syllable as written. */
export function markedKey(word: number): number {
  return KIND + word;
}

/** A syllable without its marks. */
export function plainKey(word: number): number {
  return 2 * KIND + word;
}

/** Two neighbouring syllables without their marks. */
export function pairKey(first: number, second: number): number {
  return 3 * KIND + first * WORD + second;
}

/** A syllable of the title, without its marks. */
export function titleKey(word: number): number {
  return 4 * KIND + word;
}
