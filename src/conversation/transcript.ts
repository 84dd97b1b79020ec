import type { Attachment, ChannelName } from "./channel.ts";

/** A line of the transcript. */
export type TranscriptLine = {
  id: number;
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

/** A question that found no answer, as staff see it in their list. */
export type UnansweredQuestion = {
  messageId: number;
  conversationId: number;
  text: string;
  outcome: string;
  channel: string;
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
