import { createGrowing } from "./growing.ts";
import { createNumberMap, type Numbers } from "./number-map.ts";
import { type Syllable, syllables } from "./syllables.ts";
import { createVocabulary, type Vocabulary, type Words } from "./vocabulary.ts";

/** How words follow each other in a body of texts. Words are numbers of the vocabulary; 0 begins and ends a line. */
export type Bigrams = {
  vocabulary: Vocabulary;
  /** How often a word stands in the texts as written. */
  count(word: number): number;
  /** ln P(word | before). */
  follows(before: number, word: number): number;
  /** ln P(word), for a word that was never seen too. */
  alone(word: number): number;
};

/** Words and pairs as they were counted, as plain data; `followers` counts the different words behind each. */
export type WordCounts = {
  words: Words;
  counts: Int32Array;
  followers: Int32Array;
  pairs: Numbers;
  pairCounts: Int32Array;
  total: number;
};

export type BigramsBuilder = { add(words: Syllable[]): void; counted(): WordCounts };

const WORD = 2 ** 22;
/** Added to each count of a single word, so that an unseen one has a chance. */
const UNSEEN = 0.5;

/** Counts words and pairs. */
export function createBigramsBuilder(): BigramsBuilder {
  const vocabulary = createVocabulary();
  const pairs = createNumberMap();
  const pairCounts = createGrowing("int");
  const counts = createGrowing("int");
  const followers = createGrowing("int");
  let total = 0;

  const seen = (word: number) => {
    while (counts.length <= word) {
      counts.push(0);
      followers.push(0);
    }
    counts.add(word, 1);
  };
  const pair = (before: number, word: number) => {
    const at = pairs.add(before * WORD + word);
    if (at === pairCounts.length) {
      pairCounts.push(0);
      followers.add(before, 1);
    }
    pairCounts.add(at, 1);
  };

  return {
    add(words) {
      let before = 0;
      seen(0);
      for (const each of words) {
        const word = vocabulary.add(each);
        seen(word);
        pair(before, word);
        before = word;
        total++;
      }
      pair(before, 0);
    },
    counted: () => ({
      words: vocabulary.data(),
      counts: new Int32Array(counts.view()),
      followers: new Int32Array(followers.view()),
      pairs: pairs.data(),
      pairCounts: new Int32Array(pairCounts.view()),
      total,
    }),
  };
}

/** The chances of words by what was counted, interpolated after Witten & Bell (1991). */
export function createBigrams({ words, counts, followers, pairs, pairCounts, total }: WordCounts): Bigrams {
  const vocabulary = createVocabulary(words);
  const { find } = createNumberMap(pairs);
  const count = (word: number) => counts[word] ?? 0;
  const share = (word: number) => (count(word) + UNSEEN) / (total + UNSEEN * vocabulary.size());
  return {
    vocabulary,
    count,
    alone: (word) => Math.log(share(word)),
    follows(before, word) {
      const [whole, kinds] = [count(before), followers[before] ?? 0];
      if (whole === 0) return Math.log(share(word));
      const at = word < 0 ? -1 : find(before * WORD + word);
      const own = at === -1 ? 0 : (pairCounts[at] as number);
      return Math.log((own + kinds * share(word)) / (whole + kinds));
    },
  };
}

/** Below this share of marked syllables a line was typed without marks, and would teach to leave them out. */
const LEAST_MARKED = 0.35;

/** Reads a text line by line into the counts; the number of its words. */
export function countText(builder: BigramsBuilder, text: string): number {
  let words = 0;
  for (const line of text.split("\n")) {
    const read = syllables(line);
    words += read.length;
    const letters = read.filter(({ plain }) => /^[a-z]/.test(plain));
    const marked = letters.filter(({ marked, plain }) => marked !== plain).length;
    if (read.length > 0 && marked >= LEAST_MARKED * letters.length) builder.add(read);
  }
  return words;
}
