import { readCode } from "../petitions/code.ts";
import { normalize } from "../text/normalize.ts";
import { bareWords } from "../text/syllables.ts";
import { type AnswerParts, answer, begin, START_CHOICES, tapped } from "./answer-turn.ts";
import { type Command, readCommand } from "./commands.ts";
import { isFile, keepFile, sendFiles, takeFile } from "./files.ts";
import { askAgain, continueIntake, type IntakeParts } from "./intake.ts";
import { giveReason, isAskedForReason, readVerdict, supplyMore, withReasonLater } from "./petition-turn.ts";
import { type Heard, say } from "./say.ts";
import type { ConversationState } from "./state.ts";
import type { Turn } from "./turn.ts";
import {
  askWithdrawal,
  confirmWithdrawal,
  type WithdrawalParts,
  withdrawalOf,
  withoutWithdrawal,
} from "./withdrawal.ts";
import { CHOICES, lookUpWording, wording } from "./wording.ts";

/** One message to one Turn. */
export type Respond = (heard: Heard) => Promise<Turn>;

export type RespondParts = IntakeParts &
  AnswerParts &
  WithdrawalParts & {
    /** The edition of the knowledge that the other parts are made of. */
    edition: number | null;
  };

/** Outcomes whose words already tell that a machine answers and who reads along. */
const INTRODUCES = new Set(["command_start", "smalltalk_greeting"]);

export function createRespond(parts: RespondParts): Respond {
  return async (heard) => {
    const text = chosen(normalize(heard.text), heard.state.choices);
    const given = keepFile({ ...heard, text });
    const turn = sendFiles(withReminder(await take(given, parts), given, parts), given);
    const noticed = heard.state.greeted || INTRODUCES.has(turn.outcome) ? turn : withFirstNotice(turn);
    return {
      ...noticed,
      edition: parts.edition,
      trace: noticed.trace === null ? null : { ...(noticed.trace as object), edition: parts.edition },
      state: { ...noticed.state, greeted: true, choices: shown(noticed, heard.state) },
    };
  };
}

/** What the member sees to choose from now; a Turn that says nothing leaves what he saw before. */
function shown({ replies }: Turn, before: ConversationState): string[] {
  return replies.length === 0 ? before.choices : (replies.at(-1)?.choices ?? []);
}

/** The order in which a message is tried; the first that takes it answers. */
async function take(heard: Heard, parts: RespondParts): Promise<Turn> {
  const { text, state } = heard;
  if (!/[\p{L}\p{N}]/u.test(text)) return takeWordless(heard, parts);
  const verdict = await readVerdict(heard, parts.lookUp);
  if (verdict) return verdict;
  if (state.withdrawal) {
    return (await confirmWithdrawal(heard, parts)) ?? take(withoutWithdrawal(heard), parts);
  }
  if (state.confirmErase) return confirmErase(heard) ?? take(withoutErase(heard), parts);
  const command = readCommand(text);
  if (command && !isAnswerToIntake(command, heard)) return obey(command, heard, parts);
  if (state.intake) return goOnWithIntake(heard, state.intake, parts);
  const turn = (await askedInstead(heard, parts)) ?? giveReason(heard) ?? tapped(heard, parts);
  if (turn) return turn;
  if (heard.pausedSince) return (await supplyMore(heard, parts.lookUp)) ?? keepUnanswered(heard);
  return isGreeting(text) ? greet(heard) : ((await supplyMore(heard, parts.lookUp)) ?? answer(heard, parts));
}

async function takeWordless(heard: Heard, parts: RespondParts): Promise<Turn> {
  if (!heard.attachment) return say(heard, "no_words", wording.noWords);
  const said = isFile(heard.attachment) ? `${wording.notText}\n\n${wording.fileAlone}` : wording.notText;
  return (await takeFile(heard, parts.lookUp)) ?? say(heard, "not_text", said);
}

/** A question that finds its answer is not the reason that was asked for. */
async function askedInstead(heard: Heard, parts: RespondParts): Promise<Turn | null> {
  const isQuestion =
    isAskedForReason(heard.state) && !heard.pausedSince && /\?\s*$/.test(heard.text.slice(-20));
  const turn = isQuestion ? await answer(heard, parts) : null;
  return turn?.outcome.startsWith("answered") ? withReasonLater(turn) : null;
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

/** Automatic answers are off: what was written is kept for staff, and the member is told so once in each pause. */
function keepUnanswered(heard: Heard): Turn {
  const { pausedSince = null, state } = heard;
  const turn = say(heard, "unanswered_switched_off", wording.paused, [CHOICES.petition, CHOICES.person]);
  return {
    ...turn,
    replies: state.toldOfPause === pausedSince ? [] : turn.replies,
    state: { ...state, toldOfPause: pausedSince, offered: heard.text },
  };
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
      return heard.state.intake || isAskedForReason(heard.state)
        ? say({ ...heard, state: withoutIntake(heard.state) }, "intake_cancelled", wording.cancelled)
        : say(heard, "command_cancel", wording.nothingToCancel);
    case "kiennghi":
      return begin(heard, command.argument || heard.state.offered);
    case "rut":
      return askWithdrawal(heard, command.argument, parts);
    case "tracuu":
      return lookUp(heard, command.argument, parts);
  }
}

function withoutIntake(state: ConversationState): ConversationState {
  return { ...state, intake: null, awaited: state.awaited.filter(({ what }) => what !== "reason") };
}

async function lookUp(heard: Heard, argument: string, parts: RespondParts): Promise<Turn> {
  const reading = readCode(argument);
  if (argument.trim() === "") return say(heard, "command_look_up", lookUpWording.askCode);
  if (reading.kind !== "code") return say(heard, "command_look_up_mistyped", lookUpWording.mistyped);
  const petition = await parts.lookUp(reading.code, heard.conversationId);
  return petition
    ? say(heard, "command_look_up", lookUpWording.view(petition), withdrawalOf(petition, heard))
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
