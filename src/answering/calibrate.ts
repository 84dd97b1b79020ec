import { type CurvePoint, pointFor } from "../knowledge/precision.ts";
import type { Calibration, Evidence } from "./confidence.ts";

export type { CurvePoint };

/** A question of the golden set that was answered for a trial: what was known, and whether the answer was right. */
export type Trial = { evidence: Evidence; right: boolean };

/** How sure, 0 to 1, an answer of the fitted answerer was, and whether it was right. */
export type Judged = { sure: number; right: boolean };

const STEPS = 3000;
const RATE = 0.3;
const RIDGE = 0.01;
/** The one piece of evidence that speaks against an answer; all others speak for it, and no weight may turn that round. */
const AGAINST: keyof Evidence = "missing";

/** Fits the logistic model by gradient descent over standardised evidence, with a little shrinkage; the same trials always give the same model. */
export function fitModel(trials: Trial[]): Omit<Calibration, "threshold"> {
  const keys = Object.keys(trials[0]?.evidence ?? {}) as (keyof Evidence)[];
  const mean = keys.map((key) => average(trials.map(({ evidence }) => evidence[key])));
  const spread = keys.map(
    (key, k) => Math.sqrt(average(trials.map(({ evidence }) => (evidence[key] - (mean[k] ?? 0)) ** 2))) || 1,
  );
  const rows = trials.map(({ evidence }) =>
    keys.map((key, k) => (evidence[key] - (mean[k] ?? 0)) / (spread[k] ?? 1)),
  );
  const weights = keys.map(() => 0);
  let bias = 0;
  for (let step = 0; step < STEPS; step++) {
    const slopes = keys.map(() => 0);
    let biasSlope = 0;
    rows.forEach((row, i) => {
      const score = row.reduce((sum, value, k) => sum + value * (weights[k] ?? 0), bias);
      const miss = (trials[i]?.right ? 1 : 0) - 1 / (1 + Math.exp(-score));
      biasSlope += miss;
      row.forEach((value, k) => {
        slopes[k] = (slopes[k] ?? 0) + miss * value;
      });
    });
    bias += (RATE * biasSlope) / rows.length;
    slopes.forEach((slope, k) => {
      const moved = (weights[k] ?? 0) + RATE * (slope / rows.length - RIDGE * (weights[k] ?? 0));
      weights[k] = keys[k] === AGAINST ? Math.min(0, moved) : Math.max(0, moved);
    });
  }
  const own = keys.map((_, k) => (weights[k] ?? 0) / (spread[k] ?? 1));
  return {
    bias: own.reduce((sum, weight, k) => sum - weight * (mean[k] ?? 0), bias),
    weights: Object.fromEntries(keys.map((key, k) => [key, own[k] ?? 0])) as Record<keyof Evidence, number>,
  };
}

function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/**
 * The lowest threshold that keeps the wanted precision on answers to questions the model was not fitted on, and the whole curve.
 * `times` tells how often each question was asked in other typings: that makes no more questions of it.
 */
export function chooseThreshold(
  judged: Judged[],
  wantedPrecision: number,
  times = 1,
): { threshold: number; curve: CurvePoint[] } {
  const curve = Array.from({ length: 100 }, (_, i) => point(judged, i / 100, times));
  return { threshold: pointFor(curve, wantedPrecision)?.threshold ?? HIGHEST, curve };
}

/** Where the wanted precision cannot be had, next to nothing is claimed. */
const HIGHEST = 0.95;

/** The 90 % point of the normal distribution. */
const Z = 1.28;

/** What a share can be counted on to be at least, nine times in ten: the lower end of Wilson's interval. */
function atLeast(right: number, of: number): number {
  const share = right / of;
  const middle = share + Z ** 2 / (2 * of);
  return (middle - Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))) / (1 + Z ** 2 / of);
}

/** Rounded as it is stored, so that whoever reads the curve finds the same threshold on it. */
function point(judged: Judged[], threshold: number, times: number): CurvePoint {
  const answered = judged.filter(({ sure }) => sure >= threshold);
  const right = answered.filter((one) => one.right).length;
  return {
    threshold,
    answered: rounded(answered.length / judged.length),
    precision: answered.length === 0 ? 1 : rounded(atLeast(right / times, answered.length / times)),
  };
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
