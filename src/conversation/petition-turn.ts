import { readCode } from "../petitions/code.ts";
import { mayBecome, type PetitionView } from "../petitions/petition.ts";
import type { MemberAct } from "../petitions/petition-file.ts";
import { fold } from "../text/fold.ts";
import { bareWords } from "../text/syllables.ts";
import { type Heard, say } from "./say.ts";
import { type Awaited, type ConversationState, withoutAwaited } from "./state.ts";
import type { Turn } from "./turn.ts";
import { CHOICES, petitionWording } from "./wording.ts";

type LookUp = (code: string, conversationId: number) => Promise<PetitionView | null>;

/** As long as the content of a petition may be. */
const LONGEST_WORDS = 4000;
const VERDICT = /^(da|chua) thoa dang(?![a-z])[\s.,:;!–-]*/;
const CODE_FIRST =
  /^(?:(?:voi |ve )?(?:kien nghi )?(?:ma )?)?kn[\s:._–—−-]*[a-z0-9](?:[\s._–—−-]?[a-z0-9]){5}(?![a-z0-9])[\s.,:;!–-]*/;

/** Takes "Đã thỏa đáng" and "Chưa thỏa đáng", tapped or typed, with or without a code and with the reason behind it. */
export async function readVerdict(heard: Heard, lookUp: LookUp): Promise<Turn | null> {
  const plain = fold(heard.text);
  const said = VERDICT.exec(plain);
  if (!said) return null;
  const verb = said[1] === "da" ? "satisfied" : "unsatisfied";
  const codes = await codesOf(heard, verb, lookUp);
  if (codes.length > 1) return askWhich(heard, verb, codes);
  const [code] = codes;
  if (!code) return null;
  const start = said[0].length;
  const words = heard.text.slice(start + (CODE_FIRST.exec(plain.slice(start))?.[0].length ?? 0)).trim();
  if (verb === "satisfied") return act(heard, { code, verb, text: words });
  return words ? act(heard, { code, verb, text: words }) : askReason(heard, code);
}

/** The petitions that the words may mean: the one whose code they name, else those that await a verdict. */
async function codesOf({ text, state, conversationId }: Heard, verb: MemberAct["verb"], lookUp: LookUp) {
  const reading = readCode(text);
  const named = reading.kind === "code" ? [reading.code] : null;
  const awaited = state.awaited.filter(({ what }) => what !== "more").map(({ code }) => code);
  const to = verb === "satisfied" ? "resolved" : "reopened";
  const views = await Promise.all((named ?? awaited).map((code) => lookUp(code, conversationId)));
  return views.flatMap((view) => (view?.owned && mayBecome(view.status, to) ? [view.code] : []));
}

function askWhich(heard: Heard, verb: "satisfied" | "unsatisfied", codes: string[]): Turn {
  const choices = codes.map((code) => `${CHOICES[verb]} ${code}`);
  return say(heard, "petition_which", petitionWording.whichOne, choices);
}

function askReason(heard: Heard, code: string): Turn {
  const awaited = [...withoutAwaited(heard.state, code), { code, what: "reason" } as const];
  const state: ConversationState = { ...heard.state, awaited };
  return say({ ...heard, state }, "petition_reason", petitionWording.askReason(code), [CHOICES.skip]);
}

export function isAskedForReason({ awaited }: ConversationState): boolean {
  return awaited.at(-1)?.what === "reason";
}

/** Takes what the member writes after "Chưa thỏa đáng": his reason, or nothing when he skips it. */
export function giveReason(heard: Heard): Turn | null {
  const last = heard.state.awaited.at(-1);
  if (last?.what !== "reason") return null;
  const isSkipped = bareWords(heard.text) === bareWords(CHOICES.skip);
  return act(heard, { code: last.code, verb: "unsatisfied", text: isSkipped ? "" : heard.text });
}

/** A Turn that answers something else while a reason is awaited: the member is told how to give it later. */
export function withReasonLater(turn: Turn): Turn {
  const [reply, ...rest] = turn.replies;
  const last = turn.state.awaited.at(-1);
  if (!reply || last?.what !== "reason") return turn;
  const awaited: Awaited[] = [...withoutAwaited(turn.state, last.code), { ...last, what: "verdict" }];
  const text = `${reply.text}\n\n${petitionWording.reasonLater(last.code)}`;
  return { ...turn, replies: [{ ...reply, text }, ...rest], state: { ...turn.state, awaited } };
}

/** Takes a message as what staff asked for, as long as the petition still waits for it. */
export async function supplyMore(heard: Heard, lookUp: LookUp): Promise<Turn | null> {
  for (const { code, what } of heard.state.awaited.toReversed()) {
    if (what !== "more") continue;
    const view = await lookUp(code, heard.conversationId);
    if (view?.owned && view.status === "needs-info")
      return act(heard, { code, verb: "supply", text: heard.text });
  }
  return null;
}

const SAID = { supply: "supplied", satisfied: "satisfied", unsatisfied: "unsatisfied" } as const;

function act(heard: Heard, { code, verb, text }: MemberAct & { verb: keyof typeof SAID }): Turn {
  const state = { ...heard.state, awaited: withoutAwaited(heard.state, code) };
  return {
    ...say({ ...heard, state }, `petition_${SAID[verb]}`, petitionWording[SAID[verb]](code)),
    act: { code, verb, text: text.slice(0, LONGEST_WORDS) },
  };
}
