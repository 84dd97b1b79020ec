import type { Article } from "./data.ts";

/** A search engine under test. */
export type System = {
  name: string;
  /** What the table says of its settings, in Vietnamese. */
  about: string;
  /** Installs and loads what the engine needs, before any clock runs. */
  load(): Promise<Build>;
};

/** Builds the index. */
export type Build = (articles: Article[]) => Promise<Search>;

/** Searches: ids, best first. */
export type Search = {
  search(question: string, limit: number): string[] | Promise<string[]>;
  close?(): Promise<void>;
};
