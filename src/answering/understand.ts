import type { Intents } from "../knowledge/catalog.ts";
import type { PolicyDocument } from "../knowledge/document.ts";
import { fold } from "../text/fold.ts";
import type { ReadMeant } from "../text/meant.ts";
import { normalize } from "../text/normalize.ts";
import { syllables } from "../text/syllables.ts";
import { readAsOf } from "./as-of.ts";
import { createFindInstruments } from "./instruments.ts";
import type { ReadIntent, Reading } from "./intent.ts";

/** A question as the answerer takes it. */
export type Understood = {
  /** The message in full words, without openings and without markup that pretends to be an instruction. */
  text: string;
  reading: Reading;
  /** What a follow-up leans on, or null when the message stands by itself. */
  background: string | null;
  /** The earlier question that this one goes on from, or null. */
  earlier: string | null;
  /** The day the question is about; `asOfGiven` tells whether the member named it. */
  asOf: string;
  asOfGiven: boolean;
  /** Numbers of the instruments that the message names. */
  documents: string[];
  /** The single questions in the message, in order. */
  parts: string[];
};

export type Understand = (text: string, context: string[], today: string) => Understood;

/** Longer questions add nothing that ranking could use. */
const MAX_LENGTH = 2000;
const TAGGED = /<\s*(\w+)[^>]*>[\s\S]*?<\s*\/\s*\1\s*>|<[^>]*>|\[\/?(?:inst|system)\]/gi;
const ROLE = /^\s*(?:prompt|system|assistant|user)\s*:/i;

export function createUnderstand(
  intents: Intents,
  places: string[],
  documents: Pick<PolicyDocument, "number" | "aliases">[],
  readIntent: ReadIntent,
  readMeant: ReadMeant,
): Understand {
  const findInstruments = createFindInstruments(documents);
  const withoutPlaces = createWithoutPlaces(places);
  const openings = intents.openings.map((opening) => fold(opening)).sort((a, b) => b.length - a.length);
  const followUps = intents.followUps.map((phrase) => fold(phrase));

  return (original, context, today) => {
    const written = withoutMarkup(normalize(original)).slice(0, MAX_LENGTH);
    const text = withoutOpenings(readMeant(written), openings);
    const named = findInstruments(text);
    const { asOf } = readAsOf(without(text, named), today);
    const { story, question } = tellApart(named.length > 0 ? text : readAsOf(text, today).rest);
    const leans = (message: string) => leansOnContext(message, followUps);
    const earlier = leans(written) ? earlierOf(context, leans, readMeant) : null;
    return {
      text,
      reading: readIntent(text),
      background: [earlier, story].filter((part) => part !== null).join(" ") || null,
      earlier,
      asOf: asOf ?? today,
      asOfGiven: asOf !== null,
      documents: [...new Set(named.map((document) => document.number))],
      parts: splitQuestions(withoutPlaces(question)),
    };
  };
}

function withoutMarkup(text: string): string {
  return text.replace(TAGGED, " ").replace(ROLE, "").replace(/\s+/g, " ").trim() || text;
}

/** Folding keeps the length of text, so offsets found in the folded text hold for the text itself. */
function withoutOpenings(text: string, openings: string[]): string {
  let rest = text;
  for (;;) {
    const plain = fold(rest).replace(/^[\s,.:;!?]+/, "");
    const skipped = rest.length - plain.length;
    const opening = openings.find(
      (start) => plain.startsWith(start) && !/[a-z0-9]/.test(plain[start.length] ?? " "),
    );
    const after = opening ? rest.slice(skipped + opening.length).replace(/^[\s,.:;!?]+/, "") : "";
    if (!opening || after === "") return rest;
    rest = after;
  }
}

function without(text: string, spans: { from: number; to: number }[]): string {
  return [...text].length === text.length
    ? spans.reduce((rest, { from, to }) => rest.slice(0, from) + " ".repeat(to - from) + rest.slice(to), text)
    : text;
}

const SHORT_QUESTION = 4;
const LONG_QUESTION = 9;
const STORY_WORDS = 14;

/** Follow-ups in a row go back to the question that stands by itself. */
const MOST_STEPS = 3;

function earlierOf(
  context: string[],
  leans: (message: string) => boolean,
  readMeant: ReadMeant,
): string | null {
  const steps: string[] = [];
  for (const message of context.slice(-MOST_STEPS).reverse()) {
    steps.unshift(readMeant(message));
    if (!leans(message)) break;
  }
  return steps.join(" ") || null;
}

function leansOnContext(text: string, followUps: string[]): boolean {
  const words = syllables(text).map((word) => word.plain);
  if (words.length <= SHORT_QUESTION) return true;
  const plain = ` ${words.join(" ")} `;
  return words.length <= LONG_QUESTION && followUps.some((phrase) => plain.includes(` ${phrase} `));
}

const ASKS =
  /\b(bao nhieu|bao lau|bao gio|khi nao|may|o dau|noi nao|cho nao|the nao|ra sao|lam sao|la gi|gi|nao|ai|sao|khong|ko|hong|hong|chua|nhieu)\b/;

/** Asks where a place belongs now; elsewhere a place only says where the member lives. */
const ASKS_OF_PLACE =
  /\b(thuoc|nhap|sap nhap|sat nhap|gop|ten moi|ten cu|doi ten|gio la|nay la|thanh xa|vung|o xa nao|xa nao|phuong nao)\b/;

/** Leaves out the places where members say that they live; each is looked for with what stands before its name. */
function createWithoutPlaces(places: string[]): (text: string) => string {
  const patterns = places.map((place) => {
    const name = `(?<![a-z0-9])${place}(?![a-z0-9])`;
    return {
      place,
      name: new RegExp(name),
      whole: new RegExp(`(?:(?:o|ben|tai|cua)\\s+)?(?:(?:xa|phuong|huyen|thi tran|tt)\\s+)?${name}`),
    };
  });
  return function withoutPlaces(text: string): string {
    const plain = fold(text);
    if (ASKS_OF_PLACE.test(plain)) return text;
    const at = patterns
      .find(({ place, name }) => plain.includes(place) && name.test(plain))
      ?.whole.exec(plain);
    if (!at || isSubject(plain, at)) return text;
    const rest = `${text.slice(0, at.index)} ${text.slice(at.index + at[0].length)}`
      .replace(/\s+/g, " ")
      .trim();
    return syllables(rest).length >= 3 ? withoutPlaces(rest) : text;
  };
}

/** "Xã Vị Thủy đăng ký bao nhiêu hecta" asks of the commune; "xã Vị Thủy tui muốn…" only says who asks. */
function isSubject(plain: string, { 0: place, index }: RegExpExecArray): boolean {
  const opens = /^(?:xa|phuong|huyen)\s/.test(place) && /(?:^|\bthi)\s*$/.test(plain.slice(0, index));
  return (
    opens && !/^[\s,]*(?:tui|toi|minh|em|con|chung|nha|thi|htx)\b/.test(plain.slice(index + place.length))
  );
}

/** In a long message the sentences that ask are the question; the others only say who asks and why. */
function tellApart(text: string): { story: string | null; question: string } {
  const all = text.split(/(?<=[.!?…])\s+|\n+/u).filter((sentence) => sentence.trim() !== "");
  if (all.length < 2 || syllables(text).length < STORY_WORDS) return { story: null, question: text };
  const asking = all.filter((sentence) => sentence.includes("?"));
  const questions =
    asking.length > 0 ? asking : all.filter((sentence) => ASKS.test(fold(sentence))).slice(-1);
  if (questions.length === 0 || questions.length === all.length) return { story: null, question: text };
  return {
    story: all.filter((sentence) => !questions.includes(sentence)).join(" "),
    question: questions.join(" "),
  };
}

/** Cuts "nộp ở đâu và mấy ngày" into its questions; a piece without a question of its own stays with its neighbour. */
function splitQuestions(text: string): string[] {
  const pieces = text
    .split(/(?<=[?])\s+|\n+|;\s+|,\s+|\s+(?:và|va|với lại|voi lai)\s+/u)
    .filter((piece) => piece.trim());
  const questions = pieces.filter((piece) => ASKS.test(fold(piece)));
  if (pieces.length < 2 || questions.length !== pieces.length || questions.length > 3) return [text];
  return questions.map((question, i) => completed(question, questions[i - 1]));
}

/** A piece of so few words names nothing that could be looked up. */
const BARE_PIECE = 3;

/** "Nộp hồ sơ ở đâu và mấy ngày": the second piece asks of what the first one named before it asked. */
function completed(piece: string, before: string | undefined): string {
  if (before === undefined || syllables(piece).length > BARE_PIECE) return piece;
  // The last of them, since a bare "mấy" is also "máy".
  const asksAt = [...fold(before).matchAll(new RegExp(ASKS, "g"))].at(-1)?.index ?? 0;
  const named = before.slice(0, asksAt).trim();
  return syllables(named).length >= 2 ? `${named} ${piece}` : piece;
}
