import { fold } from "../text/fold.ts";
import type { ChannelName } from "./channel.ts";

/** The kinds of outcome by which staff look for chats; the finer suffix is left to the message. */
export const OUTCOME_KINDS = ["answered", "unanswered", "petition", "smalltalk", "refused", "error"] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** Who said that an answer was wrong. */
export const MARKS = ["member", "staff"] as const;
export type Mark = (typeof MARKS)[number];

/** What narrows the list of chats; days are ISO days in Vietnam, both included. */
export type ChatFilter = {
  channel?: ChannelName;
  kind?: OutcomeKind;
  mark?: Mark;
  from?: string;
  to?: string;
  /** Words that one message of the member holds, with or without marks. */
  search?: string;
};

/** The words of a search as PostgreSQL's tsquery, marks folded: "kho lạnh" → "kho & lanh"; null when it has none. */
export function wordsQuery(search: string): string | null {
  return (
    fold(search)
      .match(/[a-z0-9]+/g)
      ?.join(" & ") ?? null
  );
}

/** One chat in the list. */
export type ChatRow = {
  id: number;
  channel: ChannelName;
  heldByStaff: boolean;
  lastMessageAt: Date;
  lastText: string | null;
  lastAuthor: "member" | "bot" | "staff" | null;
  lastOutcome: string | null;
  /** At most MOST_COUNTED. */
  messages: number;
  /** Names this place in the list; the next page goes on from it. */
  cursor: string;
};

/** More messages of one chat are not counted for the list. */
export const MOST_COUNTED = 1000;

/** A message that did not reach its end: buried after errors, or a reply that did not arrive or perhaps did not. */
export type FailedMessage = {
  id: number;
  conversationId: number;
  channel: ChannelName;
  direction: "in" | "out";
  author: "member" | "bot" | "staff";
  status: "dead" | "refused" | "uncertain" | "waiting";
  reason: string | null;
  text: string;
  at: Date;
};

/** Questions of the same words that found no answer. */
export type OpenQuestion = {
  /** The newest of them. */
  messageId: number;
  conversationId: number;
  channel: ChannelName;
  text: string;
  outcome: string;
  sentAt: Date;
  /** How many chats asked it, and how often it was asked in all. */
  chats: number;
  times: number;
};
