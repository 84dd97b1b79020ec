import type { Passage } from "../knowledge/validity.ts";
import { type Bm25, createBm25, type WeightedTerm } from "./bm25.ts";
import type { Analyse, Analysed } from "./query.ts";
import { createVectorIndex } from "./vectors.ts";

/** Turns texts into vectors of one length, in the same order. */
export type Embed = (texts: string[]) => Promise<number[][]>;

/** What is looked for: the question, and what it leans on when it is a follow-up. */
export type Query = { text: string; background: string | null };

/** A passage with how well it fits and why; every part lies between 0 and 1. */
export type Candidate = {
  passage: Passage;
  score: number;
  /** Against the clause's own words. */
  body: number;
  /** Against the nearest question that members are known to ask of it. */
  asked: number;
  vector: number;
  /** Share of the question's telling syllables that the clause or its sample questions hold. */
  coverage: number;
  /** Overlap of the question with the nearest sample question, both ways. */
  likeness: number;
};

export type Retrieve = (query: Query, limit: number) => Promise<Candidate[]>;

/** How much each ranking counts; scores are fused, not ranks, since ranks throw away how much better a match is. */
const WEIGHTS = { body: 0.4, asked: 0.45, vector: 0.15 };
const BACKGROUND_WEIGHT = 0.6;
const VECTOR_CANDIDATES = 30;

/** Indexes passages in memory. `embed` may call a server; a question whose vector fails is ranked by words alone. */
export async function createRetriever(passages: Passage[], analyse: Analyse, embed: Embed): Promise<Retrieve> {
  const own = passages.map((passage) => bodyTerms(passage, analyse));
  const body = createBm25(own);
  const questions = passages.flatMap((passage, of) =>
    passage.questions.map((text) => ({ of, analysed: analyse(text) })),
  );
  const asked = createBm25(questions.map((question) => question.analysed.terms));
  const vectors = createVectorIndex(await embed(passages.map(embeddedText)));
  const held = passages.map((_, i) => heldTerms(own[i] ?? []));
  for (const { of, analysed } of questions) for (const term of analysed.terms) held[of]?.add(term.text);

  return async (query, limit) => {
    const analysed = analyse(query.text);
    const background = query.background ? analyse(query.background) : null;
    const wanted = [...analysed.terms, ...faded(background?.terms ?? [])];
    const bodyScores = scaled(body, wanted);
    const askedScores = scaled(asked, wanted);
    const similarities = await vectorScores(query);

    const best = new Float64Array(passages.length);
    const nearest = new Int32Array(passages.length).fill(-1);
    questions.forEach(({ of }, i) => {
      const score = askedScores[i] ?? 0;
      if (score > (best[of] ?? 0)) {
        best[of] = score;
        nearest[of] = i;
      }
    });

    return passages
      .map((_, i) => i)
      .map((i) => ({
        i,
        score:
          WEIGHTS.body * (bodyScores[i] ?? 0) +
          WEIGHTS.asked * (best[i] ?? 0) +
          WEIGHTS.vector * (similarities.get(i) ?? 0),
      }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ i, score }) => ({
        passage: passages[i] as Passage,
        score,
        body: bodyScores[i] ?? 0,
        asked: best[i] ?? 0,
        vector: similarities.get(i) ?? 0,
        coverage: coverage(analysed, background, held[i] ?? new Set(), body),
        likeness: nearest[i] === -1 ? 0 : likeness(wanted, questions[nearest[i] as number]?.analysed.terms ?? [], body),
      }));
  };

  async function vectorScores(query: Query): Promise<Map<number, number>> {
    const text = query.background ? `${query.text} ${query.background}` : query.text;
    const [vector] = await embed([text]).catch(() => []);
    if (!vector) return new Map();
    return new Map(
      vectors.search(vector, VECTOR_CANDIDATES).map(({ id, similarity }) => [id, Math.max(0, similarity)]),
    );
  }
}

/** The terms of a clause: its own words count full, its heading as much, the document's title a little. */
function bodyTerms(passage: Passage, analyse: Analyse): WeightedTerm[] {
  const fields: [text: string, weight: number][] = [
    [[passage.lead, ...passage.parts.map((part) => part.text)].join(" "), 1],
    [passage.headingPath.join(" "), 1],
    [`${passage.documentTitle} ${passage.document} ${passage.aliases.join(" ")}`, 0.3],
  ];
  return fields.flatMap(([text, weight]) =>
    analyse(text).terms.map((term) => ({ text: term.text, weight: term.weight * weight })),
  );
}

function embeddedText(passage: Passage): string {
  return [passage.headingPath.at(-1), ...passage.questions, passage.lead].join(" ");
}

function heldTerms(terms: WeightedTerm[]): Set<string> {
  return new Set(terms.map((term) => term.text));
}

function faded(terms: WeightedTerm[]): WeightedTerm[] {
  return terms.map((term) => ({ ...term, weight: term.weight * BACKGROUND_WEIGHT }));
}

function scaled(index: Bm25, query: WeightedTerm[]): Float64Array {
  const ceiling = index.ceiling(query) || 1;
  return index.scores(query).map((score) => score / ceiling);
}

/** A syllable that belongs to a named concept is covered by any phrase of that concept. */
function coverage(question: Analysed, background: Analysed | null, held: Set<string>, index: Bm25): number {
  let known = 0;
  let all = 0;
  const count = ({ words, covers }: Analysed, weight: number) => {
    for (const plain of new Set(words.map((word) => word.plain))) {
      const telling = weight * index.idf(plain);
      all += telling;
      if (held.has(plain) || covers.get(plain)?.some((group) => held.has(`§${group}`))) known += telling;
    }
  };
  count(question, 1);
  if (background) count(background, BACKGROUND_WEIGHT);
  return all === 0 ? 0 : known / all;
}

/** Weighted Jaccard of two sets of terms. */
function likeness(a: WeightedTerm[], b: WeightedTerm[], index: Bm25): number {
  const left = new Set(a.map((term) => term.text));
  const right = new Set(b.map((term) => term.text));
  let shared = 0;
  let all = 0;
  for (const term of new Set([...left, ...right])) {
    const telling = index.idf(term);
    all += telling;
    if (left.has(term) && right.has(term)) shared += telling;
  }
  return all === 0 ? 0 : shared / all;
}
