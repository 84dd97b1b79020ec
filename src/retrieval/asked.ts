import { questionWeight } from "../text/asking.ts";
import type { Syllable } from "../text/syllables.ts";
import type { Vocabulary } from "../text/vocabulary.ts";
import { markedKey, pairKey, plainKey, titleKey } from "./keys.ts";
import type { KeyedTerm, Postings } from "./postings.ts";

/** A question as the index sees it; `words` and `pairs` are distinct, with how telling each is. */
export type Asked = {
  terms: KeyedTerm[];
  /** The bare words by their numbers, in step with `telling`. */
  words: number[];
  telling: Float64Array;
  /** The words by place in `words`, side by side in the question: `first * words.length + second` to how telling the pair is. */
  pairs: Map<number, number>;
};

/** Shares of a syllable's weight: as written or restored, bare, and in the title; two neighbours count less than both of them. */
const MARKED = 0.7;
const PLAIN = 0.3;
const TITLE = 0.15;
const PAIR = 0.8;
/** A message of 100 KB is cut to its first so many syllables: nobody asks in more. */
const MOST_WORDS = 256;

/** Turns a question into terms and into what its candidates are compared by. */
export function readQuestion(question: Syllable[], vocabulary: Vocabulary, postings: Postings): Asked {
  const read = question.slice(0, MOST_WORDS);
  const plain = read.map((word) => vocabulary.find(word.plain));
  const marked = read.map((word) => vocabulary.find(word.marked));
  const weights = read.map((word) => questionWeight(word.marked));
  const places = new Map<number, number>();
  const telling: number[] = [];
  const pairs = new Map<number, number>();
  const terms: KeyedTerm[] = [];
  read.forEach((_, i) => {
    const [word = -1, weight = 1] = [plain[i], weights[i]];
    if (word === -1) return;
    terms.push(
      { key: plainKey(word), weight: PLAIN * weight },
      { key: titleKey(word), weight: TITLE * weight },
    );
    if (marked[i] !== -1) terms.push({ key: markedKey(marked[i] as number), weight: MARKED * weight });
    if (places.has(word)) return;
    places.set(word, telling.length);
    telling.push(weight * postings.idf(plainKey(word)));
  });
  for (let i = 1; i < read.length; i++) {
    const [first = -1, second = -1] = [plain[i - 1], plain[i]];
    if (first === -1 || second === -1) continue;
    const weight = ((weights[i - 1] ?? 1) + (weights[i] ?? 1)) / 2;
    const key = pairKey(first, second);
    terms.push({ key, weight: PAIR * weight });
    const at = (places.get(first) as number) * telling.length + (places.get(second) as number);
    if (!pairs.has(at)) pairs.set(at, weight * postings.idf(key));
  }
  return { terms, words: [...places.keys()], telling: Float64Array.from(telling), pairs };
}
