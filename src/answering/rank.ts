import { type Passage, validityAt } from "../knowledge/validity.ts";
import type { Candidate } from "../retrieval/retriever.ts";
import { fold } from "../text/fold.ts";
import { createFits } from "./fits.ts";

/** What a question says of the clauses that may answer it: the day, the instruments it names, and the clause a follow-up goes on from. */
export type Scope = { asOf: string; documents: string[]; prior: string | null };

/** Gains and losses of a score, found on the building part of the golden set. */
const NAMED = 0.12;
const RELATED = 0.06;
const SUCCEEDS = 0.12;
const PRIOR = 0.2;
/** A follow-up goes on from a clause only when that clause holds this share of the follow-up's own words. */
export const GOES_ON = 0.75;
const UNNAMED = 0.85;
const LAPSED = 0.75;
const UNFIT = 0.7;
const FOR_OTHERS = 0.7;
const OTHER_MATTER = 0.7;
const SHEET = 0.96;

/**
 * Orders candidates by what may ground an answer on the day asked about.
 * A clause that was replaced is shown only to who names its document; one that merely lapsed ranks lower.
 */
export function rank(candidates: Candidate[], scope: Scope, question: string): Candidate[] {
  const asked = fold(question);
  const [askedOf, fits] = [onlyBodyIn(asked), createFits(asked)];
  const matters = MATTERS.filter(({ asks }) => asks.test(question));
  const successors = successorsOf(candidates[0], scope);
  return candidates
    .filter(({ passage }) => whyNot(passage, scope) === null)
    .map((candidate) => ({
      ...candidate,
      score: Math.min(
        1,
        adjusted(candidate, scope, successors) *
          (fits(wordsOf(candidate.passage)) ? 1 : UNFIT) *
          (isForOthers(askedOf, candidate.passage) ? FOR_OTHERS : 1) *
          (isOfOtherMatter(matters, candidate.passage) ? OTHER_MATTER : 1),
      ),
    }))
    .sort((a, b) => b.score - a.score);
}

/** Who asks after an old figure means the clause that replaced it, whether he names the old document or not. */
function successorsOf(nearest: Candidate | undefined, { asOf }: Scope): string[] {
  return nearest && validityAt(nearest.passage, asOf) === "ended" ? nearest.passage.successors : [];
}

const foldedWords = new WeakMap<Passage, string>();

/** What a clause says, folded; that costs more than ranking it, so it is done once per clause. */
export function wordsOf(passage: Passage): string {
  let words = foldedWords.get(passage);
  if (words === undefined) {
    words = fold([passage.lead, ...passage.parts.map((part) => part.text)].join(" "));
    foldedWords.set(passage, words);
  }
  return words;
}

/** Who is told apart because their limits differ, as the loans without collateral do. */
const BODIES = [/\bhop tac xa\b/, /\bto hop tac\b/];
type Body = RegExp;
const IS_OF_A_BODY = /^(?:hop tac xa|to hop tac)\b/;
const bodyTold = new WeakMap<Passage, Body | null>();

/** A clause whose heading begins with one kind of body answers no question that names only the other. */
function isForOthers(asked: Body | null, passage: Passage): boolean {
  let told = bodyTold.get(passage);
  if (told === undefined) {
    const heading = fold(passage.headingPath.at(-1) ?? "");
    told = IS_OF_A_BODY.test(heading) ? onlyBodyIn(heading) : null;
    bodyTold.set(passage, told);
  }
  return asked !== null && told !== null && asked !== told;
}

/** Whether the headings of two clauses name different kinds of body: the same limit of days may hold for both by chance. */
export function isOfAnotherBody(one: Passage, other: Passage): boolean {
  const [a, b] = [one, other].map(({ headingPath }) => onlyBodyIn(fold(headingPath.join(" "))));
  return !!a && !!b && a !== b;
}

/**
 * What a question cannot be about without its clause speaking of it, however alike the rest is: "vay vốn tối đa" is no
 * "góp vốn tối đa". Asked with marks, since "vay" is also the bare "vậy"; spoken of without.
 */
const MATTERS = [
  {
    asks: /(?<![\p{L}])vay(?![\p{L}])/iu,
    speaks:
      /\b(?:vay|tin dung|lai suat|the chap|tai san bao dam|khoanh no|du no|tra no|no qua han|ngan hang)\b/,
  },
];

function isOfOtherMatter(asked: typeof MATTERS, passage: Passage): boolean {
  return asked.some(
    ({ speaks }) => !speaks.test(`${fold(passage.headingPath.join(" "))} ${wordsOf(passage)}`),
  );
}

/** The one kind of body that words name; null where they name none or both. */
function onlyBodyIn(words: string): Body | null {
  const [named, other] = BODIES.filter((body) => body.test(words));
  return named && !other ? named : null;
}

/** Why a clause may ground no answer on the day asked about, or null when it may. */
export function whyNot(
  passage: Passage,
  scope: Pick<Scope, "asOf" | "documents">,
): "not-yet" | "replaced" | null {
  const validity = validityAt(passage, scope.asOf);
  if (validity === "not-yet") return "not-yet";
  const isNamed = scope.documents.includes(passage.document);
  return validity === "in-force" || passage.supersededBy === null || isNamed ? null : "replaced";
}

function adjusted(
  { passage, score, coverage }: Candidate,
  { asOf, documents, prior }: Scope,
  successors: string[],
): number {
  const named = documents.includes(passage.document);
  const related = passage.replaces.some((number) => documents.includes(number));
  const ended = validityAt(passage, asOf) === "ended";
  const isSheet = !/\d/.test(passage.document);
  const succeeds = successors.includes(passage.document);
  const bonus =
    (named ? NAMED : succeeds ? SUCCEEDS : related ? RELATED : 0) +
    (passage.id === prior && coverage >= GOES_ON ? PRIOR : 0);
  const loss =
    (documents.length > 0 && bonus === 0 ? UNNAMED : 1) *
    (ended && !named ? LAPSED : 1) *
    (isSheet ? SHEET : 1);
  return (score + bonus) * loss;
}
