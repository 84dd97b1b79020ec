/** What a run of a goal found. */
export type Outcome = {
  /** How many trials there were: kills, messages, pauses, as the goal counts. */
  n: number;
  /** What must not be; every figure has to be 0. */
  violations: Record<string, number>;
  /** How often each dangerous moment was hit. */
  windows: Record<string, number>;
  /** The windows that have to be hit so often; a run that missed one proves nothing. */
  atLeast?: Record<string, number>;
  /** Measured on the way, such as milliseconds. */
  figures: Record<string, number | null>;
};

export type RunOptions = {
  seed: number;
  /** The number of trials. */
  size: number;
  /** Progress for whoever watches. */
  say: (progress: string) => void;
  /** The name of a planted bug, for proving that the harness sees it. */
  bug?: string | undefined;
};

/** One reliability goal that can be run. */
export type Goal = {
  /** Its name in the README's table, such as "R6". */
  id: string;
  /** In Vietnamese, for the list of goals. */
  about: string;
  /** The size of a full run. */
  usualSize: number;
  run(options: RunOptions): Promise<Outcome>;
};

/** The line that a run prints. */
export type Line = Outcome & {
  goal: string;
  ok: boolean;
  seed: number;
  secs: number;
  /** Windows that were not hit often enough. */
  missed: string[];
  /** No violation in n trials means at most 3/n per trial, at 95 %. */
  upper95: number;
};

/** Runs a goal and says what came of it. */
export async function runGoal(goal: Goal, options: RunOptions): Promise<Line> {
  const began = performance.now();
  const outcome = await goal.run(options);
  const { n, violations, windows, atLeast = {}, figures } = outcome;
  const missed = Object.keys(atLeast).filter((name) => (windows[name] ?? 0) < (atLeast[name] ?? 0));
  const isClean = Object.values(violations).every((count) => count === 0);
  return {
    goal: goal.id,
    ok: isClean && missed.length === 0 && n > 0,
    n,
    violations,
    windows,
    ...(outcome.atLeast ? { atLeast } : {}),
    missed,
    figures,
    upper95: Math.round((3 / Math.max(n, 1)) * 10_000) / 10_000,
    seed: options.seed,
    secs: Math.round((performance.now() - began) / 1000),
  };
}

/** The number below which this share of the numbers lies, rounded; null when there are none. */
export function percentile(numbers: readonly number[], share: number): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return found === undefined ? null : Math.round(found);
}
