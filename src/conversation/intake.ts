import type { Commune } from "../knowledge/catalog.ts";
import { findCommune, saysJust } from "../petitions/commune.ts";
import { type NewPetition, STANCES } from "../petitions/petition.ts";
import { denounces } from "../petitions/stance.ts";
import type { Triage } from "../petitions/triage.ts";
import { bareWords } from "../text/syllables.ts";
import { CONSENT_VERSION } from "./consent.ts";
import type { ConversationState, Draft, IntakeStep } from "./state.ts";
import type { Reply } from "./turn.ts";
import { CHOICES, intakeWording } from "./wording.ts";

export type IntakeParts = { triage: Triage; communes: Commune[]; newCode: () => string };

/** What one answer does to an intake: it goes on, ends with a petition, or ends without one. */
export type IntakeTurn = {
  reply: Reply;
  intake: ConversationState["intake"];
  petition: NewPetition | null;
};

const LIMITS: Record<Exclude<IntakeStep, "confirm">, number> = {
  content: 4000,
  cooperative: 200,
  commune: 100,
  contact: 200,
};
const MIN_WORDS = 3;

/** Opens an intake; what the member wrote already is carried over as its content. */
export function openIntake(content: string | null): IntakeTurn {
  const draft: Draft = { content: "", cooperative: null, commune: null, contact: null, files: [] };
  if (!content) return next("content", draft, intakeWording.content);
  const fault = faultOf("content", content);
  return fault
    ? next("content", draft, fault)
    : next("cooperative", { ...draft, content }, withDuty(content, intakeWording.prefilled(content)));
}

/** Takes the member's answer to the step that was asked. */
export function continueIntake(
  { step, draft }: { step: IntakeStep; draft: Draft },
  text: string,
  parts: IntakeParts,
): IntakeTurn {
  if (step === "confirm") return confirm(draft, text, parts);
  const fault = faultOf(step, text);
  if (fault) return next(step, draft, fault);
  const value = isSkip(text) ? null : text;
  switch (step) {
    case "content":
      return takeContent(draft, text, parts);
    case "cooperative":
      return next("commune", { ...draft, cooperative: value }, intakeWording.commune);
    case "commune":
      return next(
        "contact",
        { ...draft, commune: value && communeName(value, parts.communes) },
        intakeWording.contact,
      );
    case "contact":
      return summarise({ ...draft, contact: value }, parts);
  }
}

/** What the open step asks, once more, after a command was answered in between. */
export function askAgain({ step, draft }: { step: IntakeStep; draft: Draft }, parts: IntakeParts): Reply {
  return step === "confirm" ? summarise(draft, parts).reply : next(step, draft, intakeWording[step]).reply;
}

/** Content that is only being corrected goes back to the summary; the other answers stand. */
function takeContent(draft: Draft, text: string, parts: IntakeParts): IntakeTurn {
  const isCorrection = draft.content !== "";
  return isCorrection
    ? summarise({ ...draft, content: text }, parts)
    : next("cooperative", { ...draft, content: text }, withDuty(text, intakeWording.cooperative));
}

function faultOf(step: Exclude<IntakeStep, "confirm">, text: string): string | null {
  if (text.length > LIMITS[step]) return intakeWording.tooLong(LIMITS[step]);
  const isShort = step === "content" && bareWords(text).split(" ").length < MIN_WORDS;
  return isShort ? intakeWording.contentTooShort : null;
}

/** Whoever denounces somebody must know that this is not the way to do it. */
function withDuty(content: string, text: string): string {
  return denounces(content) ? `${intakeWording.denunciation}\n\n${text}` : text;
}

const YES = /^(?:dong y|ok|oke|co|gui di|gui ngay|gui kien nghi|dung roi|dung|yes)$/;
const SKIP = /^(?:khong|ko|k|khong co|khong ghi|khong can|khong muon ghi|khoi|khoi ghi|skip)$/;

function confirm(draft: Draft, text: string, parts: IntakeParts): IntakeTurn {
  if (said(text, CHOICES.sendWithoutContact)) return send({ ...draft, contact: null }, parts);
  if (said(text, CHOICES.send) || YES.test(bareWords(text.slice(0, 40)))) return send(draft, parts);
  if (said(text, CHOICES.edit)) return next("content", draft, intakeWording.content);
  return next("confirm", draft, intakeWording.confirmAgain);
}

/** The member has read the summary, so sending is his consent to the words that stand there. */
function send({ files: _, ...told }: Draft, parts: IntakeParts): IntakeTurn {
  const read = { ...parts.triage(told.content), code: parts.newCode() };
  const petition: NewPetition = { ...told, ...read, consent: CONSENT_VERSION };
  return { reply: { text: intakeWording.received(petition.code), choices: [] }, intake: null, petition };
}

function summarise(draft: Draft, parts: IntakeParts): IntakeTurn {
  const { stance } = parts.triage(draft.content);
  return next("confirm", draft, intakeWording.summary(draft, STANCES[stance], denounces(draft.content)));
}

function next(step: IntakeStep, draft: Draft, text: string): IntakeTurn {
  return { reply: { text, choices: choicesOf(step, draft) }, intake: { step, draft }, petition: null };
}

function choicesOf(step: IntakeStep, { contact }: Draft): string[] {
  if (step === "confirm") {
    const without = contact ? [CHOICES.sendWithoutContact] : [];
    return [CHOICES.send, ...without, CHOICES.edit, CHOICES.cancel];
  }
  return step === "content" ? [CHOICES.cancel] : [CHOICES.skip, CHOICES.cancel];
}

/** Keeps what the member wrote beside today's name, since it may tell more: a hamlet, or an old commune. */
function communeName(text: string, communes: Commune[]): string {
  const commune = findCommune(text, communes);
  if (!commune) return text;
  const today = `${commune.kind} ${commune.name}`;
  return saysJust(text, commune) ? today : `${today} (bà con ghi: ${text})`;
}

function isSkip(text: string): boolean {
  return said(text, CHOICES.skip) || SKIP.test(bareWords(text));
}

function said(text: string, choice: string): boolean {
  return bareWords(text) === bareWords(choice);
}
