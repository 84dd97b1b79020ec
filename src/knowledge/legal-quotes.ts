import type { Line } from "./legal-lines.ts";
import { shapeOf } from "./legal-shape.ts";

const STARTS_QUOTED = /^[“"„«]/;
const AMENDS_AS_FOLLOWS = /(?:sửa đổi|bổ sung|thay thế).{0,400}(?:như sau|sau đây)\s*:$/iu;

type Place = { article: number; clause: number };

/**
 * For each line, whether it is the wording that an amendment quotes ("… như sau:" and then “Điều 5. …”):
 * what it numbers is another document's. A quotation that is never closed ends where this document goes on counting.
 */
export function quotedLines(lines: Line[]): boolean[] {
  const quoted = lines.map(() => false);
  let place: Place = { article: 0, clause: 0 };
  for (let i = 0; i < lines.length; i++) {
    const end = endOfQuote(lines, i, place);
    if (end === null) {
      place = placeAfter(lines[i]?.text ?? "", place);
      continue;
    }
    const first = startsQuote(lines, i) || isUnmarked(lines, i, place) ? i : i + 1;
    if (first > i) place = placeAfter(lines[i]?.text ?? "", place);
    quoted.fill(true, first, end + 1);
    i = end;
  }
  return quoted;
}

function placeAfter(text: string, { article, clause }: Place): Place {
  const shape = shapeOf(text);
  if (shape.kind === "heading")
    return { article: shape.level === "dieu" ? Number.parseInt(shape.number, 10) : article, clause: 0 };
  return { article, clause: shape.kind === "khoan" ? Number.parseInt(shape.number, 10) : clause };
}

/** The last line of the quotation that line `i` opens, or null when it opens none. */
function endOfQuote(lines: Line[], i: number, place: Place): number | null {
  const opensHere = startsQuote(lines, i);
  if (opensHere || opensWithin(lines[i]?.text ?? "")) {
    return closing(lines, i) ?? (opensHere ? beforeNext(lines, i, place) : null);
  }
  return isUnmarked(lines, i, place) ? beforeNext(lines, i, place) : null;
}

function startsQuote(lines: Line[], i: number): boolean {
  const text = lines[i]?.text ?? "";
  if (!STARTS_QUOTED.test(text)) return false;
  return (lines[i - 1]?.text.endsWith(":") ?? false) || shapeOf(text.slice(1).trim()).kind !== "text";
}

/** The quotation begins on the line that announces it: "… như sau: “2. Mức hỗ trợ". */
function opensWithin(text: string): boolean {
  return /:\s*[“"„«]/.test(text) && balance(text) > 0;
}

/** Some texts quote without marks: an article that does not follow in the count, right below "như sau:". */
function isUnmarked(lines: Line[], i: number, { article }: Place): boolean {
  const shape = shapeOf(lines[i]?.text ?? "");
  if (shape.kind !== "heading" || shape.level !== "dieu" || article === 0) return false;
  return (
    Number.parseInt(shape.number, 10) !== article + 1 &&
    AMENDS_AS_FOLLOWS.test((lines[i - 1]?.text ?? "").slice(-500))
  );
}

function closing(lines: Line[], from: number): number | null {
  let open = 0;
  for (let i = from; i < lines.length; i++) {
    const text = lines[i]?.text ?? "";
    if (i > from && (startsQuote(lines, i) || /^nơi nhận\s*:/iu.test(text))) return null;
    open += balance(text);
    if (open <= 0) return i;
  }
  return null;
}

/** Up to the line where the document itself goes on: its next article, or the next khoản of this one. */
function beforeNext(lines: Line[], from: number, { article, clause }: Place): number {
  const isCounted = lines.slice(from + 1).some(({ text }) => articleNumber(text) === article + 1);
  for (let i = from + 1; i < lines.length; i++) {
    const shape = shapeOf(lines[i]?.text ?? "");
    const number = "number" in shape ? Number.parseInt(shape.number, 10) : 0;
    const isNext =
      (shape.kind === "heading" &&
        (shape.level !== "dieu" || (isCounted ? number === article + 1 : number > article))) ||
      (shape.kind === "khoan" && number === clause + 1);
    if (isNext || startsQuote(lines, i) || /^nơi nhận\s*:/iu.test(lines[i]?.text ?? "")) return i - 1;
  }
  return from;
}

/** How many quotation marks a text leaves open. */
export function balance(text: string): number {
  let open = 0;
  for (let i = 0; i < text.length; i++) open += turn(text, i);
  return open;
}

/** What the sign at a place opens (1) or closes (-1); a straight mark opens behind a space and closes behind a letter. */
export function turn(text: string, i: number): number {
  const sign = text[i] ?? "";
  if ("“„«".includes(sign)) return 1;
  if ("”»".includes(sign)) return -1;
  if (sign !== '"') return 0;
  return i === 0 || /[\s(:]/.test(text[i - 1] ?? "") ? 1 : -1;
}

function articleNumber(text: string): number | null {
  const shape = shapeOf(text);
  return shape.kind === "heading" && shape.level === "dieu" ? Number.parseInt(shape.number, 10) : null;
}
