import { IMPACT_STEPS, type List, type Scored } from "./impacts.ts";

/** Lists shorter than this are scored outright: looking for a bound costs more than it saves. */
const LONG_LIST = 2_000;

/**
 * The best entries of lists of impacts, exactly, without reading the long lists of common words to the end
 * (MaxScore, Turtle & Flood 1995): once all lists that are left together cannot lift a new entry among the best,
 * only entries that are still in the race are looked up in them. `sums` is room for one score per entry, all 0.
 */
export function topEntries(lists: List[], sums: Float32Array, limit: number): Scored[] {
  const order = [...lists].sort((a, b) => b.gain - a.gain);
  const rest = new Float64Array(order.length + 1);
  for (let i = order.length - 1; i >= 0; i--) rest[i] = (rest[i + 1] as number) + (order[i] as List).gain;

  const touched: number[] = [];
  let at = 0;
  for (; at < order.length; at++) {
    const list = order[at] as List;
    const isLong = list.to - list.from > LONG_LIST && touched.length >= limit;
    if (isLong && (rest[at] as number) < leastOfBest(touched, sums, limit)) break;
    addAll(list, sums, touched);
  }
  let racing = touched;
  for (; at < order.length; at++) {
    const least = leastOfBest(racing, sums, limit) - (rest[at] as number);
    racing = racing.filter((entry) => (sums[entry] as number) >= least).sort((a, b) => a - b);
    addTo(racing, order[at] as List, sums);
  }
  const best = bestOf(racing, sums, limit);
  for (const entry of touched) sums[entry] = 0;
  return best;
}

/** The numbers of the entries below `size` that score best, best first and among equals the earlier one; none that scores nothing. */
export function topOf(size: number, scoreOf: (entry: number) => number, limit: number): number[] {
  const heap = createHeap(limit);
  for (let entry = 0; entry < size; entry++) {
    const score = scoreOf(entry);
    if (score > 0) heap.offer(score, entry);
  }
  return bestFirst(heap.all()).map(({ entry }) => entry);
}

function addAll({ entries, impacts, from, to, gain }: List, sums: Float32Array, touched: number[]): void {
  const step = gain / IMPACT_STEPS;
  for (let at = from; at < to; at++) {
    const entry = entries[at] as number;
    const sum = sums[entry] as number;
    if (sum === 0) touched.push(entry);
    sums[entry] = sum + step * (impacts[at] as number);
  }
}

/** Adds a list to the entries in the race only, by halving the part of it that is left. */
function addTo(racing: number[], { entries, impacts, from, to, gain }: List, sums: Float32Array): void {
  const step = gain / IMPACT_STEPS;
  let low = from;
  for (const entry of racing) {
    let high = to;
    for (let stride = 1; low + stride < to; stride *= 2) {
      if ((entries[low + stride] as number) >= entry) {
        high = low + stride + 1;
        break;
      }
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle] as number) < entry) low = middle + 1;
      else high = middle;
    }
    if (low < to && entries[low] === entry)
      sums[entry] = (sums[entry] as number) + step * (impacts[low] as number);
  }
}

/** The score of the entry that is the last among the best so far. */
function leastOfBest(entries: number[], sums: Float32Array, limit: number): number {
  if (entries.length < limit) return 0;
  const heap = createHeap(limit);
  for (const entry of entries) heap.offer(sums[entry] as number, entry);
  return heap.least();
}

function bestOf(entries: number[], sums: Float32Array, limit: number): Scored[] {
  const heap = createHeap(limit);
  for (const entry of entries) heap.offer(sums[entry] as number, entry);
  return bestFirst(heap.all());
}

function bestFirst(scored: Scored[]): Scored[] {
  return scored.sort((a, b) => b.score - a.score || a.entry - b.entry);
}

/** Keeps the best so many of what is offered: a binary heap with the least at its root. */
function createHeap(limit: number) {
  const scores = new Float64Array(limit);
  const entries = new Uint32Array(limit);
  let size = 0;
  const isBelow = (a: number, b: number) =>
    (scores[a] as number) < (scores[b] as number) ||
    (scores[a] === scores[b] && (entries[a] as number) > (entries[b] as number));
  const swap = (a: number, b: number) => {
    [scores[a], scores[b]] = [scores[b] as number, scores[a] as number];
    [entries[a], entries[b]] = [entries[b] as number, entries[a] as number];
  };
  const sink = () => {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const least = left + 1 < size && isBelow(left + 1, left) ? left + 1 : left;
      if (left >= size || !isBelow(least, at)) return;
      swap(at, least);
      at = least;
    }
  };
  return {
    least: () => (size === 0 ? 0 : (scores[0] as number)),
    offer(score: number, entry: number) {
      if (size < limit) {
        scores[size] = score;
        entries[size] = entry;
        for (let at = size++; at > 0 && isBelow(at, (at - 1) >> 1); at = (at - 1) >> 1)
          swap(at, (at - 1) >> 1);
      } else if (
        limit > 0 &&
        (score > (scores[0] as number) || (score === scores[0] && entry < (entries[0] as number)))
      ) {
        scores[0] = score;
        entries[0] = entry;
        sink();
      }
    },
    all: (): Scored[] =>
      Array.from({ length: size }, (_, i) => ({ entry: entries[i] as number, score: scores[i] as number })),
  };
}
