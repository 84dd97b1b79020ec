import { z } from "zod";
import { TopicId } from "../knowledge/document.ts";

const INTAKE_STEPS = ["content", "cooperative", "commune", "contact", "confirm"] as const;

const Draft = z.object({
  content: z.string(),
  cooperative: z.string().nullable().default(null),
  commune: z.string().nullable().default(null),
  contact: z.string().nullable().default(null),
  /** Ids of the messages whose photo or document goes with it. */
  files: z.array(z.number()).default([]),
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
  /** The messages whose photo came with what is offered. */
  offeredFiles: z.array(z.number()).default([]),
  /** The petition that the message before sent or added to, and how many files it brought; more of them may follow. */
  giving: z.object({ code: z.string(), files: z.number() }).nullable().default(null),
  /** What is awaited of the member about petitions of his, newest last: more, whether he is satisfied, or why he is not. */
  awaited: z.array(z.object({ code: z.string(), what: z.enum(["more", "verdict", "reason"]) })).default([]),
  /** Waiting for a yes to /xoadulieu. */
  confirmErase: z.boolean().default(false),
  /** Waiting for a yes to the withdrawal of a petition, or for the code of the one that is meant. */
  withdrawal: z.object({ code: z.string().nullable() }).nullable().default(null),
  /** The pause of automatic answers of which the member was told, by its beginning. */
  toldOfPause: z.string().nullable().default(null),
  /** The choices last shown, so that "1" or "2" can stand for them where a channel has no buttons. */
  choices: z.array(z.string()).default([]),
});
export type ConversationState = z.infer<typeof ConversationState>;
export type Awaited = ConversationState["awaited"][number];
export type IntakeStep = (typeof INTAKE_STEPS)[number];
export type Draft = z.infer<typeof Draft>;

/** A state read back from storage; one that an older version wrote and we cannot read begins anew. */
export function readState(stored: unknown): ConversationState {
  const parsed = ConversationState.safeParse(stored);
  return parsed.success ? parsed.data : ConversationState.parse({});
}

/** The state after staff asked something about a petition; `choices` are what their message offers. */
export function expecting(state: ConversationState, awaited: Awaited, choices: string[]): ConversationState {
  return { ...state, awaited: [...withoutAwaited(state, awaited.code), awaited], choices };
}

/** What is still awaited once a petition needs nothing of the member. */
export function withoutAwaited({ awaited }: ConversationState, code: string): Awaited[] {
  return awaited.filter((one) => one.code !== code);
}

/**
 * What a Turn leaves behind when staff changed the state while it was being worked out: what the Turn changed counts, the
 * rest is kept, and of what is awaited only the petitions that the Turn dealt with are taken from the Turn.
 */
export function mergeState(
  before: ConversationState,
  after: ConversationState,
  current: ConversationState,
): ConversationState {
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const keys = Object.keys(after) as (keyof ConversationState)[];
  const changed = keys.filter((key) => !isSame(before[key], after[key]));
  const has = (list: Awaited[], one: Awaited) => list.some((other) => isSame(one, other));
  return {
    ...current,
    ...Object.fromEntries(changed.map((key) => [key, after[key]])),
    awaited: [
      ...current.awaited.filter((one) => !has(before.awaited, one) || has(after.awaited, one)),
      ...after.awaited.filter((one) => !has(before.awaited, one)),
    ],
  };
}
