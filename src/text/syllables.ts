import { fold } from "./fold.ts";
import { placeTones } from "./tones.ts";

/** One word as written: `marked` in lower case with one tone placement, `plain` without marks. */
export type Syllable = { marked: string; plain: string };

/** A syllable, a word or a number as it stands in a text. */
export const WORD = /\d+(?:[.,/]\d+)*|[\p{L}\p{M}]+|\p{N}+/gu;

/**
 * Splits Vietnamese text into syllables and numbers; punctuation goes, leading zeros too ("03" is "3", "01/07" is "1/7"),
 * and a point before one or two digits is a decimal comma ("1.5" is "1,5"; three digits are thousands).
 */
export function syllables(text: string): Syllable[] {
  const found = text.normalize("NFC").toLowerCase().match(WORD) ?? [];
  return found.map(readWord);
}

/** Reading a word anew costs ten times a look-up, and few texts hold a word that was not read before. */
const known = new Map<string, Syllable>();
const MOST_KNOWN = 50_000;
/** Longer words are no words, and would hold the memory of a hostile message. */
const LONGEST_KNOWN = 24;

function readWord(word: string): Syllable {
  const before = known.get(word);
  if (before) return before;
  const marked = placeTones(word)
    .replace(/(?<=^|\/)0+(?=\d)/g, "")
    .replace(/^(\d+)\.(\d{1,2})$/, "$1,$2");
  const read = Object.freeze({ marked, plain: fold(marked) });
  if (known.size >= MOST_KNOWN) known.clear();
  if (word.length <= LONGEST_KNOWN) known.set(word, read);
  return read;
}

/** The bare words of a text, for comparing what was typed with what was offered: "Bỏ qua!" → "bo qua". */
export function bareWords(text: string): string {
  return syllables(text)
    .map((word) => word.plain)
    .join(" ");
}

/** A thing that rankings count: a syllable, a pair of neighbours, or a pair with one syllable between. */
export type Term = { text: string; weight: number };

/** The terms of a text for ranking; weights as measured on Vietnamese legal questions (pairs 1, gapped pairs 0.5). */
export function terms(words: Syllable[]): Term[] {
  const found: Term[] = [];
  words.forEach(({ plain, marked }, i) => {
    found.push({ text: plain, weight: 1 });
    if (marked !== plain) found.push({ text: marked, weight: 0.35 });
    const next = words[i + 1];
    const afterNext = words[i + 2];
    if (next) found.push({ text: `${plain} ${next.plain}`, weight: 1 });
    if (afterNext) found.push({ text: `${plain}_${afterNext.plain}`, weight: 0.5 });
  });
  return found;
}
