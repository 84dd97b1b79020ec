import type { Commune } from "../knowledge/catalog.ts";
import { findCommune } from "../petitions/commune.ts";
import { type NewPetition, STANCES } from "../petitions/petition.ts";
import type { Triage } from "../petitions/triage.ts";
import { fold } from "../text/fold.ts";
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
  const draft: Draft = { content: content ?? "", cooperative: null, commune: null, contact: null };
  return content
    ? next("cooperative", draft, intakeWording.prefilled(content))
    : next("content", draft, intakeWording.content);
}

/** Takes the member's answer to the step that was asked. */
export function continueIntake(
  { step, draft }: { step: IntakeStep; draft: Draft },
  text: string,
  parts: IntakeParts,
): IntakeTurn {
  if (step === "confirm") return confirm(draft, text, parts);
  const limit = LIMITS[step];
  if (text.length > limit) return next(step, draft, intakeWording.tooLong(limit));
  const value = said(text, CHOICES.skip) ? null : text;
  switch (step) {
    case "content":
      if (text.split(/\s+/).length < MIN_WORDS) return next("content", draft, intakeWording.contentTooShort);
      return next("cooperative", { ...draft, content: text }, intakeWording.cooperative);
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

function confirm(draft: Draft, text: string, parts: IntakeParts): IntakeTurn {
  if (
    said(text, CHOICES.send) ||
    /^(dong y|ok|co|gui di|dung roi|yes)$/.test(fold(text).replace(/[.!\s]+$/, ""))
  ) {
    const petition: NewPetition = { ...draft, ...parts.triage(draft.content), code: parts.newCode() };
    return { reply: { text: intakeWording.received(petition.code), choices: [] }, intake: null, petition };
  }
  if (said(text, CHOICES.edit)) return next("content", draft, intakeWording.content);
  return next("confirm", draft, intakeWording.confirmAgain);
}

function summarise(draft: Draft, parts: IntakeParts): IntakeTurn {
  const { stance } = parts.triage(draft.content);
  return next("confirm", draft, intakeWording.summary(draft, STANCES[stance]));
}

function next(step: IntakeStep, draft: Draft, text: string): IntakeTurn {
  return { reply: { text, choices: choicesOf(step) }, intake: { step, draft }, petition: null };
}

function choicesOf(step: IntakeStep): string[] {
  if (step === "confirm") return [CHOICES.send, CHOICES.edit, CHOICES.cancel];
  return step === "content" ? [CHOICES.cancel] : [CHOICES.skip, CHOICES.cancel];
}

/** Keeps what the member wrote beside today's name, since an old commune may have gone to more than one. */
function communeName(text: string, communes: Commune[]): string {
  const commune = findCommune(text, communes);
  if (!commune) return text;
  const today = `${commune.kind} ${commune.name}`;
  return fold(text).includes(fold(commune.name)) ? today : `${today} (trước là ${text})`;
}

function said(text: string, choice: string): boolean {
  return (
    fold(text)
      .replace(/[.!\s]+$/, "")
      .trim() === fold(choice)
  );
}
