import type { Context } from "hono";
import type { ConsoleOptions } from "../desk.ts";
import type { Signed } from "../handler.ts";
import { type Answered, proposing } from "../knowledge/propose-page.tsx";
import type { View } from "../view.tsx";
import { MessageId } from "./judging.ts";
import { questionAddress } from "./places.ts";

type Needs = Pick<ConsoleOptions, "chats" | "knowledge" | "staff" | "topics">;

/** Offers an agency's answer to a question that found none as knowledge; the question is done with it. */
export function proposeQuestionPages(options: Needs, view: View) {
  const { questions, verbs, masked } = options.chats;
  return proposing(
    {
      ...options,
      find,
      proposed: async ({ of }, by) => {
        if ("question" in of) await verbs.questionToKnowledge(of.question, by);
      },
    },
    view,
  );

  async function find(c: Context<Signed>): Promise<Answered | null> {
    const id = MessageId.safeParse(c.req.param("id"));
    const question = id.success ? await questions.find(id.data) : null;
    if (!question) return null;
    const { messageId, text } = question;
    return {
      of: { question: messageId },
      address: questionAddress(messageId),
      name: "Câu hỏi chưa có lời đáp",
      seen: ["question-viewed", `message:${messageId}`],
      fields: { questions: masked(text.replace(/\s+/g, " ").trim()) },
    };
  }
}
