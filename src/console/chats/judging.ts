import { z } from "zod";
import { type JudgementKind, type NewJudgement, WRONG_KINDS } from "../../knowledge/judgement.ts";
import { normalize } from "../../text/normalize.ts";
import type { Asked } from "../chat-work.ts";
import type { InUse } from "../knowledge-desk.ts";
import { readTrace } from "./trace.ts";

/** A line that may stay empty. */
const optional = (length: number) =>
  z
    .string()
    .transform((text) => normalize(text).replace(/\s+/g, " ").slice(0, length) || null)
    .catch(null)
    .default(null);

/** What was expected instead: a document by its number, and what the answer must say. */
export const Expected = z.object({ document: optional(100), fact: optional(200) });

/** The form by which an answer is marked wrong. */
export const WrongAnswer = Expected.extend({
  message: z.coerce.number().int().positive(),
  kind: z.enum(WRONG_KINDS),
  note: optional(2000),
});

export const MessageId = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

export const Reason = z
  .string()
  .transform((text) => normalize(text).slice(0, 500))
  .pipe(z.string().min(1));

export const UNKNOWN_DOCUMENT =
  "Không có văn bản nào mang số hiệu này trong kiến thức đang dùng. Hãy chép đúng số hiệu, hoặc để trống.";

/** The number of a document as it is in force, however it was typed; undefined when there is none. */
export function documentNumber(inUse: InUse, typed: string): string | undefined {
  const plain = (number: string) => number.toLowerCase().replaceAll(/\s/g, "");
  return inUse.corpus.documents.find(({ number }) => plain(number) === plain(typed))?.number;
}

type Said = { kind: JudgementKind; note: string | null; document: string | null; fact: string | null };

/** What is noted of an answer, in the words of its member. */
export function judgementOf(messageId: number, asked: Asked, said: Said): NewJudgement {
  const earlier = readTrace(asked.trace)?.understood?.earlier ?? null;
  return {
    messageId,
    kind: said.kind,
    note: said.note,
    question: normalize(asked.text).replace(/\s+/g, " "),
    context: earlier,
    expectedDocument: said.document,
    expectedFact: said.fact,
  };
}
