import { createGrowing } from "../text/growing.ts";
import { type Syllable, syllables } from "../text/syllables.ts";
import { createVocabulary, type Vocabulary } from "../text/vocabulary.ts";
import { type Asked, readQuestion } from "./asked.ts";
import { createCloseness } from "./closeness.ts";
import type { Scored } from "./impacts.ts";
import { markedKey, pairKey, plainKey, titleKey } from "./keys.ts";
import { createPostings, createPostingsBuilder, type Postings } from "./postings.ts";

/** A text to be found, and its heading, whose words count a little more. */
export type LexicalEntry = { title: string; text: string };

export type Lexical = {
  /** The entries that fit a question best, best first. */
  search(question: Syllable[], limit: number): Scored[];
};

/** Repetition counts less still where the closeness of words is compared too: 0.9 loses half a point of nDCG@10. */
const SATURATION = { k1: 0.5, b: 0.5 };
/** So many entries are compared word by word. */
const COMPARED = 40;
/** How much closeness counts beside BM25, found on the building parts of two sets of legal questions. */
const LINE = 0.5;
const STRETCH = 0.8;
/** How much it counts that a question holds a title's words, and its pairs, whole. */
const TITLE_WORDS = 0.4;
const TITLE_PAIRS = 0.5;
/** Words read between two pauses: about 10 ms. */
const SLICE = 20_000;

/** Numbers of words of all texts in one array, and where each text begins. */
type Shelf = { words: Uint16Array | Uint32Array; starts: Uint32Array };

/**
 * A lexical index in typed arrays: BM25 over syllables and pairs finds the candidates, and the text of the best of them
 * is compared with the question line by line. Texts are kept as numbers of bare words, 2 bytes a word.
 */
export async function createLexical(
  entries: Iterable<LexicalEntry>,
  pause: () => Promise<void> = async () => {},
): Promise<Lexical> {
  const vocabulary = createVocabulary();
  const builder = createPostingsBuilder(SATURATION);
  const [bodies, titles] = [createShelfBuilder(), createShelfBuilder()];
  let read = 0;
  for (const { title, text } of entries) {
    for (const line of text.split("\n")) {
      const words = syllables(line);
      if (words.length > 0) addLine(words, vocabulary, builder.add, bodies.push);
      read += words.length;
    }
    const heading = syllables(title).map((word) => vocabulary.plain(vocabulary.add(word)));
    for (const word of heading) {
      builder.add(titleKey(word), 1);
      titles.push(word);
    }
    titles.end();
    builder.close(bodies.end());
    if (read > SLICE) {
      read = 0;
      await pause();
    }
  }
  const postings = createPostings(await builder.build(pause));
  return createSearch(vocabulary, postings, bodies.build(vocabulary.size()), titles.build(vocabulary.size()));
}

function addLine(
  words: Syllable[],
  vocabulary: Vocabulary,
  add: (key: number, weight: number) => void,
  push: (word: number) => void,
): void {
  let before = 0;
  for (const each of words) {
    const word = vocabulary.add(each);
    const plain = vocabulary.plain(word);
    add(markedKey(word), 1);
    add(plainKey(plain), 1);
    if (before !== 0) add(pairKey(before, plain), 1);
    push(plain);
    before = plain;
  }
  push(0);
}

function createShelfBuilder() {
  const words = createGrowing("int");
  const starts = createGrowing("int");
  starts.push(0);
  return {
    push: (word: number) => words.push(word),
    /** Ends a text and tells its length. */
    end(): number {
      starts.push(words.length);
      return words.length - starts.get(starts.length - 2);
    },
    build: (vocabulary: number): Shelf => ({
      words: new (vocabulary <= 65_536 ? Uint16Array : Uint32Array)(words.view()),
      starts: new Uint32Array(starts.view()),
    }),
  };
}

function createSearch(vocabulary: Vocabulary, postings: Postings, bodies: Shelf, titles: Shelf): Lexical {
  const places = new Uint16Array(vocabulary.size());
  return {
    search(question, limit) {
      const asked = readQuestion(question, vocabulary, postings);
      const found = postings.top(asked.terms, Math.max(limit, COMPARED));
      const closeness = createCloseness(asked, places);
      const compared = found.map(({ entry, score }, rank) => {
        if (rank >= COMPARED) return { entry, score };
        const [from, to] = [bodies.starts[entry] as number, bodies.starts[entry + 1] as number];
        const { line, stretch } = closeness.measure(bodies.words, from, to);
        return {
          entry,
          score: score + LINE * line + STRETCH * stretch + titleFit(asked, titles, entry, places, postings),
        };
      });
      closeness.end();
      return compared.sort((a, b) => b.score - a.score || a.entry - b.entry).slice(0, limit);
    },
  };
}

/** Grows with the share of the title that the question holds: a title said whole names its text. */
function titleFit(
  { words, pairs }: Asked,
  { words: stored, starts }: Shelf,
  entry: number,
  places: Uint16Array,
  postings: Postings,
): number {
  let [allWords, heldWords, allPairs, heldPairs, before] = [0, 0, 0, 0, 0];
  for (let at = starts[entry] as number; at < (starts[entry + 1] as number); at++) {
    const word = stored[at] as number;
    const value = postings.idf(plainKey(word));
    allWords += value;
    if (places[word] !== 0) heldWords += value;
    if (before !== 0) {
      const pair = postings.idf(pairKey(before, word));
      allPairs += pair;
      if (pairs.has(((places[before] as number) - 1) * words.length + (places[word] as number) - 1))
        heldPairs += pair;
    }
    before = word;
  }
  const share = (held: number, all: number) => (all === 0 ? 0 : (held * held) / all);
  return TITLE_WORDS * share(heldWords, allWords) + TITLE_PAIRS * share(heldPairs, allPairs);
}
