import { createGrowing } from "../text/growing.ts";
import { createNumberMap, type Numbers } from "../text/number-map.ts";
import { IMPACT_STEPS, type List, type Scored } from "./impacts.ts";
import { topEntries } from "./top.ts";

/** A term by its key with how much one occurrence of it counts. */
export type KeyedTerm = { key: number; weight: number };

export type Postings = {
  size: number;
  /** How telling a term is: high when few entries hold it. An unseen term is as telling as the rarest. */
  idf(key: number): number;
  /** The most a query could score: every term met, saturated. */
  ceiling(query: KeyedTerm[]): number;
  /** Scores of all entries in the order they were given; 0 where nothing matches. */
  scores(query: KeyedTerm[]): Float64Array;
  /** Calls back for every entry that holds a term. */
  eachHolder(key: number, visit: (entry: number) => void): void;
  /** The best entries, best first; among equals the earlier one. */
  top(query: KeyedTerm[], limit: number): Scored[];
};

export type PostingsBuilder = {
  /** An occurrence of a term in the entry that is being added. */
  add(key: number, weight: number): void;
  /** Ends the entry; `length` is what its length penalty goes by. */
  close(length: number): void;
  build(pause?: () => Promise<void>): Promise<PostingLists>;
  buildAtOnce(): PostingLists;
};

/** The lists of all terms as plain data: list n lies from `starts[n]` up to `starts[n + 1]`; `most` is what one term can score. */
export type PostingLists = {
  size: number;
  most: number;
  terms: Numbers;
  starts: Uint32Array;
  entries: Uint16Array | Uint32Array;
  impacts: Uint16Array;
};

/** `k1`: how slowly repetition stops to count; `b`: how much a long text loses. */
export type Saturation = { k1: number; b: number };

const SLICE = 200_000;

/** Okapi BM25 (Robertson & Zaragoza, 2009) as impact lists: 4 bytes a posting up to 65,536 entries, 6 above. */
export function createPostingsBuilder({ k1, b }: Saturation): PostingsBuilder {
  const terms = createNumberMap();
  const holders = createGrowing("int");
  const latest = createGrowing("int");
  const postingTerm = createGrowing("int");
  const postingWeight = createGrowing("float");
  const ends = createGrowing("int");
  const lengths = createGrowing("float");
  let entryStart = 0;

  function* steps(): Generator<void, PostingLists> {
    const size = ends.length;
    const starts = new Uint32Array(terms.size() + 1);
    for (let term = 0; term < terms.size(); term++)
      starts[term + 1] = (starts[term] as number) + holders.get(term);
    const entries = new (size <= 65_536 ? Uint16Array : Uint32Array)(postingTerm.length);
    const impacts = new Uint16Array(postingTerm.length);
    const next = starts.slice(0, -1);
    const average = mean(lengths.view()) || 1;
    for (let entry = 0, at = 0, done = 0; entry < size; entry++) {
      const norm = k1 * (1 - b + (b * lengths.get(entry)) / average);
      for (; at < ends.get(entry); at++) {
        const term = postingTerm.get(at);
        const place = next[term] as number;
        next[term] = place + 1;
        entries[place] = entry;
        const weight = postingWeight.get(at);
        impacts[place] = Math.max(1, Math.round((IMPACT_STEPS * weight) / (weight + norm)));
        if (++done % SLICE === 0) yield;
      }
    }
    return { size, most: k1 + 1, terms: terms.data(), starts, entries, impacts };
  }

  return {
    add(key, weight) {
      const term = terms.add(key);
      if (term === latest.length) {
        latest.push(-1);
        holders.push(0);
      }
      const seen = latest.get(term);
      if (seen >= entryStart) return postingWeight.add(seen, weight);
      latest.add(term, postingTerm.length - seen);
      holders.add(term, 1);
      postingTerm.push(term);
      postingWeight.push(weight);
    },
    close(length) {
      entryStart = postingTerm.length;
      ends.push(entryStart);
      lengths.push(length);
    },
    async build(pause) {
      const work = steps();
      for (;;) {
        const step = work.next();
        if (step.done) return step.value;
        await pause?.();
      }
    },
    buildAtOnce() {
      const work = steps();
      for (;;) {
        const step = work.next();
        if (step.done) return step.value;
      }
    },
  };
}

/** Searches the lists. */
export function createPostings({ size, most, terms, starts, entries, impacts }: PostingLists): Postings {
  const { find } = createNumberMap(terms);
  const sums = new Float32Array(size);
  const rarity = (holders: number) => Math.log(1 + (size - holders + 0.5) / (holders + 0.5));
  const idf = (key: number) => {
    const term = find(key);
    return rarity(term === -1 ? 0 : (starts[term + 1] as number) - (starts[term] as number));
  };

  function listsOf(query: KeyedTerm[]): List[] {
    const lists: List[] = [];
    for (const [key, weight] of sumByKey(query)) {
      const term = find(key);
      if (term === -1) continue;
      const [from, to] = [starts[term] as number, starts[term + 1] as number];
      lists.push({ entries, impacts, from, to, gain: weight * rarity(to - from) * most });
    }
    return lists;
  }

  return {
    size,
    idf,
    ceiling: (query) =>
      [...sumByKey(query)].reduce((sum, [key, weight]) => sum + weight * idf(key) * most, 0),
    scores(query) {
      const scores = new Float64Array(size);
      for (const { from, to, gain } of listsOf(query)) {
        for (let at = from; at < to; at++) {
          const entry = entries[at] as number;
          scores[entry] = (scores[entry] as number) + (gain * (impacts[at] as number)) / IMPACT_STEPS;
        }
      }
      return scores;
    },
    eachHolder(key, visit) {
      const term = find(key);
      const end = term === -1 ? 0 : (starts[term + 1] as number);
      for (let at = term === -1 ? 0 : (starts[term] as number); at < end; at++) visit(entries[at] as number);
    },
    top: (query, limit) => topEntries(listsOf(query), sums, limit),
  };
}

function sumByKey(terms: KeyedTerm[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { key, weight } of terms) sums.set(key, (sums.get(key) ?? 0) + weight);
  return sums;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return values.length === 0 ? 0 : sum / values.length;
}
