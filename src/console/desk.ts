import type { ChannelName } from "../conversation/channel.ts";
import type { Chat, HeldChat, TranscriptLine, UnansweredQuestion } from "../conversation/transcript.ts";
import type { Correction, PetitionFile, PetitionRow } from "../petitions/petition-file.ts";
import type { PetitionCounts, PetitionFilter } from "../petitions/petition-list.ts";
import type { NewAccount, Session } from "../staff/account.ts";
import type { KnowledgeDesk } from "./knowledge-desk.ts";
import type { Office } from "./office.ts";

/** What the console reads of petitions. */
export interface Petitions {
  list(
    filter: PetitionFilter,
    page: number,
    perPage?: number,
  ): Promise<{ rows: PetitionRow[]; total: number }>;
  find(code: string): Promise<PetitionFile | null>;
  counts(filter: PetitionFilter, now: Date): Promise<PetitionCounts>;
}

/** What the console reads of chats. */
export interface Conversations {
  unanswered(page: number, perPage?: number): Promise<UnansweredQuestion[]>;
  held(): Promise<HeldChat[]>;
  find(id: number): Promise<Chat | null>;
}

export interface Transcripts {
  transcript(channel: ChannelName, chatId: string, after: number, limit?: number): Promise<TranscriptLine[]>;
}

/** Accounts, their sessions and their tries to sign in. */
export interface Accounts {
  count(): Promise<number>;
  create(account: NewAccount): Promise<number | null>;
  forSignIn(email: string): Promise<{ id: number; passwordHash: string } | null>;
  setPassword(staffId: number, passwordHash: string, keepTokenHash: Buffer): Promise<void>;
  openSession(tokenHash: Buffer, staffId: number, csrfToken: string): Promise<void>;
  session(tokenHash: Buffer): Promise<Session | null>;
  closeSession(tokenHash: Buffer): Promise<void>;
  countSignIn(key: string): Promise<number>;
  uncountSignIn(keys: string[]): Promise<void>;
  audit(staffId: number | null, action: string, subject: string): Promise<void>;
}

/** An agency with the name that the member reads. */
export type Destination = { agency: string; office: string; reason?: string | undefined };

/**
 * What staff do; each verb is one transaction. PetitionMoved when somebody was faster, PetitionRefused when the rules do not
 * allow it; true when the member is told.
 */
export interface Desk {
  take(petition: PetitionFile, version: number, by: number): Promise<boolean>;
  askMember(petition: PetitionFile, version: number, by: number, question: string): Promise<boolean>;
  forward(petition: PetitionFile, version: number, by: number, to: Destination): Promise<boolean>;
  notWithinAuthority(
    petition: PetitionFile,
    version: number,
    by: number,
    given: { office: string; reason: string },
  ): Promise<boolean>;
  answer(petition: PetitionFile, version: number, staffId: number, text: string): Promise<boolean>;
  resolve(petition: PetitionFile, version: number, by: number, reason?: string): Promise<boolean>;
  reopen(petition: PetitionFile, version: number, by: number, reason: string): Promise<boolean>;
  withdraw(petition: PetitionFile, version: number, by: number, reason: string): Promise<boolean>;
  extend(
    petition: PetitionFile,
    version: number,
    by: number,
    given: { days: number; reason: string },
    now: Date,
  ): Promise<boolean>;
  correct(petition: PetitionFile, version: number, by: number, correction: Correction): Promise<boolean>;
  note(petition: PetitionFile, by: number, text: string): Promise<void>;
  /** Null when this key was answered before. */
  answerGroup(
    groupId: number,
    version: number,
    by: number,
    given: { key: string; text: string },
  ): Promise<number | null>;
  /** Sends each petition of a group that its rules allow to an agency; tells how many went and which stayed. */
  forwardGroup(
    groupId: number,
    by: number,
    given: { agency: string; reason: string | undefined },
  ): Promise<{ sent: number; stayed: string[] }>;
  write(conversationId: number, staffId: number, key: string, text: string): Promise<void>;
  handBack(conversationId: number, key: string): Promise<void>;
}

export type ConsoleOptions = {
  petitions: Petitions;
  conversations: Conversations;
  messages: Transcripts;
  staff: Accounts;
  desk: Desk;
  knowledge: KnowledgeDesk;
  office: Office;
  /** Topics with the names that people read, as they are now. */
  topics(): readonly { id: string; name: string }[];
  publicUrl: string | null;
  /** Serves a folder of static files and returns its address. */
  publish(folder: URL): string;
};
