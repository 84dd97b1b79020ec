import type { Calibration } from "./catalog.ts";

/** A point of the risk–coverage curve: with this threshold, the share answered and the share of those that can be counted on to be right. */
export type CurvePoint = Calibration["curve"][number];

/** A point counts only when so many points from it on keep the precision as well, or nearly. */
const STEADY = 5;
const NEARLY = 0.01;
/** Whoever answers next to nothing is always right, which proves nothing. */
const ENOUGH = 0.1;

/** One answer in fifty is given up for being further from the edge: other questions come than those of the curve. */
const GIVEN_UP = 0.02;

/**
 * The point with the lowest threshold that keeps the wanted precision, or one above it that keeps it too and answers hardly
 * less; null when none does.
 */
export function pointFor(curve: readonly CurvePoint[], wanted: number): CurvePoint | null {
  const lowest = curve.find(
    ({ answered, precision }, i) =>
      answered >= ENOUGH &&
      precision >= wanted &&
      curve.slice(i, i + STEADY).every((next) => next.precision >= wanted - NEARLY),
  );
  if (!lowest) return null;
  const enough = lowest.answered * (1 - GIVEN_UP);
  return (
    curve.findLast(
      ({ threshold, answered, precision }) =>
        threshold >= lowest.threshold && answered >= enough && precision >= wanted,
    ) ?? lowest
  );
}

/** The highest precision that can be wanted, in whole percents; null where there is no curve. */
export function highestPrecision(curve: readonly CurvePoint[]): number | null {
  for (let percent = 100; percent >= 50; percent--) if (pointFor(curve, percent / 100)) return percent / 100;
  return null;
}

/** The point of a curve that holds at a threshold. */
export function pointAt(curve: readonly CurvePoint[], threshold: number): CurvePoint | null {
  return curve.findLast((point) => point.threshold <= threshold + 1e-9) ?? null;
}
