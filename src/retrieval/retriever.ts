import { type Keep, keepNothing } from "../knowledge/keep.ts";
import type { Passage } from "../knowledge/validity.ts";
import { askingEnd } from "../text/asking.ts";
import type { Syllable } from "../text/syllables.ts";
import { type Bm25, openBm25, type Pause, type WeightedTerm } from "./bm25.ts";
import type { Coverage } from "./coverage.ts";
import { coverageOf } from "./holders.ts";
import { bareOf, indexClauses, indexQuestions } from "./indexed.ts";
import { createLexical, type LexicalEntry } from "./lexical.ts";
import type { Analyse, Analysed } from "./query.ts";
import { topOf } from "./top.ts";
import { createVectorIndex } from "./vectors.ts";

/** Turns texts into vectors of one length, in the same order. */
export type Embed = (texts: string[]) => Promise<number[][]>;

/** What is looked for: the question, and what it leans on when it is a follow-up. */
export type Query = { text: string; background: string | null };

/** A passage with how well it fits and why; every part lies between 0 and 1. */
export type Candidate = Coverage & {
  passage: Passage;
  score: number;
  /** Against the clause's own words. */
  body: number;
  /** Against all the questions that members are known to ask of it, taken together. */
  asked: number;
  vector: number;
  /** Of what the question asks at its end, the share that the clause holds; before that people tell, and take for granted. */
  end: number;
};

export type Retrieve = (query: Query, limit: number) => Promise<Candidate[]>;

/** `telling` says how rare a term is among the clauses, and so how much it decides. */
export type Retriever = { retrieve: Retrieve; telling: (term: string) => number };

/** How much each ranking counts; scores are fused, not ranks, since ranks throw away how much better a match is. */
const WEIGHTS = { body: 0.45, asked: 0.45, vector: 0.1 };
/**
 * What the best of them are ordered by, fitted on sample questions that were held out (1,322 of 7,723): what of the question
 * a clause holds counts too. The nearest sample question alone would add nothing to all of them together.
 */
const ORDER = { body: 0.4, asked: 0.38, vector: 0.06, coverage: 0.14, phrases: 0.02 };
/** Who asks what a clause is known to be asked, word for word, means that clause; held-out questions cannot show it. */
const SAME_QUESTION = 0.15;
const BACKGROUND_WEIGHT = 0.6;
const VECTOR_CANDIDATES = 30;
const CLOSE_CANDIDATES = 60;
/** Off where clauses carry sample questions: with 0.1 in the order too, and the confidence fitted anew, 87 % were answered instead of 93. */
const CLOSENESS = 0;

/** How an index is made and asked. */
export type RetrieverOptions = {
  /** Awaited between slices of the work, so that a swap of the index does not hold up messages. */
  pause?: Pause;
  keep?: Keep;
  /** How much the lexical index with its comparison line by line counts beside the other rankings; see WEIGHTS. */
  closeness?: number;
};

/** Texts embedded between two pauses, and by one call to a server. */
const EMBEDDED_AT_ONCE = 64;

/** Indexes passages in memory. `embed` may call a server; a question whose vector fails is ranked by words alone. */
export async function createRetriever(
  passages: Passage[],
  analyse: Analyse,
  embed: Embed,
  { pause = async () => {}, keep = keepNothing, closeness = CLOSENESS }: RetrieverOptions = {},
): Promise<Retriever> {
  const body = openBm25(await keep("clauses", () => indexClauses(passages, analyse, pause)));
  const { lists, askedOf } = await keep("questions", () => indexQuestions(passages, analyse, pause));
  const asked = openBm25(lists);
  const vectors = createVectorIndex(await embedAll(passages.map(embeddedText), embed, pause));
  const lexical = closeness > 0 ? await createLexical(passages.map(asEntry), pause) : null;

  return { retrieve, telling: body.idf };

  async function retrieve(query: Query, limit: number): Promise<Candidate[]> {
    const analysed = analyse(query.text);
    const background = query.background ? analyse(query.background) : null;
    const wanted = [...analysed.terms, ...faded(background?.terms ?? [])];
    const bodyScores = scaled(body, wanted);
    const askedScores = scaled(asked, wanted);
    const sameQuestion = askedOf.get(bareOf(analysed)) ?? [];
    const similarities = await vectorScores(query);
    const close = closenessOf(analysed.words);

    const scoreOf = (i: number) =>
      WEIGHTS.body * (bodyScores[i] as number) +
      WEIGHTS.asked * (askedScores[i] as number) +
      WEIGHTS.vector * (similarities.get(i) ?? 0) +
      closeness * (close.get(i) ?? 0);
    const chosen = topOf(passages.length, scoreOf, limit);

    const covered = (words: Analysed) => coverageOf(chosen, words, { body, asked });
    const [own, behind] = [covered(analysed), background ? covered(background) : null];
    const end = askingEnd(query.text);
    const ended = end === query.text ? own : covered(analyse(end));
    return chosen
      .map((i, slot) => {
        const parts = {
          body: bodyScores[i] as number,
          asked: askedScores[i] as number,
          vector: similarities.get(i) ?? 0,
          end: ended(slot).coverage,
          ...own(slot),
        };
        const score =
          fused({ ...parts, ...withBackground(parts, behind?.(slot) ?? null) }) +
          (sameQuestion.includes(i) ? SAME_QUESTION : 0);
        return { passage: passages[i] as Passage, ...parts, score };
      })
      .sort((a, b) => b.score - a.score);
  }

  /** How well the clauses fit word by word, as shares of the best one. */
  function closenessOf(words: Syllable[]): Map<number, number> {
    const found = lexical?.search(words, CLOSE_CANDIDATES) ?? [];
    const best = found[0]?.score || 1;
    return new Map(found.map(({ entry, score }) => [entry, score / best]));
  }

  async function vectorScores(query: Query): Promise<Map<number, number>> {
    const text = query.background ? `${query.text} ${query.background}` : query.text;
    const [vector] = await embed([text]).catch(() => []);
    if (!vector) return new Map();
    return new Map(
      vectors.search(vector, VECTOR_CANDIDATES).map(({ id, similarity }) => [id, Math.max(0, similarity)]),
    );
  }
}

/** What a follow-up leans on counts less than its own words. */
function withBackground(own: Coverage, around: Coverage | null): Pick<Coverage, "coverage" | "phrases"> {
  const joined = (key: "coverage" | "phrases") =>
    around ? (own[key] + BACKGROUND_WEIGHT * around[key]) / (1 + BACKGROUND_WEIGHT) : own[key];
  return { coverage: joined("coverage"), phrases: joined("phrases") };
}

function fused(candidate: Record<keyof typeof ORDER, number>): number {
  const keys = Object.keys(ORDER) as (keyof typeof ORDER)[];
  return keys.reduce((sum, key) => sum + ORDER[key] * candidate[key], 0);
}

async function embedAll(texts: string[], embed: Embed, pause: Pause): Promise<number[][]> {
  const vectors: number[][] = [];
  for (let from = 0; from < texts.length; from += EMBEDDED_AT_ONCE) {
    vectors.push(...(await embed(texts.slice(from, from + EMBEDDED_AT_ONCE))));
    await pause();
  }
  return vectors;
}

function asEntry({ lead, parts, headingPath, documentTitle }: Passage): LexicalEntry {
  const title = headingPath.join(" ");
  return { title, text: [title, lead, ...parts.map((part) => part.text), documentTitle].join("\n") };
}

/** The words of a clause that its vector is made of. */
export function embeddedText(passage: Passage): string {
  const parts = passage.parts.map((part) => part.text);
  return [passage.headingPath.at(-1), ...passage.questions, passage.lead, ...parts].join(" ");
}

function faded(terms: WeightedTerm[]): WeightedTerm[] {
  return terms.map((term) => ({ ...term, weight: term.weight * BACKGROUND_WEIGHT }));
}

function scaled(index: Bm25, query: WeightedTerm[]): Float64Array {
  const ceiling = index.ceiling(query) || 1;
  const scores = index.scores(query);
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) / ceiling;
  return scores;
}
