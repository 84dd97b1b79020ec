import type { Asked } from "./asked.ts";

/** What of a question stands close together in a text, each the sum of how telling its words or pairs are. */
export type Closeness = {
  /** The pairs of the line that holds most of the question. */
  line: number;
  /** The words of the best stretch of so many words. */
  stretch: number;
};

const STRETCH = 40;

/** Compares texts (words by number, 0 ends a line) with one question; `places` is room for one number per word, all 0. */
export function createCloseness(asked: Asked, places: Uint16Array) {
  const { words, telling, pairs } = asked;
  const lineSeen = new Uint32Array(words.length);
  const inStretch = new Uint16Array(words.length);
  const seenPairs = new Map<number, number>();
  const matches = { at: new Uint32Array(STRETCH + 1), place: new Uint16Array(STRETCH + 1) };
  words.forEach((word, place) => {
    places[word] = place + 1;
  });
  let stamp = 0;

  function measure(text: Uint16Array | Uint32Array, from: number, to: number): Closeness {
    inStretch.fill(0);
    stamp++;
    let [held, heldPairs, best, bestPairs] = [0, 0, 0, 0];
    let [sum, stretch, oldest, next] = [0, 0, 0, 0];
    let [before, beforeAt] = [0, 0];
    for (let at = from; at < to; at++) {
      const word = text[at] as number;
      const place = places[word] as number;
      if (place === 0) {
        if (word !== 0) continue;
        if (held + heldPairs > best) [best, bestPairs] = [held + heldPairs, heldPairs];
        [held, heldPairs] = [0, 0];
        stamp++;
        continue;
      }
      const own = place - 1;
      const value = telling[own] as number;
      if (lineSeen[own] !== stamp) {
        lineSeen[own] = stamp;
        held += value;
      }
      if (beforeAt === at - 1) heldPairs += newPair(before * words.length + own);
      [before, beforeAt] = [own, at];
      for (
        ;
        oldest !== next && at - (matches.at[oldest] as number) >= STRETCH;
        oldest = (oldest + 1) % (STRETCH + 1)
      ) {
        const gone = matches.place[oldest] as number;
        const left = (inStretch[gone] as number) - 1;
        inStretch[gone] = left;
        if (left === 0) sum -= telling[gone] as number;
      }
      matches.at[next] = at;
      matches.place[next] = own;
      next = (next + 1) % (STRETCH + 1);
      const count = (inStretch[own] as number) + 1;
      inStretch[own] = count;
      if (count > 1) continue;
      sum += value;
      if (sum > stretch) stretch = sum;
    }
    return { line: bestPairs, stretch };
  }

  /** What a pair adds to a line that did not hold it yet. */
  function newPair(pair: number): number {
    const value = pairs.get(pair);
    if (value === undefined || seenPairs.get(pair) === stamp) return 0;
    seenPairs.set(pair, stamp);
    return value;
  }

  return {
    measure,
    /** Leaves the room as it was found. */
    end(): void {
      for (const word of words) places[word] = 0;
    },
  };
}
