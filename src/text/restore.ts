import { type Bigrams, countText, createBigrams, createBigramsBuilder, type WordCounts } from "./bigrams.ts";
import { type Candidate, createCandidates, type Shorts } from "./candidates.ts";
import type { Syllable } from "./syllables.ts";

/** Gives a question the marks that were left out and the letters that slipped: for each word what it stands for. */
export type Restore = (words: Syllable[]) => Syllable[][];

/** Words read between two pauses: about 10 ms. */
const SLICE = 20_000;
/** A longer message is left as it is after so many words. */
const MOST_WORDS = 256;

/**
 * Learns from texts how words follow each other, and restores by the likeliest path through what each typed word may
 * have meant (a noisy channel, decoded after Viterbi 1967). Trained on the texts that are searched, it knows their words.
 * With `shorts` it writes short forms out too, mistyped ones among them; the texts must have them written out.
 */
export async function trainRestore(
  texts: Iterable<string>,
  pause: () => Promise<void> = async () => {},
  shorts: Shorts | null = null,
): Promise<Restore> {
  return createRestore(createBigrams(await countTexts(texts, pause)), shorts);
}

/** Counts how words follow each other in texts. */
export async function countTexts(
  texts: Iterable<string>,
  pause: () => Promise<void> = async () => {},
): Promise<WordCounts> {
  const builder = createBigramsBuilder();
  let read = 0;
  for (const text of texts) {
    read += countText(builder, text);
    if (read > SLICE) {
      read = 0;
      await pause();
    }
  }
  return builder.counted();
}

export function createRestore(bigrams: Bigrams, shorts: Shorts | null = null): Restore {
  const candidates = createCandidates(bigrams, shorts);
  return (words) => {
    const head = words.slice(0, MOST_WORDS);
    return [...likeliest(candidates(head), bigrams), ...words.slice(MOST_WORDS).map((word) => [word])];
  };
}

/** Paths this much less likely than the best one, in nats, are given up. */
const BEAM = 14;

/** Where a path has come to: its likelihood, its last word, and which candidate of the column that is. */
type Reached = { score: number; word: number; at: number };
const START: Reached = { score: 0, word: 0, at: 0 };

/** The path whose words follow each other best and cost the least to have been typed so. */
function likeliest(columns: Candidate[][], bigrams: Bigrams): Syllable[][] {
  let reached = [START];
  const froms: number[][] = [];
  for (const column of columns) {
    const from: number[] = [];
    const before = reached;
    reached = withinBeam(
      column.map((candidate, at) => {
        const first = candidate.words[0];
        if (first === undefined) {
          from[at] = before[0]?.at ?? 0;
          return { ...(before[0] ?? START), at };
        }
        let best = Number.NEGATIVE_INFINITY;
        for (const { score, word, at: k } of before) {
          const sum = score + bigrams.follows(word, first);
          if (sum > best) [best, from[at]] = [sum, k];
        }
        return { score: best + inside(candidate, bigrams), word: candidate.words.at(-1) ?? -1, at };
      }),
    );
    froms.push(from);
  }
  const ends = reached.map(({ score, word, at }) => ({ score: score + bigrams.follows(word, 0), at }));
  let at = ends.reduce((best, end) => (end.score > best.score ? end : best), ends[0] ?? START).at;
  const path: Syllable[][] = [];
  for (let i = columns.length - 1; i >= 0; i--) {
    path.unshift((columns[i] as Candidate[])[at]?.read ?? []);
    at = froms[i]?.[at] ?? 0;
  }
  return path;
}

function withinBeam(reached: Reached[]): Reached[] {
  const best = Math.max(...reached.map(({ score }) => score));
  return reached.filter(({ score }) => score >= best - BEAM);
}

/** What it costs to believe a candidate, and how well its own words follow each other. */
function inside({ words, cost }: Candidate, bigrams: Bigrams): number {
  let sum = -cost;
  for (let i = 1; i < words.length; i++) sum += bigrams.follows(words[i - 1] as number, words[i] as number);
  return sum;
}
