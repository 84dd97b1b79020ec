import type { AnswerParts } from "../conversation/answer-turn.ts";
import type { GivenAnswer } from "../conversation/transcript.ts";
import type { Corpus } from "../knowledge/corpus.ts";
import type { Author, EditionFile, EditionSummary, Provenance, Publication } from "../knowledge/edition.ts";
import type { FileRow } from "../knowledge/gate-report.ts";
import type { OfficialAnswer } from "../knowledge/official-answer.ts";
import type { Proposal } from "../knowledge/proposal.ts";
import type { Passage } from "../knowledge/validity.ts";

/** What members are answered from now. */
export type InUse = {
  edition: number;
  corpus: Corpus;
  ask: AnswerParts["ask"];
  passage(id: string): Passage | null;
  /** Where the clauses of a file come from, by its path. */
  provenance: ReadonlyMap<string, Provenance>;
};

/** A file as it comes out of a form. */
export type HandedIn = { name: string; bytes: Uint8Array; sidecar: string | null };

/** Changing the knowledge; what cannot be done now throws NotPossible. */
export interface KnowledgeLibrary {
  stage(author: Author, note: string | null): Promise<number>;
  add(edition: number, files: HandedIn[]): Promise<FileRow[]>;
  remove(edition: number, path: string): Promise<void>;
  check(edition: number): Promise<unknown>;
  publish(edition: number, author: Author, override: string | null): Promise<void>;
  rollBack(edition: number, author: Author, reason: string): Promise<void>;
}

/** The editions as they are kept. */
export interface Editions {
  current(): Promise<number | null>;
  find(id: number): Promise<(EditionSummary & { report: unknown }) | null>;
  staged(): Promise<EditionSummary[]>;
  history(limit?: number): Promise<Publication[]>;
  publication(id: number): Promise<Publication | null>;
  files(id: number): Promise<EditionFile[]>;
  undo(id: number, path: string): Promise<void>;
  drop(id: number): Promise<void>;
  nameOf(hash: string): Promise<string | null>;
  original(hash: string): Promise<Uint8Array | null>;
}

export interface Citations {
  overtakenBy(publication: number, limit?: number): Promise<GivenAnswer[]>;
}

/** One person proposes, another decides; what cannot be done throws NotPossible or RefusedFile. */
export interface Proposals {
  list(): Promise<Proposal[]>;
  find(id: number): Promise<Proposal | null>;
  propose(answer: OfficialAnswer, staffId: number): Promise<number>;
  approve(id: number, author: Author & { staffId: number }): Promise<{ published: boolean }>;
  decline(id: number, staffId: number, reason: string): Promise<void>;
}

/** All that the pages about knowledge need. */
export type KnowledgeDesk = {
  library: KnowledgeLibrary;
  editions: Editions;
  citations: Citations;
  proposals: Proposals;
  /** `refresh` resolves when what is in force answers members here. */
  live: { now(): InUse; refresh(): Promise<void> };
  /** An ISO day in Vietnam. */
  today(): string;
};
