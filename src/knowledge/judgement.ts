import type { GoldenQuestion } from "./catalog.ts";

/** What staff say of an answer, or of a question that found none. */
export const JUDGEMENTS = {
  "wrong-figure": "Sai số liệu",
  "wrong-clause": "Sai điều khoản",
  "out-of-date": "Nội dung đã cũ",
  "should-decline": "Đáng lẽ phải nói là chưa có thông tin",
  "not-found": "Có văn bản mà không tìm ra",
  "rightly-declined": "Chưa có văn bản, trả lời “chưa có thông tin” là đúng",
  other: "Lý do khác",
} as const;
export type JudgementKind = keyof typeof JUDGEMENTS;

/** The kinds by which an answer that was given is marked wrong. */
export const WRONG_KINDS = [
  "wrong-figure",
  "wrong-clause",
  "out-of-date",
  "should-decline",
  "other",
] as const;

/** What is noted of a judgement; what only the member may know is masked in it before it is stored. */
export type NewJudgement = {
  messageId: number;
  kind: JudgementKind;
  note: string | null;
  question: string;
  context: string | null;
  expectedDocument: string | null;
  expectedFact: string | null;
};

export type Judgement = NewJudgement & {
  id: number;
  topic: string;
  conversationId: number;
  status: "open" | "golden" | "dismissed";
  by: string;
  at: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  reason: string | null;
  edition: number | null;
};

/** Whether it is known what the right answer is: a document, or that there is none. */
export function isExpected({
  kind,
  expectedDocument,
}: Pick<NewJudgement, "kind" | "expectedDocument">): boolean {
  return expectedDocument !== null || declines(kind);
}

function declines(kind: JudgementKind): boolean {
  return kind === "should-decline" || kind === "rightly-declined";
}

/** A judgement as a file of one golden question. It is there to build from: what staff set right shall be answered right. */
export function goldenFile(judgement: Judgement): { name: string; text: string } {
  const { id, question, context, topic, kind, expectedDocument, expectedFact } = judgement;
  const golden: GoldenQuestion = {
    id: `danh-gia-${id}`,
    text: question,
    context: context === null ? [] : [context],
    kind: declines(kind) ? "unanswerable" : "answerable",
    topic,
    split: "build",
    expect: {
      documents: !declines(kind) && expectedDocument ? [expectedDocument] : [],
      facts: !declines(kind) && expectedFact ? [expectedFact] : [],
      accept: {},
    },
  };
  return { name: `golden/danh-gia-${id}.jsonl`, text: `${JSON.stringify(golden)}\n` };
}
