import type { Steps } from "../text/steps.ts";
import type { Vector } from "./likeness.ts";

/** A vector that stands for `weight` petitions. */
export type Vectored = { vector: Vector; weight: number };

/** Of each two, the likeness times how many pairs they stand for; `rows[a][b]` is `rows[b][a]`. */
export type Likenesses = { rows: Float32Array[] };

/** Pairs that share less than this count as sharing nothing. */
const HARDLY = 0.08;
/** Additions; some milliseconds. */
const ADDED_A_STEP = 500_000;

/** Who has a term, and its weight there, for the first `count` of them. */
type Having = { at: Int32Array; weights: Float64Array; count: number };

/** How alike each two are, through the lists of who has which term, step by step. */
export function* likenessSteps(all: readonly Vectored[]): Steps<Likenesses> {
  const having = emptyLists(all);
  // One piece of memory is soon had and soon given back, thousands are not.
  const cells = new Float32Array(all.length * all.length);
  const rows = all.map((_, at) => cells.subarray(at * all.length, (at + 1) * all.length));
  const products = new Float64Array(all.length);
  let added = 0;
  yield;
  for (const [i, { vector, weight }] of all.entries()) {
    products.fill(0, 0, i);
    added += i + addProducts(vector, i, having, products);
    const row = rows[i] as Float32Array;
    for (let j = 0; j < i; j += 1) {
      const product = products[j] as number;
      if (product < HARDLY) continue;
      row[j] = product * weight * (all[j]?.weight as number);
      (rows[j] as Float32Array)[i] = row[j] as number;
    }
    if (added > ADDED_A_STEP) {
      yield;
      added = 0;
    }
  }
  return { rows };
}

function emptyLists(all: readonly Vectored[]): (Having | undefined)[] {
  const last = all.reduce((most, { vector }) => Math.max(most, vector.terms.at(-1) ?? -1), -1);
  const counts = new Int32Array(last + 1);
  for (const { vector } of all) for (const term of vector.terms) counts[term] = (counts[term] as number) + 1;
  return Array.from(counts, (count) =>
    count > 1 ? { at: new Int32Array(count), weights: new Float64Array(count), count: 0 } : undefined,
  );
}

/** Adds the products with all before it, then puts it on the lists; returns how many additions there were. */
function addProducts(
  { terms, weights }: Vector,
  i: number,
  having: readonly (Having | undefined)[],
  products: Float64Array,
): number {
  let added = 0;
  for (let k = 0; k < terms.length; k += 1) {
    const list = having[terms[k] as number];
    if (!list) continue;
    const own = weights[k] as number;
    const { at, weights: others, count } = list;
    for (let n = 0; n < count; n += 1) {
      const j = at[n] as number;
      products[j] = (products[j] as number) + own * (others[n] as number);
    }
    at[count] = i;
    others[count] = own;
    list.count += 1;
    added += count;
  }
  return added;
}
