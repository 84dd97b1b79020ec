import type { Answer, Ask } from "../answering/answer.ts";
import type { Topic } from "../knowledge/catalog.ts";
import type { Passage } from "../knowledge/validity.ts";
import { readCode } from "../petitions/code.ts";
import type { PetitionView } from "../petitions/petition.ts";
import { normalize } from "../text/normalize.ts";
import { bareWords } from "../text/syllables.ts";
import type { Attachment } from "./channel.ts";
import { type Command, readCommand } from "./commands.ts";
import { askAgain, continueIntake, type IntakeParts, openIntake } from "./intake.ts";
import type { ConversationState } from "./state.ts";
import type { Reply, Turn } from "./turn.ts";
import { CHOICES, lookUpWording, wording } from "./wording.ts";

/** A member's message with what the bot remembers of the chat. `today` is an ISO day in Vietnam. */
export type Heard = {
  text: string;
  attachment: Attachment | null;
  conversationId: number;
  state: ConversationState;
  today: string;
};

/** One message to one Turn. */
export type Respond = (heard: Heard) => Promise<Turn>;

export type RespondParts = IntakeParts & {
  ask: Ask;
  lookUp: (code: string, conversationId: number) => Promise<PetitionView | null>;
  passage: (id: string) => Passage | null;
  topics: Topic[];
};

const REMEMBERED_QUESTIONS = 3;
const QUESTION_LIMIT = 2000;

/** Outcomes whose words already tell that a machine answers and who reads along. */
const INTRODUCES = new Set(["command_start", "smalltalk_greeting"]);
const START_CHOICES = [CHOICES.topics, CHOICES.petition];

export function createRespond(parts: RespondParts): Respond {
  return async (heard) => {
    const text = chosen(normalize(heard.text), heard.state.choices);
    const turn = withReminder(await take({ ...heard, text }, parts), heard, parts);
    const noticed = heard.state.greeted || INTRODUCES.has(turn.outcome) ? turn : withFirstNotice(turn);
    return {
      ...noticed,
      state: { ...noticed.state, greeted: true, choices: noticed.replies.at(-1)?.choices ?? [] },
    };
  };
}

/** The order in which a message is tried; the first that takes it answers. */
async function take(heard: Heard, parts: RespondParts): Promise<Turn> {
  const { text, state } = heard;
  if (!/[\p{L}\p{N}]/u.test(text)) {
    return say(
      heard,
      heard.attachment ? "not_text" : "no_words",
      heard.attachment ? wording.notText : wording.noWords,
    );
  }
  if (state.confirmErase) return confirmErase(heard) ?? take(withoutErase(heard), parts);
  const command = readCommand(text);
  if (command && !isAnswerToIntake(command, heard)) return obey(command, heard, parts);
  if (state.intake) return goOnWithIntake(heard, state.intake, parts);
  return tapped(heard, parts) ?? (isGreeting(text) ? greet(heard) : answer(heard, parts));
}

/** "Gửi kiến nghị" said under the summary means "send it", not "begin again". */
function isAnswerToIntake(command: Command, { text, state }: Heard): boolean {
  return state.intake !== null && command.name === "kiennghi" && !text.startsWith("/");
}

const GREETING =
  /^(?:(?:da|a|xin|kinh|em|toi|tui|con|chau) )*(?:chao|hello|helo|hi|hey|alo|a lo)(?: (?:ban|bot|cau noi|anh|chi|em|co|chu|bac|ad|admin|can bo|ca nha|moi nguoi|tro ly|quy|buoi|sang|trua|chieu|toi|nha|nhe|nghen|a|oi))*$/;

function isGreeting(text: string): boolean {
  return text.length <= 60 && GREETING.test(bareWords(text));
}

function greet(heard: Heard): Turn {
  return say(heard, "smalltalk_greeting", wording.greeting, START_CHOICES);
}

/** "2" stands for the second choice where a channel shows numbers instead of buttons. */
function chosen(text: string, choices: string[]): string {
  const number = /^(\d{1,2})[.)]?$/.exec(text)?.[1];
  return (number && choices[Number(number) - 1]) || text;
}

async function obey(command: Command, heard: Heard, parts: RespondParts): Promise<Turn> {
  switch (command.name) {
    case null:
      return say(heard, "command_unknown", wording.unknownCommand(command.written));
    case "start":
      return say(
        { ...heard, state: { ...heard.state, intake: null } },
        "command_start",
        wording.greeting,
        START_CHOICES,
      );
    case "trogiup":
      return say(heard, "command_help", wording.help);
    case "chude":
      return say(
        heard,
        "command_topics",
        wording.topicsHeading,
        parts.topics.filter(({ id }) => id !== "khac").map(({ name }) => name),
      );
    case "canbo":
      return { ...say(heard, "command_person", wording.handOver), handOver: true };
    case "xoadulieu": {
      const state = { ...heard.state, confirmErase: true };
      return say({ ...heard, state }, "command_erase", wording.eraseQuestion, [CHOICES.erase, CHOICES.keep]);
    }
    case "huy":
      return heard.state.intake
        ? say({ ...heard, state: { ...heard.state, intake: null } }, "intake_cancelled", wording.cancelled)
        : say(heard, "command_cancel", wording.nothingToCancel);
    case "kiennghi":
      return begin(heard, command.argument || heard.state.offered);
    case "tracuu":
      return lookUp(heard, command.argument, parts);
  }
}

async function lookUp(heard: Heard, argument: string, parts: RespondParts): Promise<Turn> {
  const reading = readCode(argument);
  if (argument.trim() === "") return say(heard, "command_look_up", lookUpWording.askCode);
  if (reading.kind !== "code") return say(heard, "command_look_up_mistyped", lookUpWording.mistyped);
  const petition = await parts.lookUp(reading.code, heard.conversationId);
  return petition
    ? say(heard, "command_look_up", lookUpWording.view(petition))
    : say(heard, "command_look_up_unknown", lookUpWording.unknown);
}

/** Null when the member has gone on to something else, which is not a yes. */
function confirmErase(heard: Heard): Turn | null {
  const said = bareWords(heard.text.slice(0, 60));
  if ([bareWords(CHOICES.erase), "xoa", "co", "dong y"].includes(said)) {
    return { ...say(heard, "erased", wording.erased), erase: true };
  }
  const isNo = [bareWords(CHOICES.keep), "khong", "ko", "thoi", "huy"].includes(said);
  return isNo ? say(withoutErase(heard), "erase_declined", wording.kept) : null;
}

function withoutErase(heard: Heard): Heard {
  return { ...heard, state: { ...heard.state, confirmErase: false } };
}

/** An intake opens with what was written already, when that is known. */
function begin(heard: Heard, content: string | null): Turn {
  const { reply, intake } = openIntake(content);
  return {
    ...say(heard, "intake_opened", reply.text, reply.choices),
    state: { ...heard.state, intake, offered: null },
  };
}

function goOnWithIntake(
  heard: Heard,
  intake: NonNullable<ConversationState["intake"]>,
  parts: RespondParts,
): Turn {
  const turn = continueIntake(intake, heard.text, parts);
  return {
    ...say(
      heard,
      turn.petition ? "petition_received" : `intake_${intake.step}`,
      turn.reply.text,
      turn.reply.choices,
    ),
    state: { ...heard.state, intake: turn.intake },
    petition: turn.petition,
  };
}

/** Choices under an answer, tapped or typed. */
function tapped(heard: Heard, parts: RespondParts): Turn | null {
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

function showClauses(heard: Heard, parts: RespondParts): Turn {
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
    `Nguồn: ${passage.source}. Đây là lời tóm tắt của hệ thống, không phải nguyên văn của văn bản pháp luật.`,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

async function answer(heard: Heard, parts: RespondParts): Promise<Turn> {
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
  const reply = replyTo(found);
  return { ...say({ ...heard, state }, found.outcome, reply.text, reply.choices), trace: found.trace };
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
    default:
      return { text: wording[found.outcome as SmallTalk], choices: [] };
  }
}

type SmallTalk = "smalltalk_thanks" | "smalltalk_identity" | "refused_out_of_scope" | "refused_steering";

function say(heard: Heard, outcome: string, text: string, choices: string[] = []): Turn {
  return {
    replies: [{ text, choices }],
    state: heard.state,
    outcome,
    trace: null,
    petition: null,
    handOver: false,
    erase: false,
  };
}

function withFirstNotice(turn: Turn): Turn {
  const [first, ...rest] = turn.replies;
  return first
    ? { ...turn, replies: [{ ...first, text: `${first.text}\n\n${wording.firstNotice}` }, ...rest] }
    : turn;
}

/** A command in the middle of an intake is answered, and then the open step is asked once more. */
function withReminder(turn: Turn, heard: Heard, parts: IntakeParts): Turn {
  const { intake } = turn.state;
  const isUntouched = intake !== null && intake === heard.state.intake;
  const hasChoices = (turn.replies.at(-1)?.choices.length ?? 0) > 0;
  if (!isUntouched || hasChoices || turn.handOver || turn.erase) return turn;
  return { ...turn, replies: [...turn.replies, askAgain(intake, parts)] };
}
