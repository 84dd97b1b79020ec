import type { Attachment, ChannelName } from "./channel.ts";

/** A line of the transcript. */
export type TranscriptLine = {
  id: number;
  /** The message that this line replies to, on the first line of a reply of the bot. */
  cause: number | null;
  author: "member" | "bot" | "staff";
  text: string;
  choices: string[];
  attachment: Attachment | null;
  status: string;
  reason: string | null;
  outcome: string | null;
  trace: unknown;
  sentAt: Date;
};

/** A chat that waits for a person. */
export type HeldChat = { id: number; channel: ChannelName; heldSince: Date; lastText: string | null };

export type Chat = { id: number; channel: ChannelName; chatId: string; heldByStaff: boolean };

/** An answer that was given, with a clause that it told. */
export type GivenAnswer = {
  messageId: number;
  conversationId: number;
  channel: ChannelName;
  question: string;
  passages: string[];
  at: Date;
};
