import type { Passage } from "../knowledge/validity.ts";
import { type Bm25, createBm25, type WeightedTerm } from "./bm25.ts";
import type { Analyse, Analysed } from "./query.ts";
import { createVectorIndex } from "./vectors.ts";

/** Turns texts into vectors of one length, in the same order. */
export type Embed = (texts: string[]) => Promise<number[][]>;

/**
 * What is looked for: the question, and what it leans on when it is a follow-up.
 * For a fair trial, `except` leaves one sample question out of the index, and on demand the whole clause.
 */
export type Query = {
  text: string;
  background: string | null;
  except?: { question: string; passage: string | null };
};

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
  /** The same for pairs of neighbouring syllables, which say more than the syllables alone. */
  phrases: number;
  /** How telling the most telling syllable is that they do not hold. */
  missing: number;
  /** Overlap of the question with the nearest sample question, both ways. */
  likeness: number;
};

export type Retrieve = (query: Query, limit: number) => Promise<Candidate[]>;

/** `telling` says how rare a term is among the clauses, and so how much it decides. */
export type Retriever = { retrieve: Retrieve; telling: (term: string) => number };

/** How much each ranking counts; scores are fused, not ranks, since ranks throw away how much better a match is. */
const WEIGHTS = { body: 0.4, asked: 0.45, vector: 0.15 };
const BACKGROUND_WEIGHT = 0.6;
const VECTOR_CANDIDATES = 30;

/** Indexes passages in memory. `embed` may call a server; a question whose vector fails is ranked by words alone. */
export async function createRetriever(
  passages: Passage[],
  analyse: Analyse,
  embed: Embed,
): Promise<Retriever> {
  const own = passages.map((passage) => bodyTerms(passage, analyse));
  const body = createBm25(own);
  const questions = passages.flatMap((passage, of) =>
    passage.questions.map((text) => ({ of, text, analysed: analyse(text) })),
  );
  const asked = createBm25(questions.map((question) => question.analysed.terms));
  const sampleSets = questions.map(({ analysed }) => termSet(analysed.terms, body));
  const vectors = createVectorIndex(await embed(passages.map(embeddedText)));
  const held = passages.map((_, i) => new Set((own[i] ?? []).map((term) => term.text)));
  for (const { of, analysed } of questions) for (const term of analysed.terms) held[of]?.add(term.text);

  return { retrieve, telling: body.idf };

  async function retrieve(query: Query, limit: number): Promise<Candidate[]> {
    const analysed = analyse(query.text);
    const background = query.background ? analyse(query.background) : null;
    const wanted = [...analysed.terms, ...faded(background?.terms ?? [])];
    const wantedSet = termSet(wanted, body);
    const bodyScores = scaled(body, wanted);
    const askedScores = scaled(asked, wanted);
    const similarities = await vectorScores(query);

    const best = new Float64Array(passages.length);
    const nearest = new Int32Array(passages.length).fill(-1);
    questions.forEach(({ of, text }, i) => {
      const score = askedScores[i] ?? 0;
      if (score > (best[of] ?? 0) && text !== query.except?.question) {
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
      .filter(({ i, score }) => score > 0 && passages[i]?.id !== query.except?.passage)
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ i, score }) => ({
        passage: passages[i] as Passage,
        score,
        body: bodyScores[i] ?? 0,
        asked: best[i] ?? 0,
        vector: similarities.get(i) ?? 0,
        ...coverage(analysed, heldBy(i, query), body),
        likeness: nearest[i] === -1 ? 0 : likeness(wantedSet, sampleSets[nearest[i] as number] as TermSet),
      }));
  }

  /** What a clause and its sample questions hold, without the question that is left out. */
  function heldBy(i: number, { except }: Query): Set<string> {
    if (!except || !passages[i]?.questions.includes(except.question)) return held[i] ?? new Set();
    const others = questions.filter(({ of, text }) => of === i && text !== except.question);
    return new Set(
      [...(own[i] ?? []), ...others.flatMap(({ analysed }) => analysed.terms)].map((term) => term.text),
    );
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

function faded(terms: WeightedTerm[]): WeightedTerm[] {
  return terms.map((term) => ({ ...term, weight: term.weight * BACKGROUND_WEIGHT }));
}

function scaled(index: Bm25, query: WeightedTerm[]): Float64Array {
  const ceiling = index.ceiling(query) || 1;
  return index.scores(query).map((score) => score / ceiling);
}

/**
 * What of the question a clause holds, weighed by how telling it is; of a follow-up only its own words count.
 * A syllable that belongs to a named concept is held with any phrase of that concept; words that set the scene do not count.
 */
function coverage(
  { words, covers, setting }: Analysed,
  held: Set<string>,
  index: Bm25,
): Pick<Candidate, "coverage" | "phrases" | "missing"> {
  const holds = (plain: string) =>
    held.has(plain) || (covers.get(plain)?.some((group) => held.has(`§${group}`)) ?? false);
  const all = words.map((word) => word.plain);
  const own = all.every((plain) => setting.has(plain)) ? all : all.filter((plain) => !setting.has(plain));
  const pairs = own.slice(1).map((plain, i) => [own[i] as string, plain] as const);
  const share = (all: { telling: number; held: boolean }[]) => {
    const sum = all.reduce((total, { telling }) => total + telling, 0);
    return sum === 0 ? 0 : all.reduce((total, one) => total + (one.held ? one.telling : 0), 0) / sum;
  };
  const syllables = [...new Set(own)].map((plain) => ({ telling: index.idf(plain), held: holds(plain) }));
  const joined = pairs.map(([first, second]) => ({
    telling: index.idf(`${first} ${second}`),
    held:
      held.has(`${first} ${second}`) ||
      (covers.has(first) && covers.has(second) && holds(first) && holds(second)),
  }));
  return {
    coverage: share(syllables),
    phrases: share(joined),
    missing: Math.max(0, ...syllables.filter((one) => !one.held).map((one) => one.telling)) / index.idf(""),
  };
}

/** Distinct terms with how telling each is. */
type TermSet = { telling: Map<string, number>; sum: number };

function termSet(terms: WeightedTerm[], index: Bm25): TermSet {
  const telling = new Map(terms.map(({ text }) => [text, index.idf(text)]));
  return { telling, sum: [...telling.values()].reduce((total, value) => total + value, 0) };
}

/** Weighted Jaccard of two sets of terms. */
function likeness(a: TermSet, b: TermSet): number {
  let shared = 0;
  for (const [term, telling] of b.telling) if (a.telling.has(term)) shared += telling;
  const all = a.sum + b.sum - shared;
  return all === 0 ? 0 : shared / all;
}
