import type { Candidate } from "../retrieval/retriever.ts";
import { fold } from "../text/fold.ts";

/** What is known of a possible answer, each between 0 and 1; the confidence is one number made of these. */
export type Evidence = {
  score: number;
  coverage: number;
  likeness: number;
  /** How far the next other clause is behind. */
  margin: number;
  /** 1 when the answer holds the kind of thing that was asked for (an amount, a share, a time), else 0. */
  fits: number;
};

/** Weights of a logistic model over the evidence, fitted on the building part of the golden set. */
export type Calibration = { bias: number; weights: Record<keyof Evidence, number> };

export function confidence(evidence: Evidence, { bias, weights }: Calibration): number {
  const keys = Object.keys(weights) as (keyof Evidence)[];
  const sum = keys.reduce((total, key) => total + weights[key] * evidence[key], bias);
  return 1 / (1 + Math.exp(-sum));
}

export function weigh(best: Candidate, next: Candidate | undefined, question: string, answer: string): Evidence {
  return {
    score: best.score,
    coverage: best.coverage,
    likeness: best.likeness,
    margin: Math.min(1, (best.score - (next?.score ?? 0)) / best.score),
    fits: fits(question, answer) ? 1 : 0,
  };
}

/** What a question asks for, by its words, and what an answer to it must then hold; both read without marks. */
const WANTED: [asks: RegExp, holds: RegExp][] = [
  [/\b(may phan tram|bao nhieu (phan tram|%)|may %|ty le|lai suat)/, /\d\s*%|phan tram|thoa thuan|lan|lai/],
  [/\b(bao nhieu tien|bao nhieu dong|may (trieu|ty|ti|tram trieu|dong)|nhieu tien|muc vay|vay (duoc )?(toi da|may|bao nhieu))/, /\d[\d.,]*\s*(trieu|ty|dong)|%|lan/],
  [/\b(may (ngay|thang|nam|tuan)|bao lau|thoi han)/, /\d+\s*(ngay|thang|nam|tuan|vu|chu ky|gio)|thoa thuan/],
  [/\b(may (nguoi|thanh vien)|bao nhieu (nguoi|thanh vien))/, /\d+\s*(nguoi|thanh vien|hop tac xa|hộ)/],
  [/\b(so dien thoai|dien thoai|sdt|dia chi|email)/, /\b0\d{8,}|dia chi/],
];

function fits(question: string, answer: string): boolean {
  const asked = fold(question);
  const said = fold(answer);
  return WANTED.every(([asks, holds]) => !asks.test(asked) || holds.test(said));
}
