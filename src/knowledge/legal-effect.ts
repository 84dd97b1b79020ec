import { DAY, daysAfter, isoDay } from "./legal-days.ts";
import { KIND } from "./legal-names.ts";
import type { Piece } from "./legal-structure.ts";

/** Since when and until when a document says that it applies: ISO days, `expires` the first day on which it no longer does. */
export type Effect = { effective: string | null; expires: string | null };

const OWN = `^${KIND} này (?:có |bắt đầu có |chính thức có )?hiệu lực(?: thi hành)?`;
const FROM_DAY = new RegExp(`${OWN},?(?: kể)? từ ngày ${DAY}`, "iu");
const FROM_SIGNING = new RegExp(`${OWN},?(?: kể)? từ ngày (?:ký|thông qua|ban hành)(?!\\p{L})`, "iu");
const AFTER_SIGNING = new RegExp(
  `${OWN} sau (\\d{1,3}) ngày,?(?: kể)? từ ngày (?:ký|thông qua|ban hành)`,
  "iu",
);
const UNTIL = new RegExp(`${OWN}[^.;]{0,120}? đến (hết )?ngày ${DAY}`, "iu");
const LAPSES = new RegExp(`^${KIND} này hết hiệu lực(?: thi hành)?,?(?: kể)? từ ngày ${DAY}`, "iu");

/** Reads what the text says of its own effect; a quoted wording speaks for another document and is not read. */
export function readEffect(pieces: Piece[], signed: string | null): Effect {
  const sentences = pieces.flatMap(sentencesOf);
  return {
    effective: firstDay(sentences, (text) => effectiveIn(text, signed)),
    expires: firstDay(sentences, expiresIn),
  };
}

const MOST_SENTENCES = 200;

/** The sentences of one piece, each cut to a length that a statement of effect needs. */
export function sentencesOf(piece: Piece): string[] {
  if (piece.kind === "heading") return [piece.title];
  if (piece.kind === "table" || piece.kind === "quoted") return [];
  return piece.text.split(/(?<=[.;]) /, MOST_SENTENCES).map((sentence) => sentence.slice(0, 1000));
}

function firstDay(sentences: string[], read: (text: string) => string | null): string | null {
  for (const sentence of sentences) {
    const day = read(sentence);
    if (day) return day;
  }
  return null;
}

function effectiveIn(text: string, signed: string | null): string | null {
  const [, day, month, year] = FROM_DAY.exec(text) ?? [];
  if (day) return isoDay(day, month, year);
  if (!signed) return null;
  if (FROM_SIGNING.test(text)) return signed;
  const days = AFTER_SIGNING.exec(text)?.[1];
  return days ? daysAfter(signed, Number(days)) : null;
}

function expiresIn(text: string): string | null {
  const [, day, month, year] = LAPSES.exec(text) ?? [];
  if (day) return isoDay(day, month, year);
  const [, whole, lastDay, lastMonth, lastYear] = UNTIL.exec(text) ?? [];
  const last = isoDay(lastDay, lastMonth, lastYear);
  return last && whole ? daysAfter(last, 1) : last;
}
