import type { OpinionImportStore } from "./db/opinion-imports.ts";
import type { OpinionStore } from "./db/opinions.ts";
import { type ImportRules, identityOf, readOpinions, takeOpinions } from "./opinions-desk.ts";

type Parts = {
  imports: OpinionImportStore;
  store: OpinionStore;
  /** What is in force now. */
  rules(): ImportRules;
};

/**
 * Files of opinions that are handed in on the console: kept at once, worked on in the background, by any process. An import
 * that was cut off is taken again when its lease ends; its rows are keyed, so none comes in twice.
 */
export function createOpinionImports({ imports, store, rules }: Parts) {
  const stopping = new AbortController();

  async function work(id: number, file: Uint8Array, name: string): Promise<void> {
    const now = rules();
    const read = await readOpinions(file, name, now);
    if ("fault" in read) return imports.refuse(id, read.fault);
    await takeOpinions({ store, ...now }, id, read, { signal: stopping.signal });
  }

  return {
    find: (id: number) => imports.find(id),
    list: (page: number, perPage?: number) => imports.list(page, perPage),
    refusals: (id: number, page: number, perPage?: number) => imports.refusals(id, page, perPage),
    resume: (id: number) => imports.resume(id),
    /** Frees the files of processes that are known to be dead. */
    freeAll: () => imports.freeAll(),

    /** Keeps a file for the background; returns the import's id. */
    start: (bytes: Uint8Array, name: string, by: number): Promise<number> =>
      imports.queue({ ...identityOf(bytes, name), by, file: bytes }),

    /** Does one import; false when there is none to do. */
    async workNext(): Promise<boolean> {
      const claimed = stopping.signal.aborted ? null : await imports.claim();
      if (!claimed) return false;
      try {
        await work(claimed.id, claimed.file, claimed.name);
      } catch (error) {
        if (!stopping.signal.aborted) throw error;
        await imports.release(claimed.id);
      }
      return true;
    },

    /** The import under way ends after its present chunk and is given back; no other begins. */
    stop: () => stopping.abort(),
  };
}

export type OpinionImports = ReturnType<typeof createOpinionImports>;
