import type { Passage } from "../knowledge/validity.ts";
import type { Candidate } from "../retrieval/retriever.ts";
import { fold } from "../text/fold.ts";
import { states } from "../text/states.ts";
import { fitting } from "./fits.ts";

/** What is known of a possible answer, each between 0 and 1; the confidence is one number made of these. */
export type Evidence = {
  score: number;
  coverage: number;
  asked: number;
  body: number;
  phrases: number;
  vector: number;
  /** 1 when the same clause leads by that ranking alone; rankings that disagree are a warning. */
  leadsBody: number;
  leadsAsked: number;
  leadsVector: number;
  /** How telling the most telling word is that the clause does not hold: a place or a thing it says nothing about. */
  missing: number;
  /** What of the end of the question, which asks, the clause holds. */
  end: number;
  /** How far the next clause is behind that says something else. */
  margin: number;
  /** How well the answer holds the kind of thing that was asked for (an amount, a share, a time). */
  fits: number;
  /** How likely the question is of the kind that the corpus answers, by its words alone. */
  answerable: number;
};

/** What is asked, what would be said, and what is known of both. */
export type Said = { question: string; answer: string; answerable: number };

/** A logistic model over the evidence, and the confidence below which nothing is claimed. */
export type Calibration = { bias: number; weights: Record<keyof Evidence, number>; threshold: number };

/** An answer that holds nothing of the kind of thing asked for was wrong in 17 of 24 trials, one that nearly does in 13 of 16. */
const UNFIT = 0.5;

/** How likely an answer is right, 0 to 1: the logistic model, less where the answer does not fit the question. */
export function confidence(evidence: Evidence, { bias, weights }: Calibration): number {
  const keys = Object.keys(weights) as (keyof Evidence)[];
  const sum = keys.reduce((total, key) => total + weights[key] * evidence[key], bias);
  return (UNFIT + (1 - UNFIT) * Math.max(0, 2 * evidence.fits - 1)) / (1 + Math.exp(-sum));
}

/** Gathers the evidence for one candidate against the others that were found. */
export function weigh(
  best: Candidate,
  others: Candidate[],
  { question, answer, answerable }: Said,
): Evidence {
  const leads = (key: "body" | "asked" | "vector") =>
    others.every((other) => other[key] <= best[key]) ? 1 : 0;
  const figures: string[] = answer.match(/\d[\d.,/]*/g) ?? [];
  const next = others.find((other) => !isSameClause(other, best) && !agrees(other.passage, figures));
  return {
    score: best.score,
    coverage: best.coverage,
    asked: best.asked,
    body: best.body,
    phrases: best.phrases,
    vector: best.vector,
    leadsBody: leads("body"),
    leadsAsked: leads("asked"),
    leadsVector: leads("vector"),
    missing: best.missing,
    end: best.end,
    margin: Math.max(0, Math.min(1, (best.score - (next?.score ?? 0)) / best.score)),
    fits: fitting(fold(question), fold(answer)),
    answerable,
  };
}

/** Another clause that says the same figures is no rival: either would be right. */
function agrees({ lead, parts }: Passage, figures: string[]): boolean {
  const said = [lead, ...parts.map((part) => part.text)].join(" ");
  return figures.length > 0 && figures.every((figure) => states(said, figure));
}

function isSameClause(a: Candidate, b: Candidate): boolean {
  return a.passage.document === b.passage.document && a.passage.locator === b.passage.locator;
}
