import { normalize } from "../text/normalize.ts";
import type { FrontMatter } from "./document.ts";
import type { Heading, Piece } from "./legal-structure.ts";
import { unquoted } from "./legal-unquote.ts";

/** The depth of headings in our Markdown, by level; an annex stands beside the whole of the text. */
const DEPTH = { annex: 2, phan: 3, chuong: 3, muc: 4, "tieu-muc": 5, dieu: 6 } as const;

type Pen = {
  out: string[];
  inClause: boolean;
  /** The rank of the item above that ends with a colon: what ranks below it belongs to it. */
  open: number | null;
};

/** Writes a document in our Markdown (knowledge/README.md), from which nothing in its text can break out. */
export function writeMarkdown(front: FrontMatter, pieces: Piece[]): string {
  const pen: Pen = { out: [], inClause: false, open: null };
  for (const piece of unquoted(pieces)) write(pen, piece);
  return ["---", ...frontLines(front), "---", ...pen.out, ""].join("\n");
}

/** JSON is YAML, and one line of it cannot end the front of the file. */
function frontLines(front: FrontMatter): string[] {
  return Object.entries(front)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
}

function write(pen: Pen, piece: Piece): void {
  if (piece.kind === "heading") writeHeading(pen, piece);
  else if (piece.kind === "khoan") {
    pen.inClause = true;
    pen.open = null;
    pen.out.push(`${piece.number}. ${inert(piece.text)}`, ...metaLines({ page: piece.page }, "   "));
  } else if (piece.kind === "table") writeTable(pen, piece.rows);
  else if (piece.kind === "point") writeItem(pen, `${piece.letter}) ${inert(piece.text)}`, 1);
  else if (piece.kind === "quoted") writeItem(pen, `- ${inert(piece.text)}`, 0);
  else if (piece.rank > 0) writeItem(pen, `- ${inert(piece.text)}`, piece.rank);
  else writeItem(pen, plain(piece.text), 0);
}

function writeHeading(pen: Pen, { level, depth, locator, title, page, from }: Heading): void {
  pen.inClause = false;
  pen.open = null;
  const text = [locator, title].filter((part) => part !== "").join(". ");
  pen.out.push(
    `${"#".repeat(level === "name" ? depth : DEPTH[level])} ${inert(text)}`,
    ...metaLines({ from, page }, ""),
  );
}

function metaLines(meta: { from?: string | undefined; page: number | null }, indent: string): string[] {
  const known = Object.entries(meta).filter(([, value]) => value !== null && value !== undefined);
  if (known.length === 0) return [];
  return [`${indent}<!-- { ${known.map(([key, value]) => `${key}: ${value}`).join(", ")} } -->`];
}

function writeItem(pen: Pen, text: string, rank: number): void {
  if (text === "") return;
  const isNested = pen.open !== null && rank > pen.open;
  if (!isNested) pen.open = rank > 0 && text.endsWith(":") ? rank : null;
  pen.out.push(`${pen.inClause ? "   " : ""}${isNested ? "   " : ""}${text}`);
}

/** Rows of one filled cell above the table are its caption; the row below them names the columns. */
function writeTable(pen: Pen, rows: string[][]): void {
  pen.open = null;
  const cells = rows
    .map((row) => row.map(inertCell))
    .filter((row) => row.some((cell) => /[^-:\s]/.test(cell)));
  while (cells.length > 1 && (cells[0] ?? []).filter(Boolean).length === 1 && (cells[0] ?? []).length > 1) {
    writeItem(pen, plain(cells.shift()?.find(Boolean) ?? ""), 0);
  }
  for (const [i, row] of cells.entries()) {
    pen.out.push(`| ${row.join(" | ")} |`);
    if (i === 0 && cells.length > 1) pen.out.push(`|${row.map(() => "---").join("|")}|`);
  }
}

/** One line in which no comment can begin; the sign between is what a reader still takes for the same. */
function inert(text: string): string {
  return normalize(text).replaceAll("\n", " ").replaceAll("<!--", "<! --");
}

function inertCell(cell: string): string {
  return inert(cell).replaceAll("|", "\\|");
}

const SPEAKS_MARKDOWN = /^(?:#|\||[-*+_]|\d{1,3}[a-zđ]?[.)]|[a-zđ]\d{0,2}\))/u;

/** A paragraph; what would open something in our Markdown becomes an item of a list, behind whose sign it is only text. */
function plain(text: string): string {
  const line = inert(text);
  return SPEAKS_MARKDOWN.test(line) ? `- ${line}` : line;
}
