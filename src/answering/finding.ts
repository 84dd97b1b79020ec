import type { Certainty } from "../knowledge/document.ts";
import type { Candidate } from "../retrieval/retriever.ts";
import type { Evidence } from "./confidence.ts";
import type { Selection } from "./select.ts";

/** A clause that an answer rests on, as it was at the day the question is about. */
export type Citation = {
  document: string;
  title: string;
  locator: string;
  inForce: boolean;
  effectiveFrom: string;
  effectiveTo: string | null;
  passageId: string;
  quote: string;
  certainty: Certainty;
  verifiedBy: string | null;
};

/** What was found for one question of the message. */
export type Finding = {
  kind: "answer" | "gap" | "nothing";
  question: string;
  best: Candidate | null;
  selection: Selection;
  evidence: Evidence | null;
  confidence: number;
  /** The replaced clause that the question spoke of, told as history beside the answer. */
  past: Candidate | null;
  /** A clause of another document that grounds the same answer. */
  second: Candidate | null;
  candidates: Candidate[];
  /** The nearest clauses that may ground no answer on the day asked about. */
  rejected: { candidate: Candidate; why: "not-yet" | "replaced" }[];
};
