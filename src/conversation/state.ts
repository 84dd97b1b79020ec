import { z } from "zod";
import { TopicId } from "../knowledge/document.ts";

const INTAKE_STEPS = ["content", "cooperative", "commune", "contact", "confirm"] as const;

const Draft = z.object({
  content: z.string(),
  cooperative: z.string().nullable().default(null),
  commune: z.string().nullable().default(null),
  contact: z.string().nullable().default(null),
});

/** What the bot remembers of a chat between two messages; stored as JSON with the conversation. */
export const ConversationState = z.object({
  /** True once the member was told that a machine answers and who reads along. */
  greeted: z.boolean().default(false),
  intake: z
    .object({ step: z.enum(INTAKE_STEPS), draft: Draft })
    .nullable()
    .default(null),
  /** The member's latest questions, oldest first, at most three: what a follow-up leans on. */
  recentQuestions: z.array(z.string()).default([]),
  /** What the last answer rested on, for "nguyên văn" and for feedback. */
  lastAnswer: z
    .object({ question: z.string(), passageIds: z.array(z.string()), topic: TopicId.nullable() })
    .nullable()
    .default(null),
  /** A question or complaint that "Gửi kiến nghị" would carry over. */
  offered: z.string().nullable().default(null),
  /** Waiting for a yes to /xoadulieu. */
  confirmErase: z.boolean().default(false),
  /** The choices last shown, so that "1" or "2" can stand for them where a channel has no buttons. */
  choices: z.array(z.string()).default([]),
});
export type ConversationState = z.infer<typeof ConversationState>;
export type IntakeStep = (typeof INTAKE_STEPS)[number];
export type Draft = z.infer<typeof Draft>;

/** A state read back from storage; one that an older version wrote and we cannot read begins anew. */
export function readState(stored: unknown): ConversationState {
  const parsed = ConversationState.safeParse(stored);
  return parsed.success ? parsed.data : ConversationState.parse({});
}
