import type { Line } from "./legal-lines.ts";
import { quotedLines } from "./legal-quotes.ts";
import { type HeadingLevel, type Shape, shapeOf } from "./legal-shape.ts";

/**
 * A piece of a legal text with the page it begins on. `rank` says how deep a line of a list stands (0 is a paragraph);
 * `locator` of a heading is empty when it only has a name, `depth` is what the format gave a name, and `from` is the day of its
 * article when that differs from the document's.
 */
export type Piece = { page: number | null } & (
  | { kind: "heading"; level: HeadingLevel; locator: string; title: string; depth: number; from?: string }
  | { kind: "khoan"; number: string; text: string }
  | { kind: "point"; letter: string; text: string }
  | { kind: "text"; text: string; rank: number }
  | { kind: "quoted"; text: string }
  | { kind: "table"; rows: string[][] }
);
export type Heading = Extract<Piece, { kind: "heading" }>;

type Walk = {
  lines: Line[];
  quoted: boolean[];
  pieces: Piece[];
  hasArticles: boolean;
  /** What the next line stands in: an article, an annex or other headings, or the signatures, which are dropped. */
  inside: "article" | "annex" | "division" | "tail";
  /** The number of the last khoản of this article, 0 before the first. */
  clause: number;
  /** The number of the last item of a list within a khoản, 0 outside one; a new point closes the list. */
  item: number;
};

/** Reads the body of a text, line by line: headings, khoản, điểm, lists, tables and quoted wordings, signatures left out. */
export function readPieces(given: Line[], inside: "article" | "division" = "division"): Piece[] {
  const lines = given.flatMap(withRecipientsApart);
  const hasArticles = lines.some(({ text }) => isArticle(shapeOf(text)));
  const quoted = quotedLines(lines);
  const walk: Walk = { lines, quoted, pieces: [], hasArticles, inside, clause: 0, item: 0 };
  for (let i = 0; i < lines.length; i++) i = readLine(walk, i);
  return walk.pieces;
}

const RECIPIENTS = " Nơi nhận:";

/** Files set "Nơi nhận:" beside the signature, and a reader of lines then finds it behind the last sentence. */
function withRecipientsApart(line: Line): Line[] {
  const at = line.text.lastIndexOf(RECIPIENTS);
  if (at === -1 || !/[.;!?…”"]$/.test(line.text.slice(0, at))) return [line];
  return [
    { ...line, text: line.text.slice(0, at) },
    { ...line, text: line.text.slice(at + 1) },
  ];
}

function isArticle(shape: Shape): boolean {
  return shape.kind === "heading" && shape.level === "dieu";
}

/** Reads one line, or more when a title goes on below its heading; gives the last line it read. */
function readLine(walk: Walk, i: number): number {
  const line = walk.lines[i];
  if (!line) return i;
  if (walk.quoted[i]) {
    if (walk.inside !== "tail") walk.pieces.push(quotedPiece(line));
    return i;
  }
  if (opensTail(line)) walk.inside = "tail";
  else if (line.rows) addTable(walk, line, line.rows);
  else return readText(walk, line, i);
  return i;
}

function quotedPiece({ page, rows, text }: Line): Piece {
  return rows ? { page, kind: "table", rows } : { page, kind: "quoted", text };
}

function addTable(walk: Walk, { page }: Line, rows: string[][]): void {
  if (walk.inside !== "tail") walk.pieces.push({ page, kind: "table", rows });
}

function readText(walk: Walk, line: Line, i: number): number {
  const shape =
    attachedShape(walk, i) ??
    shapeOf(isMisprintedOne(walk, line.text) ? `1${line.text.slice(1)}` : line.text);
  if (shape.kind === "heading") return openHeading(walk, line, shape, i);
  const name = nameOf(walk, line);
  if (name) {
    walk.pieces.push({ page: line.page, kind: "heading", level: "name", locator: "", ...name });
    walk.inside = walk.inside === "tail" ? "division" : walk.inside;
  } else if (walk.inside !== "tail") walk.pieces.push({ page: line.page, ...bodyPiece(walk, line, shape) });
  return i;
}

const SIGNED_FOR = /^(?:TM|KT|TL|TUQ|Q)\.\s?\p{Lu}/u;
const ROLE =
  /^(?:PHÓ )?(?:THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ TỊCH|CHỦ NHIỆM|THỐNG ĐỐC|TỔNG [\p{Lu}]+|CHÁNH ÁN|VIỆN TRƯỞNG|GIÁM ĐỐC)[\p{Lu}\s,-]{0,80}$/u;
/** How a law closes: it names the session that passed it. */
export const PASSED =
  /^(?:bộ luật|luật|pháp lệnh|nghị quyết) này (?:đã )?được .{3,200}(?:thông qua|nhất trí)/iu;

/** True where the signatures of a text begin: what stands there is no policy. */
export function opensTail({ text, rows }: Line): boolean {
  if (rows)
    return rows.some((row) => row.some((cell) => /^\s*(?:nơi nhận\s*:|(?:TM|KT)\.\s?\p{Lu})/iu.test(cell)));
  return /^nơi nhận\s*:?/iu.test(text) || SIGNED_FOR.test(text) || ROLE.test(text) || PASSED.test(text);
}

const ATTACHED =
  /^(?:QUY CHẾ|QUY ĐỊNH|QUY TRÌNH|ĐIỀU LỆ|ĐỀ ÁN|CHƯƠNG TRÌNH|KẾ HOẠCH|DANH MỤC|HƯỚNG DẪN|NỘI QUY|CHIẾN LƯỢC)(?!\p{L})/u;
const ATTACHED_NOTE = /^\(?(?:được )?(?:ban hành )?kèm theo/iu;
const NOTE_WITHIN = 5;

/** A regulation that its decision brings along: its name in capitals, then "(Ban hành kèm theo …)". */
function attachedShape({ lines }: Walk, i: number): Shape | null {
  const text = lines[i]?.text ?? "";
  if (!ATTACHED.test(text) || !isCapital(text)) return null;
  const isAttached = lines.slice(i + 1, i + NOTE_WITHIN).some((line) => ATTACHED_NOTE.test(line.text));
  return isAttached ? { kind: "heading", level: "annex", locator: text, number: "", title: "" } : null;
}

function openHeading(walk: Walk, line: Line, shape: Extract<Shape, { kind: "heading" }>, i: number): number {
  const { level, locator } = shape;
  walk.inside = level === "dieu" ? "article" : level === "annex" ? "annex" : "division";
  walk.clause = 0;
  walk.item = 0;
  const heading: Piece = { page: line.page, kind: "heading", level, locator, title: shape.title, depth: 0 };
  walk.pieces.push(heading);
  if (level === "dieu") {
    if (isSentence(walk, shape.title, i)) {
      heading.title = "";
      walk.pieces.push({ page: line.page, kind: "text", text: shape.title, rank: 0 });
    }
    return i;
  }
  const titles = titleBelow(walk, level, shape.title, i);
  heading.title = [shape.title, ...titles]
    .filter((text) => text !== "" && !ATTACHED_NOTE.test(text))
    .join(" ");
  return i + titles.length;
}

const LONG_TITLE = 200;

/** "Điều 2. Quyết định này có hiệu lực kể từ ngày ký." has no title: what stands behind its number is its text. */
function isSentence(walk: Walk, title: string, i: number): boolean {
  if (title === "") return false;
  const next = walk.lines[i + 1];
  const isAlone = !walk.quoted[i + 1] && (!next || opensTail(next) || isHeadingLine(next));
  return (
    isAlone ||
    /[:;]$/.test(title) ||
    title.length > LONG_TITLE ||
    /\.\s+\p{Lu}|\p{L}{2}.{100,}\.$/u.test(title)
  );
}

function isHeadingLine({ text, rows }: Line): boolean {
  return !rows && shapeOf(text).kind === "heading";
}

const MOST_TITLE_LINES = 5;

/** The title of a chapter stands on the next line; capitals go on with it, and so does the note that annexes carry. */
function titleBelow(walk: Walk, level: HeadingLevel, title: string, i: number): string[] {
  const found: string[] = [];
  for (const line of walk.lines.slice(i + 1, i + 1 + MOST_TITLE_LINES)) {
    const isNote = level === "annex" && ATTACHED_NOTE.test(line.text);
    const isFirst = level !== "annex" && title === "" && found.length === 0 && !/[.:;]$/.test(line.text);
    const goesOn = isCapital(line.text) && !(title !== "" && !isCapital(title));
    if (line.rows || shapeOf(line.text).kind !== "text" || !(isNote || isFirst || goesOn)) break;
    found.push(line.text);
  }
  return found;
}

function isCapital(text: string): boolean {
  return /\p{Lu}{2}/u.test(text) && text === text.toUpperCase();
}

const ROMAN = /^[IVXLC]{1,7}[.)]\s+\p{Lu}/u;

/** Headings that the format marked, and "I. MỤC TIÊU", name sections where no articles do. */
function nameOf(
  { hasArticles, inside, pieces }: Walk,
  { text, heading }: Line,
): { title: string; depth: number } | null {
  const isFree = !hasArticles || inside === "annex";
  if (isFree && ROMAN.test(text) && text.length <= 150 && !/[.:;]$/.test(text))
    return { title: text, depth: 3 };
  if (heading === null || (hasArticles && (inside === "article" || inside === "division"))) return null;
  const above = pieces.findLast((piece) => piece.kind === "heading");
  return {
    title: text,
    depth: above?.kind === "heading" && above.level === "annex" ? 3 : Math.min(6, heading + 1),
  };
}

type Body =
  | { kind: "khoan"; number: string; text: string }
  | { kind: "point"; letter: string; text: string }
  | { kind: "text"; text: string; rank: number };

function bodyPiece(walk: Walk, line: Line, shape: Exclude<Shape, { kind: "heading" }>): Body {
  if (shape.kind === "khoan") {
    if (!opensClause(walk, shape.number)) return { kind: "text", text: line.text, rank: 2 };
    return { kind: "khoan", number: shape.number, text: shape.text };
  }
  if (shape.kind === "point" && !/^[a-zđ][./]/.test(line.text.replace(/\d/g, ""))) walk.item = 0;
  if (shape.kind === "point") return { kind: "point", letter: shape.letter, text: shape.text };
  return listPiece(line);
}

/** Scanned texts print "l." for "1."; a point l cannot come first in an article. */
function isMisprintedOne({ inside, clause, pieces }: Walk, text: string): boolean {
  return inside === "article" && clause === 0 && pieces.at(-1)?.kind !== "point" && /^l\.\s/.test(text);
}

/** Khoản count upwards; a number that starts over, or follows such a one, counts a list within the khoản. */
function opensClause(walk: Walk, written: string): boolean {
  const number = Number.parseInt(written, 10);
  const isInserted = number === walk.clause && /[a-zđ]$/.test(written);
  const goesOnInside = walk.item > 0 && number === walk.item + 1 && endsOpen(walk.pieces.at(-1));
  if (walk.inside !== "article" || goesOnInside || (number <= walk.clause && !isInserted)) {
    walk.item = number;
    return false;
  }
  walk.clause = number;
  walk.item = 0;
  return true;
}

function endsOpen(piece: Piece | undefined): boolean {
  return piece?.kind === "text" && /[;,]$/.test(piece.text);
}

const BULLET = /^[-–•*]\s*(?=[^\s\d-])(.*)$/u;
const SUB_BULLET = /^\+\s*(?=[^\s\d])(.*)$/u;
/** "1.1. Hồ sơ", "a.1) đơn": counted below a khoản or a điểm. */
const SUB_COUNTED = /^(?:\d{1,3}|[a-zđ])(?:\.\d{1,3}){1,5}[.)]?\s/u;

function listPiece({ text, item }: Line): Body {
  const bullet = BULLET.exec(text);
  if (bullet) return { kind: "text", text: bullet[1] ?? "", rank: 2 };
  const sub = SUB_BULLET.exec(text);
  if (sub) return { kind: "text", text: sub[1] ?? "", rank: 3 };
  if (item !== null) return { kind: "text", text, rank: 2 + item };
  return { kind: "text", text, rank: SUB_COUNTED.test(text) ? 2 : 0 };
}
