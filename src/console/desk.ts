import type { ChannelName } from "../conversation/channel.ts";
import type { Chat, HeldChat, TranscriptLine } from "../conversation/transcript.ts";
import type { Stayed } from "../petitions/group.ts";
import type { Correction, PetitionFile, PetitionRow } from "../petitions/petition-file.ts";
import type { PetitionCounts, PetitionFilter, StatusCounts } from "../petitions/petition-list.ts";
import type { AccountRow, NewAccount, Place, Role, Session } from "../staff/account.ts";
import type { AuditFilter, AuditLine, ChainState, StaffAction } from "../staff/audit.ts";
import type { ChatWork } from "./chat-work.ts";
import type { KnowledgeDesk } from "./knowledge-desk.ts";
import type { Office } from "./office.ts";

/** What the console reads of petitions. */
export interface Petitions {
  list(
    filter: PetitionFilter,
    page: number,
    perPage?: number,
  ): Promise<{ rows: PetitionRow[]; total: number }>;
  rows(filter: PetitionFilter, page: number, perPage?: number): Promise<PetitionRow[]>;
  statusCounts(filter: PetitionFilter, now: Date): Promise<StatusCounts>;
  find(code: string): Promise<PetitionFile | null>;
  counts(filter: PetitionFilter, now: Date): Promise<PetitionCounts>;
}

/** What the console reads of chats. */
export interface Conversations {
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
  knowsDevice(tokenHash: Buffer, email: string): Promise<boolean>;
  rememberDevice(tokenHash: Buffer, staffId: number): Promise<void>;
  audit(staffId: number | null, action: string, subject: string): Promise<void>;
}

/** Accounts as admins run them; AccountRefused when it cannot be done. */
export interface AccountAdmin {
  list(): Promise<AccountRow[]>;
  find(id: number): Promise<AccountRow | null>;
  setRole(id: number, given: Place & { role: Role }): Promise<void>;
  setDisabled(id: number, disabled: boolean): Promise<void>;
  resetPassword(id: number, passwordHash: string, expiresAt: Date): Promise<void>;
  endSessions(id: number): Promise<void>;
}

/** What staff did and saw, line after line in one chain. */
export interface Audit {
  /** Runs an action, which leaves exactly one line when it did something; `isRefused` tells when it did not. */
  during<T>(action: StaffAction, work: () => Promise<T>, isRefused: (result: T) => boolean): Promise<T>;
  list(filter: AuditFilter, page: number, perPage?: number): Promise<AuditLine[]>;
  actions(): Promise<string[]>;
  end(): Promise<{ lines: number; hash: string }>;
  verify(): Promise<ChainState>;
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
  /** Sends the petitions of a group that the rules allow to an agency; what stayed has its reason. Null when this key was sent before. */
  forwardGroup(
    groupId: number,
    version: number,
    by: number,
    given: { key: string; agency: string; reason: string | undefined },
  ): Promise<{ sent: string[]; stayed: Stayed[] } | null>;
  write(conversationId: number, staffId: number, key: string, text: string): Promise<void>;
  handBack(conversationId: number, key: string): Promise<void>;
}

export type ConsoleOptions = {
  petitions: Petitions;
  conversations: Conversations;
  messages: Transcripts;
  staff: Accounts;
  accounts: AccountAdmin;
  audit: Audit;
  desk: Desk;
  chats: ChatWork;
  knowledge: KnowledgeDesk;
  office: Office;
  /** Topics with the names that people read, as they are now. */
  topics(): readonly { id: string; name: string }[];
  publicUrl: string | null;
  /** Serves a folder of static files and returns its address. */
  publish(folder: URL): string;
};
