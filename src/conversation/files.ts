import { type PetitionView, STATUSES } from "../petitions/petition.ts";
import type { Attachment } from "./channel.ts";
import { giveReason, supplyMore } from "./petition-turn.ts";
import { type Heard, say } from "./say.ts";
import type { ConversationState } from "./state.ts";
import type { Turn } from "./turn.ts";
import { intakeWording, petitionWording } from "./wording.ts";

type LookUp = (code: string, conversationId: number) => Promise<PetitionView | null>;

/** What one petition may bring along when it is sent, and again each time that staff ask for more. */
export const MOST_FILES = 10;

/** Acts of the member with which a file makes sense. */
const BRINGING = new Set(["supply", "unsatisfied"]);

/** Whether it can go with a petition: a photo or a document that can be fetched. */
export function isFile(attachment: Attachment | null): boolean {
  if (attachment === null || attachment.reference === null) return false;
  return attachment.kind === "photo" || attachment.kind === "document";
}

/** While an intake is open, what the member sends is kept with its draft, whatever the words beside it do. */
export function keepFile(heard: Heard): Heard {
  return { ...heard, state: withFiles(heard.state, filesOf(heard)) };
}

/** Takes a photo or document without words; null when nothing waits for one. */
export async function takeFile(heard: Heard, lookUp: LookUp): Promise<Turn | null> {
  const [file] = filesOf(heard);
  if (file === undefined) return null;
  const { intake } = heard.state;
  if (!intake) return giveReason(heard) ?? (await supplyMore(heard, lookUp)) ?? giveAlso(heard, file, lookUp);
  return intake.draft.files.includes(file)
    ? say(heard, "intake_file", intakeWording.fileKept)
    : tooMany(heard);
}

/** Photos come one by one, so those after the first, or after the words, go where that went. */
async function giveAlso(heard: Heard, file: number, lookUp: LookUp): Promise<Turn | null> {
  const { giving } = heard.state;
  const view = giving && (await lookUp(giving.code, heard.conversationId));
  if (!giving || !view?.owned || !STATUSES[view.status].open) return null;
  if (giving.files >= MOST_FILES) return tooMany(heard);
  return give(say(heard, "petition_file", petitionWording.fileAdded(giving.code)), giving, [file]);
}

/** Sends what was kept along with the petition of this Turn, or keeps it for the petition that may come of it. */
export function sendFiles(turn: Turn, heard: Heard): Turn {
  if (turn.files) return turn;
  if (turn.petition)
    return give(turn, { code: turn.petition.code, files: 0 }, heard.state.intake?.draft.files);
  if (turn.act && BRINGING.has(turn.act.verb))
    return give(turn, { code: turn.act.code, files: 0 }, filesOf(heard));
  const state = withFiles(turn.state, [...carriedOver(turn, heard), ...filesOf(heard)]);
  return { ...turn, state: { ...state, giving: null, offeredFiles: offeredFiles(turn, heard) } };
}

type Giving = NonNullable<ConversationState["giving"]>;

function give(turn: Turn, { code, files }: Giving, messages: number[] = []): Turn {
  return {
    ...turn,
    files: messages.length > 0 ? { code, messages } : null,
    state: { ...turn.state, giving: { code, files: files + messages.length }, offeredFiles: [] },
  };
}

/** The photo of a complaint that was offered to be sent, once the intake opens with that complaint. */
function carriedOver({ state }: Turn, heard: Heard): number[] {
  const isOpened = state.intake !== null && heard.state.intake === null;
  return isOpened && state.intake?.draft.content === heard.state.offered ? heard.state.offeredFiles : [];
}

function offeredFiles({ state }: Turn, heard: Heard): number[] {
  if (state.offered === null) return [];
  if (state.offered === heard.text) return filesOf(heard);
  return state.offered === heard.state.offered ? heard.state.offeredFiles : [];
}

function tooMany(heard: Heard): Turn {
  return say(heard, "file_too_many", intakeWording.tooManyFiles(MOST_FILES));
}

function filesOf({ attachment, messageId }: Heard): number[] {
  return messageId !== undefined && isFile(attachment) ? [messageId] : [];
}

function withFiles(state: ConversationState, more: number[]): ConversationState {
  const { intake } = state;
  const fresh = intake ? more.filter((file) => !intake.draft.files.includes(file)) : [];
  if (!intake || fresh.length === 0 || intake.draft.files.length >= MOST_FILES) return state;
  const files = [...intake.draft.files, ...fresh].slice(0, MOST_FILES);
  return { ...state, intake: { ...intake, draft: { ...intake.draft, files } } };
}
