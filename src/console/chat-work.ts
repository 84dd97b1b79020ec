import type { ChatFilter, ChatRow, FailedMessage, OpenQuestion } from "../conversation/chat-list.ts";
import type { Judgement, NewJudgement } from "../knowledge/judgement.ts";

/** What a member asked, with the trace of its answer as it is stored. */
export type Asked = { text: string; trace: unknown; conversationId: number };

/** What staff say of answers. */
export interface Judgements {
  asked(messageId: number): Promise<Asked | null>;
  list(status: Judgement["status"], limit?: number): Promise<Judgement[]>;
  ofChat(conversationId: number): Promise<Judgement[]>;
  open(ids: number[]): Promise<Judgement[]>;
}

/** What staff do about chats, answers and questions; each verb is one transaction. */
export interface ChatVerbs {
  takeOver(conversationId: number, key: string): Promise<void>;
  /** Null when an open judgement stands on this answer already. */
  judge(judgement: NewJudgement, by: number): Promise<number | null>;
  expect(id: number, given: { document: string; fact: string | null }): Promise<boolean>;
  dismiss(id: number, reason: string, by: number): Promise<boolean>;
  adopt(ids: number[], edition: number, by: number): Promise<number>;
  /** A petition for every chat that asked this; the codes made now. */
  petitionFor(messageId: number, by: number): Promise<string[]>;
  questionToGolden(judgement: NewJudgement, by: number): Promise<boolean>;
  dismissQuestion(messageId: number, reason: string, by: number): Promise<number>;
  questionToKnowledge(messageId: number, by: number): Promise<void>;
  /** False when the message has gone on meanwhile; so too below. */
  tryAgain(messageId: number): Promise<boolean>;
  settle(messageId: number, note: string): Promise<boolean>;
}

/** All that the pages about chats need beside the chats themselves. */
export type ChatWork = {
  /** The latest message on top; `after` is the cursor of the last row of the page before. */
  list(filter: ChatFilter, after: string | null, limit?: number): Promise<ChatRow[]>;
  failed(before: number | null, limit?: number): Promise<FailedMessage[]>;
  questions: {
    list(order: "newest" | "most", page: number, perPage?: number): Promise<OpenQuestion[]>;
    find(messageId: number): Promise<OpenQuestion | null>;
  };
  judgements: Judgements;
  /** A text without what only its member may know. */
  masked(text: string): string;
  verbs: ChatVerbs;
};
