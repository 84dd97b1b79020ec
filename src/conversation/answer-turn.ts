import type { Answer, Ask } from "../answering/answer.ts";
import type { Topic } from "../knowledge/catalog.ts";
import type { Passage } from "../knowledge/validity.ts";
import { bareWords } from "../text/syllables.ts";
import { openIntake } from "./intake.ts";
import { type Heard, say } from "./say.ts";
import type { ConversationState } from "./state.ts";
import type { Reply, Turn } from "./turn.ts";
import { CHOICES, wording } from "./wording.ts";

/** What answering a question in a chat needs. */
export type AnswerParts = { ask: Ask; passage: (id: string) => Passage | null; topics: Topic[] };

const REMEMBERED_QUESTIONS = 3;
const QUESTION_LIMIT = 2000;
/** What a greeting offers. */
export const START_CHOICES: string[] = [CHOICES.topics, CHOICES.petition];

export async function answer(heard: Heard, parts: AnswerParts): Promise<Turn> {
  const found = await parts.ask({
    text: heard.text.slice(0, QUESTION_LIMIT),
    context: heard.state.recentQuestions,
    today: heard.today,
  });
  if (found.outcome === "petition")
    return { ...begin(heard, heard.text), outcome: "petition", trace: found.trace };
  const isQuestion = found.outcome.startsWith("answered") || found.outcome.startsWith("unanswered");
  const state: ConversationState = {
    ...heard.state,
    recentQuestions: isQuestion
      ? [...heard.state.recentQuestions, heard.text.slice(0, QUESTION_LIMIT)].slice(-REMEMBERED_QUESTIONS)
      : heard.state.recentQuestions,
    lastAnswer:
      found.citations.length > 0
        ? {
            question: heard.text,
            passageIds: found.citations.map((citation) => citation.passageId),
            topic: found.topic,
          }
        : heard.state.lastAnswer,
    offered: found.offersPetition ? heard.text : null,
  };
  const reply = saidOfLength(heard.text, replyTo(found));
  return {
    ...say({ ...heard, state }, found.outcome, reply.text, reply.choices),
    trace: found.trace,
    cited: found.citations.map((citation) => citation.passageId),
  };
}

/** Who wrote more than is read is told so before the answer, since the question may have stood in what was left out. */
function saidOfLength({ length }: string, reply: Reply): Reply {
  if (length <= QUESTION_LIMIT) return reply;
  return { ...reply, text: `${wording.onlyBeginningRead(QUESTION_LIMIT)}\n\n${reply.text}` };
}

/** The words around an answer: what it offers next, or why there is none. */
export function replyTo(found: Answer): Reply {
  if (found.outcome.startsWith("answered")) {
    const mixed = found.offersPetition ? `\n\n${wording.mixed}` : "";
    return {
      text: `${found.text}${mixed}\n\n${wording.helpfulQuestion}`,
      choices: [
        CHOICES.helpful,
        CHOICES.unhelpful,
        CHOICES.clause,
        ...(found.offersPetition ? [CHOICES.petition] : []),
      ],
    };
  }
  switch (found.outcome) {
    case "unanswered_known_gap":
      return { text: `${found.text}\n\n${wording.knownGap}`, choices: [CHOICES.petition, CHOICES.person] };
    case "unanswered_no_support":
      return { text: wording.unanswered, choices: [CHOICES.petition, CHOICES.person] };
    case "petition":
      return openIntake(null).reply;
    case "smalltalk_greeting":
      return { text: wording.greeting, choices: START_CHOICES };
    case "refused_out_of_scope":
    case "refused_steering":
      return { text: wording[found.outcome], choices: [CHOICES.person] };
    default:
      return { text: wording[found.outcome as SmallTalk], choices: [] };
  }
}

type SmallTalk = "smalltalk_thanks" | "smalltalk_identity";

/** Choices under an answer, tapped or typed. */
export function tapped(heard: Heard, parts: AnswerParts): Turn | null {
  const plain = bareWords(heard.text.slice(0, 100));
  const { lastAnswer, choices } = heard.state;
  const offered = (choice: string) => plain === bareWords(choice) && choices.includes(choice);
  if (offered(CHOICES.helpful)) return say(heard, "feedback_helpful", wording.feedbackThanks);
  if (offered(CHOICES.unhelpful)) {
    const state = { ...heard.state, offered: lastAnswer?.question ?? null };
    return say({ ...heard, state }, "feedback_unhelpful", wording.unhelpful, [
      CHOICES.petition,
      CHOICES.person,
    ]);
  }
  if (plain === bareWords(CHOICES.clause) || plain === "nguyen van") return showClauses(heard, parts);
  const topic = parts.topics.find(({ name }) => offered(name));
  return topic ? say(heard, "topic_picked", wording.topicPicked(topic.name, topic.description)) : null;
}

function showClauses(heard: Heard, parts: AnswerParts): Turn {
  const passages = (heard.state.lastAnswer?.passageIds ?? []).flatMap((id) => parts.passage(id) ?? []);
  if (passages.length === 0) return say(heard, "clause_none", wording.nothingToShow);
  return say(heard, "clause_shown", passages.map(wholeClause).join("\n\n"));
}

function wholeClause(passage: Passage): string {
  return [
    `${passage.document} – ${passage.documentTitle} (${passage.issuer})`,
    passage.headingPath.join(" › "),
    passage.lead,
    ...passage.parts.map((part) => `• ${part.text}`),
    `Nguồn: ${passage.source}${passage.page ? `, trang ${passage.page}` : ""}. Đây là lời tóm tắt của hệ thống, không phải nguyên văn của văn bản pháp luật.`,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** An intake opens with what was written already, when that is known. */
export function begin(heard: Heard, content: string | null): Turn {
  const { reply, intake } = openIntake(content);
  return {
    ...say(heard, "intake_opened", reply.text, reply.choices),
    state: { ...heard.state, intake, offered: null },
  };
}
