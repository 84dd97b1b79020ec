import type { Stance, Status } from "./petition.ts";

/** A line of the staff's list; days are ISO days in Vietnam. */
export type PetitionRow = {
  id: number;
  code: string;
  content: string;
  stance: string;
  topic: string;
  commune: string | null;
  /** The commune without what the member wrote beside it. */
  area: string | null;
  /** An agency's id, once it was forwarded. */
  agency: string | null;
  status: Status;
  channel: string | null;
  /** "message" from a chat, "paper" when it was imported. */
  origin: string;
  groupId: number | null;
  receivedAt: Date;
  /** The last day for the answer; null when nothing is due, or while the member was asked for more. */
  dueOn: string | null;
  /** The last day for taking it into review; null once that is done. */
  reviewDueOn: string | null;
};

/** A petition as staff work on it. */
export type PetitionFile = PetitionRow & {
  conversationId: number | null;
  cooperative: string | null;
  contact: string | null;
  sender: string | null;
  version: number;
  answeredAt: Date | null;
  events: PetitionEvent[];
};

export type EventKind =
  | "received"
  | "moved"
  | "replied"
  | "note"
  | "corrected"
  | "extended"
  | "grouped"
  | "ungrouped"
  /** The member's own: he gave what was asked, was satisfied, was not, or took the petition back. */
  | "supplied"
  | "satisfied"
  | "unsatisfied"
  | "withdrawn";

/** What a change was about, beside its words. */
export type EventDetails = {
  corrected?: Partial<Record<"stance" | "topic" | "commune", { from: string | null; to: string | null }>>;
  /** Working days. */
  extendedBy?: number;
  agency?: { from: string | null; to: string };
  group?: number;
};

export type PetitionEvent = {
  id: number;
  kind: EventKind;
  statusFrom: Status | null;
  statusTo: Status | null;
  by: string | null;
  reason: string | null;
  publicText: string | null;
  internalNote: string | null;
  memberText: string | null;
  details: EventDetails | null;
  at: Date;
};

/** One change of a petition: the new status with who, why and what the member reads. */
export type PetitionChange = {
  to: Status;
  by: number | null;
  kind?: EventKind;
  reason?: string;
  publicText?: string;
  internalNote?: string;
  memberText?: string;
  /** The agency that has it from now on. */
  agency?: string;
};

/** What staff set right; a field that is not named stays. */
export type Correction = { stance?: Stance; topic?: string; commune?: string | null };

/** What a member does to a petition of his own chat by writing there. */
export type MemberAct = {
  code: string;
  verb: "supply" | "satisfied" | "unsatisfied" | "withdraw";
  /** His words; empty for "satisfied" and "withdraw". */
  text: string;
};

/** Somebody changed the petition since it was read; nothing was overwritten. */
export class PetitionMoved extends Error {}

/** The rules of a petition's life do not allow it; the message says why, in Vietnamese, for the person who tried. */
export class PetitionRefused extends Error {}
