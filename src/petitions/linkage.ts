import type { Steps } from "../text/steps.ts";
import { type Likenesses, likenessSteps, type Vectored } from "./shared-words.ts";

/** One thing to be linked; `weight` tells how many it stands for. */
export type Linkable = Vectored & { area: string | null };

/** How alike two groups must be on the mean of all their pairs: when they have an area in common, and when not. */
export type Needed = { here: number; elsewhere: number };

/** Groups under way, each under the place of its first member. */
type Groups = {
  /** The places that still stand for a group, rising; only the first `alive` of them count. */
  places: Int32Array;
  alive: number;
  members: number[][];
  weights: Float64Array;
  /** Of each two groups, the sum of the likeness of all pairs between them. */
  sums: Likenesses;
  areas: AreaSets;
  /** The other group that exceeds what is needed by the most, or -1. */
  nearest: Int32Array;
  excess: Float64Array;
  /** A stale excess tells no more than the most that there can be. */
  isStale: Uint8Array;
};

/** One bit for each area, `width` numbers for each group. */
type AreaSets = { width: number; bits: Int32Array };

/** Comparisons; some milliseconds. */
const COMPARED_A_STEP = 500_000;

/**
 * Links by the mean likeness of all pairs, step by step: again and again the two groups that exceed what is needed by the most
 * become one, until none do. Returns the groups as places in `all`. Memory grows with the square of their number (16 MB for
 * 2,000), so the caller sets a bound.
 */
export function* linkSteps(all: readonly Linkable[], needed: Needed): Steps<number[][]> {
  const groups = yield* eachAlone(all);
  let compared = 0;
  for (let n = 0; n < groups.alive; n += 1) {
    findNearest(groups, groups.places[n] as number, needed);
    compared += groups.alive;
    if (compared > COMPARED_A_STEP) {
      yield;
      compared = 0;
    }
  }
  for (;;) {
    const best = mostExceeding(groups);
    if (best < 0)
      return Array.from(groups.places.subarray(0, groups.alive), (at) => groups.members[at] ?? []);
    if (groups.isStale[best]) findNearest(groups, best, needed);
    else merge(groups, best, groups.nearest[best] as number, needed);
    compared += 3 * groups.alive;
    if (compared > COMPARED_A_STEP) {
      yield;
      compared = 0;
    }
  }
}

function* eachAlone(all: readonly Linkable[]): Steps<Groups> {
  return {
    places: Int32Array.from(all, (_, at) => at),
    alive: all.length,
    members: all.map((_, at) => [at]),
    weights: Float64Array.from(all, ({ weight }) => weight),
    sums: yield* likenessSteps(all),
    areas: areaSets(all),
    nearest: new Int32Array(all.length).fill(-1),
    excess: new Float64Array(all.length),
    isStale: new Uint8Array(all.length),
  };
}

function areaSets(all: readonly Linkable[]): AreaSets {
  const areas = [...new Set(all.flatMap(({ area }) => area ?? []))];
  const numbers = new Map(areas.map((area, number) => [area, number]));
  const width = Math.ceil(areas.length / 32);
  const bits = new Int32Array(all.length * width);
  for (const [at, { area }] of all.entries()) {
    const number = area === null ? undefined : numbers.get(area);
    if (number !== undefined) bits[at * width + (number >> 5)] = 1 << (number & 31);
  }
  return { width, bits };
}

function meet({ width, bits }: AreaSets, a: number, b: number): boolean {
  for (let n = 0; n < width; n += 1)
    if (((bits[a * width + n] as number) & (bits[b * width + n] as number)) !== 0) return true;
  return false;
}

function findNearest(groups: Groups, at: number, { here, elsewhere }: Needed): void {
  const { places, alive, weights, sums, areas } = groups;
  const row = sums.rows[at] as Float32Array;
  const own = weights[at] as number;
  let nearest = -1;
  let most = 0;
  for (let n = 0; n < alive; n += 1) {
    const other = places[n] as number;
    const mean = (row[other] as number) / (own * (weights[other] as number));
    if (mean - here <= most || other === at) continue;
    const excess = meet(areas, at, other) ? mean - here : mean - elsewhere;
    if (excess <= most) continue;
    most = excess;
    nearest = other;
  }
  groups.nearest[at] = nearest;
  groups.excess[at] = most;
  groups.isStale[at] = 0;
}

function mostExceeding({ places, alive, excess }: Groups): number {
  let best = -1;
  let most = 0;
  for (let n = 0; n < alive; n += 1) {
    const at = places[n] as number;
    if ((excess[at] as number) <= most) continue;
    most = excess[at] as number;
    best = at;
  }
  return best;
}

function merge(groups: Groups, one: number, other: number, needed: Needed): void {
  const kept = Math.min(one, other);
  const gone = Math.max(one, other);
  removePlace(groups, gone);
  groups.members[kept]?.push(...(groups.members[gone] ?? []));
  groups.weights[kept] = (groups.weights[kept] as number) + (groups.weights[gone] as number);
  const { width, bits } = groups.areas;
  for (let n = 0; n < width; n += 1)
    bits[kept * width + n] = (bits[kept * width + n] as number) | (bits[gone * width + n] as number);
  addSums(groups, kept, gone, needed);
  findNearest(groups, kept, needed);
}

function removePlace(groups: Groups, gone: number): void {
  const n = groups.places.subarray(0, groups.alive).indexOf(gone);
  groups.places.copyWithin(n, n + 1, groups.alive);
  groups.alive -= 1;
}

/** Adds up what both shared with each other group, and tells those groups. */
function addSums(groups: Groups, kept: number, gone: number, { here, elsewhere }: Needed): void {
  const { places, alive, weights, sums, areas, nearest, excess, isStale } = groups;
  const into = sums.rows[kept] as Float32Array;
  const from = sums.rows[gone] as Float32Array;
  const own = weights[kept] as number;
  for (let n = 0; n < alive; n += 1) {
    const at = places[n] as number;
    if (at === kept) continue;
    const sum = (into[at] as number) + (from[at] as number);
    into[at] = sum;
    (sums.rows[at] as Float32Array)[kept] = sum;
    const wasNearest = nearest[at] === kept || nearest[at] === gone;
    const mean = sum / (own * (weights[at] as number));
    const before = excess[at] as number;
    if (!wasNearest && mean - here <= before) continue;
    const now = meet(areas, kept, at) ? mean - here : mean - elsewhere;
    if (!wasNearest && now <= before) continue;
    nearest[at] = kept;
    excess[at] = Math.max(before, now);
    isStale[at] = wasNearest ? 1 : 0;
  }
}
