import { readCode } from "../petitions/code.ts";
import { mayBecome, type PetitionView } from "../petitions/petition.ts";
import { bareWords } from "../text/syllables.ts";
import { isCodeAlone } from "./commands.ts";
import { type Heard, say } from "./say.ts";
import { withoutAwaited } from "./state.ts";
import type { Turn } from "./turn.ts";
import { withdrawalWording } from "./withdrawal-wording.ts";
import { CHOICES, lookUpWording, petitionWording } from "./wording.ts";

/** What taking a petition back needs. */
export type WithdrawalParts = {
  lookUp: (code: string, conversationId: number) => Promise<PetitionView | null>;
  /** The codes of a chat's petitions that are still somebody's work, newest first. */
  openPetitions: (conversationId: number) => Promise<string[]>;
};

/** Asks whether the petition that the words name is to be withdrawn; without a code, the only open one of this chat is meant. */
export async function askWithdrawal(heard: Heard, argument: string, parts: WithdrawalParts): Promise<Turn> {
  const reading = readCode(argument);
  if (reading.kind === "mistyped") return askCode(heard, "withdrawal_mistyped", lookUpWording.mistyped);
  if (reading.kind === "code") return askAbout(heard, reading.code, parts);
  const open = await parts.openPetitions(heard.conversationId);
  const [only] = open;
  if (!only) return askCode(heard, "withdrawal_code", withdrawalWording.askCode);
  return open.length === 1 ? askAbout(heard, only, parts) : askWhich(heard, open);
}

/** Takes the answer to what was asked; null when the member has gone on to something else, which is not a yes. */
export async function confirmWithdrawal(heard: Heard, parts: WithdrawalParts): Promise<Turn | null> {
  const code = heard.state.withdrawal?.code ?? null;
  const said = bareWords(heard.text.slice(0, 60));
  if (isNo(said)) return say(withoutWithdrawal(heard), "withdrawal_declined", withdrawalWording.kept);
  if (code === null) return isCodeAlone(heard.text) ? askWithdrawal(heard, heard.text, parts) : null;
  if (!isYes(said, code)) return null;
  const view = await parts.lookUp(code, heard.conversationId);
  const refusal = refusalOf(view);
  return refusal ? say(withoutWithdrawal(heard), "withdrawal_refused", refusal) : withdraw(heard, code);
}

/** The state without an open question about a withdrawal. */
export function withoutWithdrawal(heard: Heard): Heard {
  return { ...heard, state: { ...heard.state, withdrawal: null } };
}

/** What a look-up offers its owner; nothing in the middle of an intake, whose own choices come next. */
export function withdrawalOf({ owned, status, code }: PetitionView, { state }: Heard): string[] {
  return owned && mayBecome(status, "withdrawn") && !state.intake ? [`${CHOICES.withdraw} ${code}`] : [];
}

async function askAbout(heard: Heard, code: string, parts: WithdrawalParts): Promise<Turn> {
  const refusal = refusalOf(await parts.lookUp(code, heard.conversationId));
  if (refusal) return say(withoutWithdrawal(heard), "withdrawal_refused", refusal);
  const state = { ...heard.state, withdrawal: { code } };
  return say({ ...heard, state }, "withdrawal_asked", withdrawalWording.question(code), [
    CHOICES.withdraw,
    CHOICES.keepPetition,
  ]);
}

function askCode(heard: Heard, outcome: string, text: string): Turn {
  return say({ ...heard, state: { ...heard.state, withdrawal: { code: null } } }, outcome, text);
}

function askWhich(heard: Heard, codes: string[]): Turn {
  const choices = codes.map((code) => `${CHOICES.withdraw} ${code}`);
  return say(withoutWithdrawal(heard), "withdrawal_which", petitionWording.whichOne, choices);
}

/** Why a petition cannot be withdrawn from this chat, or null. */
function refusalOf(view: PetitionView | null): string | null {
  if (!view) return lookUpWording.unknown;
  if (!view.owned) return withdrawalWording.notOwned(view.code);
  return mayBecome(view.status, "withdrawn") ? null : withdrawalWording.tooLate(view.code, view.status);
}

function withdraw(heard: Heard, code: string): Turn {
  const state = { ...heard.state, withdrawal: null, awaited: withoutAwaited(heard.state, code) };
  return {
    ...say({ ...heard, state }, "petition_withdrawn", withdrawalWording.done(code)),
    act: { code, verb: "withdraw", text: "" },
  };
}

const YES = new Set([bareWords(CHOICES.withdraw), "rut", "rut di", "co", "dong y", "ok", "dung", "dung roi"]);
const NO = new Set([bareWords(CHOICES.keepPetition), "khong", "ko", "k", "thoi", "huy", "khong rut nua"]);

function isYes(said: string, code: string): boolean {
  return YES.has(said) || said === bareWords(`${CHOICES.withdraw} ${code}`);
}

function isNo(said: string): boolean {
  return NO.has(said);
}
