import { normalize } from "../text/normalize.ts";
import { sentences as split } from "../text/sentences.ts";
import { featuresOf, type Line, linesOf, wordsOf } from "./guard/clauses.ts";
import { supports } from "./guard/figure.ts";
import { lineFault, linesBehind, type PolarityFault } from "./guard/polarity.ts";
import { isMisplaced, isReordered, isRepeated } from "./guard/subjects.ts";
import { inOneWriting } from "./guard/writing.ts";

/** A text that a model may rephrase, under an id that its sentences cite. */
export type GivenPassage = { id: string; text: string };

/** One sentence of a model, with the ids of the passages that it says again. */
export type Rephrased = { text: string; cites: string[] };

/** The port to a language model: given passages come back in other words. It may throw, hang or lie. */
export type Rephrase = (
  request: { question: string; passages: GivenPassage[] },
  signal: AbortSignal,
) => Promise<Rephrased[]>;

/** Why a rephrasing is not shown; never holds words of a member, a passage or the model. */
export type Rejection =
  | "length"
  | "citation"
  | "markup"
  | "figure"
  | "place"
  | "words"
  | "name"
  | Exclude<PolarityFault, null>;

const MOST_SENTENCES = 6;
const MOST_CHARACTERS = 700;
/** No document says these; "Căn cứ" and notes are written by compose alone. */
const MARKUP =
  /[<>{}[\]`*_#|\\~^\n]|^\s*[-•+]\s|^\s*\p{L}+(?: \p{L}+)?\s*(?<=căn cứ|lưu ý|nguồn|trích dẫn)\s*:/iu;
/** At least this share of what a sentence tells must stand in its passages; the rest are synonyms. */
const OWN_WORDS = 0.5;

/** The sentences of a model as they may be shown, or null when any of them says what its passages do not. */
export function checked(sentences: Rephrased[], passages: GivenPassage[]): string[] | null {
  const { said } = check(sentences, passages);
  return said?.map(({ text }) => text) ?? null;
}

/** The same with the passages each sentence cites, or with the reason it is refused. */
export function check(
  sentences: Rephrased[],
  passages: GivenPassage[],
): { said: Rephrased[]; rejection: null } | { said: null; rejection: Rejection } {
  const said = sentences.map(({ text, cites }) => ({ text: normalize(text), cites }));
  const lines = new Map(passages.map(({ id, text }) => [id, { text, lines: linesOf(text) }]));
  const rejection =
    formFault(said, new Set(lines.keys())) ??
    firstOf(said, ({ text, cites }) =>
      sentenceFault(
        text,
        cites.flatMap((id) => lines.get(id) ?? []),
      ),
    );
  return rejection ? { said: null, rejection } : { said, rejection: null };
}

function formFault(said: Rephrased[], known: Set<string>): Rejection | null {
  const length = said.reduce((sum, { text }) => sum + text.length, 0);
  if (said.length === 0 || said.length > MOST_SENTENCES || length > MOST_CHARACTERS) return "length";
  if (said.some(({ text }) => !/\p{L}/u.test(text))) return "length";
  if (new Set(said.map(({ text }) => text)).size < said.length) return "length";
  const isCited = ({ cites }: Rephrased) =>
    cites.length > 0 && new Set(cites).size === cites.length && cites.every((id) => known.has(id));
  if (!said.every(isCited)) return "citation";
  return said.some(({ text }) => MARKUP.test(text)) ? "markup" : null;
}

function firstOf(said: Rephrased[], fault: (one: Rephrased) => Rejection | null): Rejection | null {
  for (const one of said) {
    const found = fault(one);
    if (found) return found;
  }
  return null;
}

function sentenceFault(text: string, cited: { text: string; lines: Line[] }[]): Rejection | null {
  const given = cited.flatMap(({ lines }) => lines);
  for (const line of linesOf(text)) {
    const fault = figureFault(line, given) ?? wordsFault(line, given) ?? lineFault(line, given);
    if (fault) return fault;
  }
  return namesStand(
    text,
    cited.map((one) => one.text),
  )
    ? null
    : "name";
}

function figureFault(line: Line, given: Line[]): Rejection | null {
  const all = given.flatMap(({ figures }) => figures);
  if (!line.figures.every((figure) => all.some((other) => supports(other, figure)))) return "figure";
  const isOff = line.figures.some(
    (figure) => isMisplaced(line, figure, given) || isRepeated(line, figure, given),
  );
  return isOff || isReordered(line, given) ? "place" : null;
}

function wordsFault(line: Line, given: Line[]): Rejection | null {
  const known = new Set(linesBehind(line, given).flatMap(({ features }) => [...features]));
  const words = line.pieces.flatMap((piece) => featuresOf(piece.words)).filter((word) => !word.includes(" "));
  const own = [...words, ...line.figures.map(({ canonical }) => canonical)];
  return own.filter((word) => known.has(word)).length < own.length * OWN_WORDS ? "words" : null;
}

/** Names in the middle of a sentence: an office or a place that no passage names was made up. */
const NAME = /(?<=[\p{L}\d,)] )\p{Lu}[\p{L}\p{M}]*/gu;

function namesStand(text: string, passages: string[]): boolean {
  const known = new Set(passages.flatMap((passage) => wordsOf(inOneWriting(passage))));
  const short = text.replace(/ủy ban nhân dân/giu, "UBND").replace(/thành phố/giu, "TP");
  const names = split(short).flatMap((sentence) => sentence.match(NAME) ?? []);
  return names.flatMap((name) => wordsOf(inOneWriting(name))).every((word) => known.has(word));
}
