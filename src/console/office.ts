import type { Agency, Commune, Topic } from "../knowledge/catalog.ts";
import type { OfficeTime } from "../petitions/clock.ts";
import type { GroupRow, LedgerRow, PetitionGroup, Ungrouped } from "../petitions/group.ts";
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

/** What became of a file of opinions; `rows` = added + known + refused. */
export type OpinionsReport = {
  importId: number;
  rows: number;
  added: number;
  known: number;
  refused: RefusedRow[];
  byStance: Record<string, number>;
  byTopic: Record<string, number>;
};

/** What papers are made of: a period, and of a group only its own petitions. */
export type PaperScope = Period & { group: number | null };

/** Register, summary and memos. */
export interface Papers {
  /** The memos that there are in this scope, by agency. */
  memos(scope: PaperScope): Promise<{ name: string; agency: string; petitions: number }[]>;
  /** A paper by its file name; null when there is none of this name, a fault when it would be too long. */
  make(name: string, scope: PaperScope): Promise<Uint8Array | { fault: string } | null>;
}

/** All that the pages about petitions need beside the petitions themselves. */
export type Office = {
  catalog(): Catalog;
  time: Pick<OfficeTime, "daysAt" | "explain">;
  now(): Date;
  groups: Groups;
  presence: Presence;
  insights: Insights;
  papers: Papers;
  importOpinions(
    bytes: Uint8Array,
    name: string,
    options: { by: number | null },
  ): Promise<OpinionsReport | { fault: string }>;
};
