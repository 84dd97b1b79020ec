import type { Context } from "hono";
import type { OpenQuestion } from "../../conversation/chat-list.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import type { View } from "../view.tsx";
import { documentNumber, Expected, judgementOf, MessageId, Reason, UNKNOWN_DOCUMENT } from "./judging.ts";
import { QUESTIONS, saying } from "./places.ts";
import { QuestionView } from "./question-view.tsx";

type Needs = Pick<ConsoleOptions, "chats" | "knowledge" | "staff">;

const FAULTS = {
  reason: "Xin ghi lý do bỏ qua.",
  golden: "Xin ghi số hiệu văn bản có câu trả lời đúng, hoặc chọn “Chưa có văn bản nào”.",
};

/** One question that found no answer, and what becomes of it: a petition, a golden question, knowledge, or nothing. */
export function questionPages({ chats, knowledge, staff }: Needs, view: View) {
  const { questions, judgements, verbs } = chats;

  const show: Handler = async (c) => {
    const question = await find(c);
    if (!question) return view.refusal(c, 404);
    await staff.audit(c.var.session.staff.id, "question-viewed", `message:${question.messageId}`);
    return draw(c, question);
  };

  const petition = dealing(async ({ messageId }, by) => {
    const codes = await verbs.petitionFor(messageId, by);
    return codes.length > 0 ? "petition" : "gone";
  });

  const dismiss = dealing(async ({ messageId }, by, form) => {
    const reason = Reason.safeParse(form.reason);
    if (!reason.success) return { fault: FAULTS.reason };
    return (await verbs.dismissQuestion(messageId, reason.data, by)) > 0 ? "dismissed" : "gone";
  });

  const golden = dealing(async ({ messageId }, by, form) => {
    const { document: typed, fact } = Expected.parse(form);
    const isDeclined = form.expected === "declined";
    if (!isDeclined && typed === null) return { fault: FAULTS.golden };
    const document = isDeclined || typed === null ? null : documentNumber(knowledge.live.now(), typed);
    if (document === undefined) return { fault: UNKNOWN_DOCUMENT };
    const asked = await judgements.asked(messageId);
    if (!asked) return "gone";
    const kind = isDeclined ? "rightly-declined" : "not-found";
    const said = { kind, note: null, document, fact: isDeclined ? null : fact } as const;
    return (await verbs.questionToGolden(judgementOf(messageId, asked, said), by)) ? "golden" : "gone";
  });

  type Done = (
    question: OpenQuestion,
    by: number,
    form: Record<string, unknown>,
  ) => Promise<string | { fault: string }>;

  /** A form that is sent twice finds the question dealt with, and changes nothing. */
  function dealing(deal: Done): Handler {
    return async (c) => {
      if (!MessageId.safeParse(c.req.param("id")).success) return view.refusal(c, 404);
      const question = await find(c);
      if (!question) return c.redirect(saying(QUESTIONS, "gone"), 303);
      const done = await deal(question, c.var.session.staff.id, await c.req.parseBody());
      return typeof done === "string"
        ? c.redirect(saying(QUESTIONS, done), 303)
        : draw(c, question, done.fault);
    };
  }

  async function find(c: Context<Signed>): Promise<OpenQuestion | null> {
    const id = MessageId.safeParse(c.req.param("id"));
    return id.success ? questions.find(id.data) : null;
  }

  function draw(c: Context<Signed>, question: OpenQuestion, fault?: string) {
    const documents = knowledge.live.now().corpus.documents.map(({ number }) => number);
    const given = { question, documents, session: c.var.session, fault };
    return view.page(
      c,
      "Câu hỏi chưa có lời đáp",
      <QuestionView {...given} />,
      fault === undefined ? 200 : 400,
    );
  }

  return { show, petition, golden, dismiss };
}
