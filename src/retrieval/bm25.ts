import { createPostings, createPostingsBuilder, type KeyedTerm, type PostingLists } from "./postings.ts";

/** A term with how much one occurrence of it counts. */
export type WeightedTerm = { text: string; weight: number };

export type Bm25 = {
  /** Scores of all entries in the order they were given; 0 where nothing matches. */
  scores(query: WeightedTerm[]): Float64Array;
  /** The most a query could score: every term met, saturated. Makes scores comparable between queries. */
  ceiling(query: WeightedTerm[]): number;
  /** How telling a term is: high when few entries hold it. An unseen term is as telling as the rarest. */
  idf(term: string): number;
  /** Calls back for every entry that holds a term. */
  eachHolder(term: string, visit: (entry: number) => void): void;
};

/** Less saturation and less length penalty than the textbook values, as measured on Vietnamese legal texts. */
const SATURATION = { k1: 0.9, b: 0.5 };

export type Bm25Builder = { add(terms: WeightedTerm[]): void; build(pause?: Pause): Promise<Bm25Lists> };

/** What BM25 goes by, as plain data: the key of each term, and the lists by key. */
export type Bm25Lists = { keys: Map<string, number>; lists: PostingLists };

/** Lets other work run; awaited between slices of at most about 20 ms. */
export type Pause = () => Promise<void>;

/** BM25 over entries given as terms in words; an entry's length is the sum of its weights. */
export function createBm25(entries: WeightedTerm[][]): Bm25 {
  const { add, keys, postings } = startBm25();
  for (const terms of entries) add(terms);
  return openBm25({ keys, lists: postings.buildAtOnce() });
}

/** The same for many entries, given one by one and indexed in slices. */
export function createBm25Builder(): Bm25Builder {
  const { add, keys, postings } = startBm25();
  return { add, build: async (pause) => ({ keys, lists: await postings.build(pause) }) };
}

function startBm25() {
  const keys = new Map<string, number>();
  const postings = createPostingsBuilder(SATURATION);
  const add = (terms: WeightedTerm[]) => {
    let length = 0;
    for (const { text, weight } of terms) {
      const key = keys.get(text) ?? keys.size + 1;
      if (key > keys.size) keys.set(text, key);
      postings.add(key, weight);
      length += weight;
    }
    postings.close(length);
  };
  return { add, keys, postings };
}

/** Scores by what was indexed. */
export function openBm25({ keys, lists }: Bm25Lists): Bm25 {
  const postings = createPostings(lists);
  const keyed = (query: WeightedTerm[]): KeyedTerm[] => {
    const unseen = new Map<string, number>();
    return query.map(({ text, weight }) => {
      const known = keys.get(text) ?? unseen.get(text) ?? -1 - unseen.size;
      if (known < 0) unseen.set(text, known);
      return { key: known, weight };
    });
  };
  return {
    idf: (term) => postings.idf(keys.get(term) ?? UNSEEN),
    eachHolder: (term, visit) => postings.eachHolder(keys.get(term) ?? UNSEEN, visit),
    ceiling: (query) => postings.ceiling(keyed(query)),
    scores: (query) => postings.scores(keyed(query)),
  };
}

const UNSEEN = 0;
