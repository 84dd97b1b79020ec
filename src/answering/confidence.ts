import type { Candidate } from "../retrieval/retriever.ts";
import { fold } from "../text/fold.ts";
import { fits } from "./fits.ts";

/** What is known of a possible answer, each between 0 and 1; the confidence is one number made of these. */
export type Evidence = {
  score: number;
  coverage: number;
  likeness: number;
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
  /** How far the next other clause is behind. */
  margin: number;
  /** 1 when the answer holds the kind of thing that was asked for (an amount, a share, a time), else 0. */
  fits: number;
};

/** A logistic model over the evidence, and the confidence below which nothing is claimed. */
export type Calibration = { bias: number; weights: Record<keyof Evidence, number>; threshold: number };

export function confidence(evidence: Evidence, { bias, weights }: Calibration): number {
  const keys = Object.keys(weights) as (keyof Evidence)[];
  const sum = keys.reduce((total, key) => total + weights[key] * evidence[key], bias);
  return 1 / (1 + Math.exp(-sum));
}

/** Gathers the evidence for one candidate against the others that were found. */
export function weigh(best: Candidate, others: Candidate[], question: string, answer: string): Evidence {
  const leads = (key: "body" | "asked" | "vector") =>
    others.every((other) => other[key] <= best[key]) ? 1 : 0;
  const next = others.find((other) => !isSameClause(other, best));
  return {
    score: best.score,
    coverage: best.coverage,
    likeness: best.likeness,
    asked: best.asked,
    body: best.body,
    phrases: best.phrases,
    vector: best.vector,
    leadsBody: leads("body"),
    leadsAsked: leads("asked"),
    leadsVector: leads("vector"),
    missing: best.missing,
    margin: Math.max(0, Math.min(1, (best.score - (next?.score ?? 0)) / best.score)),
    fits: fits(fold(question), fold(answer)) ? 1 : 0,
  };
}

function isSameClause(a: Candidate, b: Candidate): boolean {
  return a.passage.document === b.passage.document && a.passage.locator === b.passage.locator;
}
