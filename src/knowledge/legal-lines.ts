import { normalize } from "../text/normalize.ts";
import type { Block } from "./blocks.ts";
import { isStructural } from "./legal-shape.ts";

/** One line of a legal text. `heading` and `item` are levels that the format marked, else null; a table has rows and no text. */
export type Line = {
  text: string;
  page: number | null;
  heading: number | null;
  item: number | null;
  rows: string[][] | null;
};

/** The lines of a text: without what is printed on every page, without rules, and with the lines of one sentence joined. */
export function toLines(blocks: Block[]): Line[] {
  return joinBroken(withoutPageEdges(blocks.flatMap(linesOf))).filter(
    (line) => line.rows || !isNoise(line.text),
  );
}

/** A plain line, as a format without pages gives it. */
export function plainLine(text: string, heading: number | null = null): Line {
  return { text: normalize(text).replaceAll("\n", " "), page: null, heading, item: null, rows: null };
}

function linesOf(block: Block): Line[] {
  const { page } = block;
  if (block.kind === "table") return [{ ...plainLine(""), page, rows: block.rows }];
  return normalize(block.text)
    .split("\n")
    .filter((text) => text !== "")
    .map((text) => ({
      ...plainLine(text, block.kind === "heading" ? block.level : null),
      page,
      item: block.kind === "item" ? block.depth : null,
    }));
}

const RULE_ONLY = /^[-_*=~.•\s]+$/;
const PAGE_NUMBER = /^(?:[-–]\s?)?(?:trang\s)?\d{1,4}(?:\s?[/|]\s?\d{1,4})?(?:\s?[-–])?$/i;
/** A line of a table of contents ends in leaders and a page. */
const CONTENTS = /(?:\.{5}|…{2}|(?:\. ){4})[.… ]{0,150}\d{1,4}$/;

function isNoise(text: string): boolean {
  return text === "" || RULE_ONLY.test(text) || CONTENTS.test(text.slice(-200));
}

const EDGE = 2;

/** Drops page numbers, and what stands at the same edge of several pages: headers and footers. */
function withoutPageEdges(lines: Line[]): Line[] {
  const edges = pageEdges(lines);
  const pages = new Map<string, Set<number>>();
  for (const line of edges) {
    const key = withoutDigits(line.text);
    pages.set(key, (pages.get(key) ?? new Set()).add(line.page ?? 0));
  }
  const all = new Set(lines.map(({ page }) => page)).size;
  const often = Math.max(2, Math.min(3, all));
  return lines.filter((line) => {
    if (!edges.has(line)) return true;
    if (PAGE_NUMBER.test(line.text)) return false;
    return isStructural(line.text) || (pages.get(withoutDigits(line.text))?.size ?? 0) < often;
  });
}

function withoutDigits(text: string): string {
  return text.replace(/\d+/g, "#");
}

/** The first and last lines of each page, tables left out. */
function pageEdges(lines: Line[]): Set<Line> {
  const byPage = new Map<number, Line[]>();
  for (const line of lines) {
    if (line.page === null || line.rows) continue;
    const own = byPage.get(line.page);
    if (own) own.push(line);
    else byPage.set(line.page, [line]);
  }
  return new Set([...byPage.values()].flatMap((own) => [...own.slice(0, EDGE), ...own.slice(-EDGE)]));
}

const ENDS = /[.:;!?…”"]$/;
const DANGLING = /(?<![\p{L}])(?:điều|khoản|điểm|số|và|hoặc|của|tại|theo|ngày|tháng|năm)$/iu;
/** Titles end without a sign, and the grounds stand below them. */
const GROUND = /^(?:Căn cứ|Theo đề nghị của|Xét đề nghị của|Thực hiện) \p{L}/u;
const FULL_LINE = 60;

/** Only pages break a sentence over lines; elsewhere a line is a paragraph of its author. */
function joinBroken(lines: Line[]): Line[] {
  const joined: { line: Line; pieces: string[] }[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last && continues({ ...last.line, text: last.pieces.at(-1) ?? "" }, line, last.pieces[0] ?? "")) {
      last.pieces.push(line.text);
    } else joined.push({ line, pieces: [line.text] });
  }
  return joined.map(({ line, pieces }) => ({ ...line, text: pieces.join(" ") }));
}

function continues(above: Line, line: Line, opening: string): boolean {
  if (line.page === null || above.rows || line.rows || above.heading !== line.heading) return false;
  if (line.item !== null || ENDS.test(above.text)) return false;
  if (DANGLING.test(above.text.slice(-20)) && !isCapital(above.text)) return true;
  if (isStructural(line.text) || /^[-+•]\s/.test(line.text) || GROUND.test(line.text)) return false;
  if (/^\p{Ll}/u.test(line.text)) return true;
  const isTitle =
    /^(?:điều|chương|phần|mục)\s/iu.test(opening) || isCapital(above.text) || isCapital(line.text);
  return !isTitle && above.text.length >= FULL_LINE;
}

function isCapital(text: string): boolean {
  return text === text.toUpperCase();
}
