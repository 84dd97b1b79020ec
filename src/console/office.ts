import type { Switch, SwitchChange, SwitchName, SwitchRow } from "../conversation/switch.ts";
import type { Agency, Commune, Topic } from "../knowledge/catalog.ts";
import type { PetitionAttachment } from "../petitions/attachment.ts";
import type { OfficeTime } from "../petitions/clock.ts";
import type { GroupRow, LedgerRow, PetitionGroup, Ungrouped } from "../petitions/group.ts";
import type { OpinionImport } from "../petitions/opinion-import.ts";
import type { RefusedRow } from "../petitions/opinions.ts";

/** Who is responsible for what, as it is in force now. */
export type Catalog = { topics: Topic[]; agencies: Agency[]; communes: Commune[] };

/** Petitions that ask for the same. */
export interface Groups {
  ungrouped(filter?: { topic?: string }): Promise<Ungrouped[]>;
  create(by: number, given: { title: string; topic: string; petitions: number[] }): Promise<number>;
  add(groupId: number, by: number, petitions: number[]): Promise<void>;
  ungroup(groupId: number, by: number, petitions: number[] | null): Promise<void>;
  list(page: number, perPage?: number): Promise<GroupRow[]>;
  find(id: number): Promise<PetitionGroup | null>;
  ledger(answerId: number): Promise<LedgerRow[]>;
}

/** Photos and documents that came with petitions. */
export interface Attachments {
  list(petitionId: number): Promise<PetitionAttachment[]>;
  /** One of this petition's own; null when there is none, or its bytes are not here. */
  read(petitionId: number, id: number): Promise<(PetitionAttachment & { bytes: Uint8Array }) | null>;
}

/** Who looks at a petition right now. */
export interface Presence {
  seen(petitionId: number, staffId: number): Promise<{ name: string; since: Date }[]>;
  left(petitionId: number, staffId: number): Promise<void>;
}

/** ISO days in Vietnam, both included; null leaves an end open. */
export type Period = { from: string | null; to: string | null };

/** A question of a member, with the topic that its words suggest. */
export type SortedQuestion = {
  messageId: number;
  conversationId: number;
  text: string;
  channel: string;
  sentAt: Date;
  topic: string;
};

export type MonthCount = { month: string; received: number; agreement: number };

/** What a dashboard shows beside the counts of petitions. */
export interface Insights {
  /** Petitions received, month by month ("2026-11"), the earliest first. */
  months(period: Period): Promise<MonthCount[]>;
  /** The newest questions that found an answer, or none. */
  questions(kind: "answered" | "unanswered", period: Period): Promise<SortedQuestion[]>;
}

/** Files of opinions, which are worked on in the background. */
export interface Imports {
  /** Keeps a file; returns the import's id. */
  start(bytes: Uint8Array, name: string, by: number): Promise<number>;
  /** Lets an interrupted one go on at once; false when there is nothing to go on with. */
  resume(id: number): Promise<boolean>;
  find(id: number): Promise<OpinionImport | null>;
  list(page: number, perPage?: number): Promise<OpinionImport[]>;
  /** Rows that were refused, in the order of the file. */
  refusals(id: number, page: number, perPage?: number): Promise<RefusedRow[]>;
}

/** What papers are made of: a period, and of a group only its own petitions. */
export type PaperScope = Period & { group: number | null };

/** Register, summary and memos. */
export interface Papers {
  /** The memos that there are in this scope, by agency. */
  memos(scope: PaperScope): Promise<{ name: string; agency: string; petitions: number }[]>;
  /** A paper by its file name; null when there is none of this name, a fault when it would be too long. */
  make(name: string, scope: PaperScope): Promise<Uint8Array | { fault: string } | null>;
}

/** What may be switched off; a change holds at once on every replica. */
export interface Switches {
  off(): Promise<Switch[]>;
  list(): Promise<SwitchRow[]>;
  history(limit?: number): Promise<SwitchChange[]>;
  /** False when it stood so already. */
  turn(name: SwitchName, isOn: boolean, by: number, reason: string): Promise<boolean>;
}

/** All that the pages about petitions need beside the petitions themselves. */
export type Office = {
  catalog(): Catalog;
  time: Pick<OfficeTime, "daysAt" | "explain">;
  now(): Date;
  groups: Groups;
  attachments: Attachments;
  presence: Presence;
  insights: Insights;
  papers: Papers;
  switches: Switches;
  imports: Imports;
};
