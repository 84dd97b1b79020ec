import type { Syllable } from "../text/syllables.ts";

export const HASHED_DIMENSIONS = 256;

/**
 * A vector of a text without any model: syllables, pairs and character trigrams, hashed with a sign
 * (feature hashing, Weinberger et al. 2009). A misspelt syllable keeps most of its trigrams, which words alone lose.
 * Unit length; the zero text gives the zero vector.
 */
export function hashedVector(words: Syllable[]): number[] {
  const vector = new Array<number>(HASHED_DIMENSIONS).fill(0);
  const add = (feature: string, weight: number) => {
    const hash = fnv1a(feature);
    const at = hash % HASHED_DIMENSIONS;
    vector[at] = (vector[at] ?? 0) + (hash & 0x80000000 ? -weight : weight);
  };
  words.forEach(({ plain }, i) => {
    add(plain, 1);
    const next = words[i + 1];
    if (next) add(`${plain} ${next.plain}`, 0.7);
    const padded = `^${plain}$`;
    for (let k = 0; k + 3 <= padded.length; k++) add(`#${padded.slice(k, k + 3)}`, 0.4);
  });
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector : vector.map((value) => value / norm);
}

/** FNV-1a, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
