import type { ChannelName } from "../conversation/channel.ts";
import type { Chat, HeldChat, TranscriptLine, UnansweredQuestion } from "../conversation/transcript.ts";
import type { PetitionFile, PetitionFilter, PetitionRow } from "../petitions/petition-file.ts";
import type { NewAccount, Session } from "../staff/account.ts";

/** What the console reads of petitions. */
export interface Petitions {
  list(
    filter: PetitionFilter,
    page: number,
    perPage?: number,
  ): Promise<{ rows: PetitionRow[]; total: number }>;
  find(code: string): Promise<PetitionFile | null>;
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

/** What staff do; each verb is one transaction. */
export interface Desk {
  answer(petition: PetitionFile, version: number, staffId: number, text: string): Promise<boolean>;
  write(conversationId: number, staffId: number, key: string, text: string): Promise<void>;
  handBack(conversationId: number, key: string): Promise<void>;
}

export type ConsoleOptions = {
  petitions: Petitions;
  conversations: Conversations;
  messages: Transcripts;
  staff: Accounts;
  desk: Desk;
  /** Topics with the names that people read. */
  topics: readonly { id: string; name: string }[];
  publicUrl: string | null;
  /** Serves a folder of static files and returns its address. */
  publish(folder: URL): string;
};
