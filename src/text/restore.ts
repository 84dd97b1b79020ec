import { type Bigrams, countText, createBigramsBuilder } from "./bigrams.ts";
import { type Candidate, createCandidates } from "./candidates.ts";
import type { Syllable } from "./syllables.ts";

/** Gives a question the marks that were left out and the letters that slipped; as many words out as in. */
export type Restore = (words: Syllable[]) => Syllable[];

/** Words read between two pauses: about 10 ms. */
const SLICE = 20_000;
/** A longer message is left as it is after so many words. */
const MOST_WORDS = 256;

/**
 * Learns from texts how words follow each other, and restores by the likeliest path through what each typed word may
 * have meant (a noisy channel, decoded after Viterbi 1967). Trained on the texts that are searched, it knows their words.
 */
export async function trainRestore(
  texts: Iterable<string>,
  pause: () => Promise<void> = async () => {},
): Promise<Restore> {
  const builder = createBigramsBuilder();
  let read = 0;
  for (const text of texts) {
    read += countText(builder, text);
    if (read > SLICE) {
      read = 0;
      await pause();
    }
  }
  return createRestore(builder.build());
}

export function createRestore(bigrams: Bigrams): Restore {
  const candidates = createCandidates(bigrams);
  return (words) => {
    const head = words.slice(0, MOST_WORDS);
    return [...likeliest(candidates(head), bigrams), ...words.slice(MOST_WORDS)];
  };
}

/** The path whose words follow each other best and cost the least to have been typed so. */
function likeliest(columns: Candidate[][], bigrams: Bigrams): Syllable[] {
  let reached: { score: number; word: number }[] = [{ score: 0, word: 0 }];
  const froms: number[][] = [];
  for (const column of columns) {
    const from: number[] = [];
    reached = column.map((candidate, i) => {
      let best = Number.NEGATIVE_INFINITY;
      reached.forEach(({ score, word }, k) => {
        const sum = score + bigrams.follows(word, candidate.word);
        if (sum > best) [best, from[i]] = [sum, k];
      });
      return { score: best - candidate.cost, word: candidate.word };
    });
    froms.push(from);
  }
  let at = 0;
  const ends = reached.map(({ score, word }) => score + bigrams.follows(word, 0));
  ends.forEach((score, i) => {
    if (score > (ends[at] ?? 0)) at = i;
  });
  const path: Syllable[] = [];
  for (let i = columns.length - 1; i >= 0; i--) {
    path.unshift((columns[i] as Candidate[])[at]?.read as Syllable);
    at = froms[i]?.[at] ?? 0;
  }
  return path;
}
