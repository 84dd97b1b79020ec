import type { KnowledgeFile } from "./corpus.ts";

/** Who changes the knowledge: a member of staff, or the command line of the machine. */
export type Author = { name: string; staffId: number | null };

/** A file of an edition: its text in our own format, and where that came from. Hashes are SHA-256 in hex. */
export type EditionFile = KnowledgeFile & {
  textHash: string;
  originalHash: string;
  /** The name under which it was handed in. */
  name: string;
  /** The YAML that was told beside it. */
  sidecar: string | null;
  /** The document's number; null for catalogs and golden questions. */
  document: string | null;
  clauses: number;
  /** The edition that brought it in. */
  since: number;
};

/** A whole state of the knowledge without its files. */
export type EditionSummary = {
  id: number;
  base: number | null;
  note: string | null;
  by: string;
  /** The account of who began it; null when that was a command of the machine. */
  byStaff: number | null;
  at: Date;
  checkedAt: Date | null;
  droppedAt: Date | null;
};

/** One change of what members are answered from. */
export type Publication = {
  id: number;
  edition: number;
  previous: number | null;
  kind: "first" | "publish" | "rollback";
  hash: string;
  reason: string | null;
  /** How many clauses no longer stand as they were told before. */
  overtaken: number;
  by: string;
  at: Date;
};

/** Where a clause comes from: the file as handed in, who published it and since when. */
export type Provenance = {
  edition: number;
  name: string;
  originalHash: string;
  publishedBy: string | null;
  publishedAt: Date | null;
};

/** Something about the knowledge that cannot be done now, in words for who asked for it. */
export class NotPossible extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = "NotPossible";
  }
}
