import { fold } from "../text/fold.ts";

/** How a question may be typed: as it was written, without marks, or with a typo about every six words. */
export const TYPINGS = ["marks", "noMarks", "typos"] as const;
export type Typing = (typeof TYPINGS)[number];

const WORDS_PER_TYPO = 6;
/** Keys beside each other on a telephone's keyboard. */
const BESIDE: Record<string, string> = {
  a: "sq",
  b: "vn",
  c: "xv",
  d: "sf",
  e: "wr",
  g: "fh",
  h: "gj",
  i: "uo",
  k: "jl",
  l: "k",
  m: "n",
  n: "bm",
  o: "ip",
  p: "o",
  q: "wa",
  r: "et",
  s: "ad",
  t: "ry",
  u: "yi",
  v: "cb",
  x: "zc",
  y: "tu",
};

/** A question as another hand would type it; the same text and seed always give the same typos. */
export function typed(text: string, typing: Typing, seed = 1): string {
  if (typing === "marks") return text;
  return typing === "noMarks" ? fold(text) : withTypos(text, seed);
}

/** One word of every six gets one slip of the finger, the last few words in proportion; digits are never touched. */
export function withTypos(text: string, seed: number): string {
  const chance = createChance(`${seed} ${text}`);
  const pieces = text.split(/(\s+)/);
  const words = pieces.flatMap((piece, i) => (/^\p{L}{2,}[.,?!…]*$/u.test(piece) ? [i] : []));
  for (let from = 0; from < words.length; from += WORDS_PER_TYPO) {
    const at = words[from + Math.floor(chance() * WORDS_PER_TYPO)];
    if (at !== undefined) pieces[at] = slip(pieces[at] as string, chance);
  }
  return pieces.join("");
}

/** Swaps two letters, drops one, doubles one, or hits the key beside it. */
function slip(word: string, chance: () => number): string {
  const letters = [...word.normalize("NFC")];
  const count = letters.filter((letter) => /\p{L}/u.test(letter)).length;
  const at = Math.floor(chance() * count);
  const before = Math.min(at, count - 2);
  const letter = letters[at] as string;
  const keys = BESIDE[fold(letter)] ?? letter;
  const ways = [
    () => letters.splice(before, 2, letters[before + 1] as string, letters[before] as string),
    () => letters.splice(at, 1),
    () => letters.splice(at, 0, letter),
    () => letters.splice(at, 1, keys[Math.floor(chance() * keys.length)] as string),
  ];
  ways[Math.floor(chance() * ways.length)]?.();
  return letters.join("");
}

/** Numbers from 0 up to 1 that follow from a text: FNV-1a to a seed, then mulberry32. */
function createChance(text: string): () => number {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
