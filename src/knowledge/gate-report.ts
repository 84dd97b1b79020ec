import type { Calibration, GoldenQuestion } from "./catalog.ts";
import type { ClauseChange } from "./changes.ts";

/** What became of one file that was handed in; `changed`, `removed` and `embedded` count clauses. */
export type FileRow = {
  file: string;
  status: "added" | "updated" | "unchanged" | "refused";
  document: string | null;
  documents: string[];
  clauses: number;
  changed: number;
  removed: number;
  embedded: number;
  reason: string | null;
  /** The files of the knowledge that it became. */
  paths: string[];
};

/** How a golden question was answered; `cited` are ids of clauses, `reason` says why that is right or wrong. */
export type Told = {
  outcome: string;
  /** 0 to 1, how likely it is right that it was answered so. */
  confidence: number;
  text: string;
  cited: string[];
  right: boolean;
  reason: string;
};

/**
 * A golden question that is answered otherwise. "unsteady" was right, but by so little that any new document could have
 * turned it; it is shown and blocks nothing, unless its new answer claims something wrong: that is "broken".
 */
export type AnswerChange = {
  id: string;
  question: string;
  kind: GoldenQuestion["kind"];
  verdict: "broken" | "unsteady" | "mended" | "other";
  before: Told;
  after: Told;
};

/** What would change, clause by clause and answer by answer. */
export type GateFindings = {
  documents: number;
  clauses: number;
  changes: ClauseChange[];
  questions: number;
  rightBefore: number | null;
  rightAfter: number;
  answers: AnswerChange[];
  /** By which the answers before and after were given. */
  calibration: { before: Calibration; after: Calibration };
  /** Documents that cannot be read, with the reason. */
  refused: { file: string; reason: string }[];
};

/** How sure an answer must be, before and after, and what the golden set says of the latter: shares between 0 and 1. */
export type ThresholdChange = {
  wanted: number;
  before: number;
  after: number;
  answered: number;
  precision: number;
};

/** What the gate found; `embedded` counts by file the clauses whose vector had to be made. */
export type GateReport = Omit<GateFindings, "calibration"> & {
  /** Null where the corpus has no curve; reports of older editions know nothing of it. */
  threshold?: ThresholdChange | null;
  /** The edition in force that it was compared with. */
  against: number | null;
  /** Of the files that were checked: what was changed since may not pass under this report. */
  hash: string;
  embedded: Record<string, number>;
  seconds: number;
};
