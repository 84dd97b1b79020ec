import type { Syllable } from "./syllables.ts";

/** Numbers for words, so that texts are arrays of numbers. 0 is never a word: it ends a line. */
export type Vocabulary = {
  size(): number;
  /** The number of a word as written; a new word is added together with its bare form. */
  add(word: Syllable): number;
  /** The number of a word as written, or -1 where it was never added. */
  find(marked: string): number;
  /** The number of the same word without marks; its own for a bare word. */
  plain(word: number): number;
  text(word: number): string;
  /** Everything it knows, as plain data. */
  data(): Words;
};

/** Words by their numbers: how each is written, and the number of its bare form. */
export type Words = { texts: string[]; plains: number[] };

/** Makes an empty one, or one that goes on from what another knew. */
export function createVocabulary({ texts, plains }: Words = { texts: [""], plains: [0] }): Vocabulary {
  const numbers = new Map(texts.slice(1).map((text, i) => [text, i + 1]));
  const number = (text: string) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, texts.length);
    plains.push(texts.length);
    return texts.push(text) - 1;
  };
  return {
    size: () => texts.length,
    find: (marked) => numbers.get(marked) ?? -1,
    plain: (word) => plains[word] ?? 0,
    text: (word) => texts[word] ?? "",
    add({ marked, plain }) {
      const known = numbers.get(marked);
      if (known !== undefined) return known;
      const added = number(marked);
      if (plain !== marked) plains[added] = number(plain);
      return added;
    },
    data: () => ({ texts, plains }),
  };
}
