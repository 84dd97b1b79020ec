import { setImmediate as nextTurn } from "node:timers/promises";
import type { Ask } from "../answering/answer.ts";
import { createAssistant } from "../answering/assistant.ts";
import type { Rewording } from "../answering/reword.ts";
import type { EditionStore } from "../db/editions.ts";
import { type Corpus, clauseCount, corpusSteps } from "../knowledge/corpus.ts";
import type { Provenance } from "../knowledge/edition.ts";
import { keepNothing } from "../knowledge/keep.ts";
import type { Passage } from "../knowledge/validity.ts";
import { type Embed, embeddedText } from "../retrieval/retriever.ts";
import { inTurns } from "../text/steps.ts";
import type { KeptParts } from "./kept-parts.ts";
import { editionHash } from "./staging.ts";
import type { KeptVectors } from "./vectors.ts";

/** An edition of the knowledge that answers. */
export type Serving = {
  edition: number;
  corpus: Corpus;
  ask: Ask;
  passage(id: string): Passage | null;
  /** Where the clauses of a file come from, by its path. */
  provenance: ReadonlyMap<string, Provenance>;
};

export type ServingParts = {
  editions: EditionStore;
  vectors: KeptVectors;
  /** What was worked out on an earlier start; null where nothing is kept. */
  keptParts: KeptParts | null;
  rewording: Rewording | null;
  log: Telling;
};

/** Where the library says what it did and what went wrong. */
export type Telling = {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** Reads an edition and makes it answer; a document of it that cannot be read is named and left out, the others serve. */
export async function openEdition(edition: number, parts: ServingParts): Promise<Serving> {
  const files = await parts.editions.files(edition);
  const keep = (await parts.keptParts?.(editionHash(files))) ?? keepNothing;
  const corpus = await keep("corpus", () => inTurns(corpusSteps(files), nextTurn));
  for (const { file, reason } of corpus.refused) parts.log.error({ file, reason }, "một tài liệu bị từ chối");
  const ask = await createAssistant(corpus, {
    embed: await vectorsOf(corpus, parts),
    clock: () => performance.now(),
    rewording: parts.rewording,
    pause: nextTurn,
    keep,
  });
  const passages = new Map(corpus.passages.map((passage) => [passage.id, passage]));
  parts.log.info(
    { edition, documents: corpus.documents.length, clauses: clauseCount(corpus) },
    "đã nạp kiến thức",
  );
  return {
    edition,
    corpus,
    ask,
    passage: (id) => passages.get(id) ?? null,
    provenance: await parts.editions.provenance(edition),
  };
}

/** Where the model cannot be reached, clauses are ranked by their words alone. */
async function vectorsOf(corpus: Corpus, { vectors, log }: ServingParts): Promise<Embed> {
  try {
    return await vectors.over(corpus.passages.map(embeddedText));
  } catch (error) {
    log.error({ err: error }, "không lấy được véc-tơ; tạm xếp hạng điều khoản theo chữ");
    return async () => [];
  }
}
