import type { ConsoleOptions } from "../desk.ts";
import type { Mount } from "../mount.ts";
import type { View } from "../view.tsx";
import { chatPages } from "./chat-page.tsx";
import { failedPages } from "./failed-page.tsx";
import { heldPage } from "./held-page.tsx";
import { judgementPages } from "./judgements-page.tsx";
import { listPage } from "./list-page.tsx";
import { proposeQuestionPages } from "./propose-question.ts";
import { questionPages } from "./question-page.tsx";
import { questionsPage } from "./questions-page.tsx";

/** The pages about chats: those that wait, all, one of them; questions without an answer, what went wrong, what was marked wrong. */
export function mountChats(mount: Mount, options: ConsoleOptions, view: View): void {
  mount("GET /console/chats", heldPage(options.conversations, view));
  mount("GET /console/chats/all", listPage(options.chats, view));

  const failed = failedPages(options, view);
  mount("GET /console/chats/failed", failed.show);
  mount("POST /console/chats/failed/:id/again", failed.again);
  mount("POST /console/chats/failed/:id/settle", failed.settle);

  const chat = chatPages(options, view);
  mount("GET /console/chats/:id", chat.show);
  mount("POST /console/chats/:id/write", chat.write);
  mount("POST /console/chats/:id/take-over", chat.takeOver);
  mount("POST /console/chats/:id/hand-back", chat.handBack);
  mount("POST /console/chats/:id/judge", chat.judge);

  mount("GET /console/questions", questionsPage(options, view));
  const question = questionPages(options, view);
  mount("GET /console/questions/:id", question.show);
  mount("POST /console/questions/:id/petition", question.petition);
  mount("POST /console/questions/:id/golden", question.golden);
  mount("POST /console/questions/:id/dismiss", question.dismiss);

  const propose = proposeQuestionPages(options, view);
  mount("GET /console/questions/:id/propose", propose.show);
  mount("POST /console/questions/:id/propose", propose.submit);

  const judgements = judgementPages(options, view);
  mount("GET /console/judgements", judgements.show);
  mount("POST /console/judgements/adopt", judgements.adopt);
  mount("POST /console/judgements/:id/expect", judgements.expect);
  mount("POST /console/judgements/:id/dismiss", judgements.dismiss);
}
