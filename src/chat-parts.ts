import { masked } from "./answering/mask.ts";
import { createChatDesk } from "./chat-desk.ts";
import type { ChatWork } from "./console/chat-work.ts";
import { ChatListStore } from "./db/chat-list.ts";
import { FailedMessageStore } from "./db/failed-messages.ts";
import { JudgementStore } from "./db/judgements.ts";
import { OpenQuestionStore } from "./db/open-questions.ts";

type Parts = Omit<Parameters<typeof createChatDesk>[0], "judgements" | "questions" | "failed">;

/** Wires the console's port about chats to the stores and the desk. */
export function chatWork(given: Parts): ChatWork {
  const { database } = given;
  const judgements = new JudgementStore(database);
  const questions = new OpenQuestionStore(database);
  const failed = new FailedMessageStore(database);
  const chats = new ChatListStore(database);
  return {
    list: (filter, after, limit) => chats.list(filter, after, limit),
    failed: (before, limit) => failed.list(before, limit),
    questions,
    judgements,
    masked,
    verbs: createChatDesk({ ...given, judgements, questions, failed }),
  };
}
