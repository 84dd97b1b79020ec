/** A share of some cases with its 95 % interval; `share`, `low` and `high` lie between 0 and 1, and without cases nothing is known. */
export type Share = { count: number; of: number; share: number; low: number; high: number };

/** The 97.5 % point of the normal distribution. */
const Z = 1.96;

/** Counts what holds and puts Wilson's score interval around its share (Wilson 1927), which stays honest near 0 and 1. */
export function shareOf<Case>(cases: Case[], holds: (one: Case) => boolean): Share {
  const of = cases.length;
  const count = cases.filter(holds).length;
  if (of === 0) return { count, of, share: 0, low: 0, high: 1 };
  const share = count / of;
  const middle = share + Z ** 2 / (2 * of);
  const half = Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  const scale = 1 + Z ** 2 / of;
  return {
    count,
    of,
    share,
    low: Math.max(0, (middle - half) / scale),
    high: Math.min(1, (middle + half) / scale),
  };
}
