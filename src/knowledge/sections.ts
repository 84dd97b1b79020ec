import { normalize } from "../text/normalize.ts";
import { ClauseMeta, type Part, RefusedFile } from "./document.ts";
import { isBelow, type Locator, readLocators } from "./structure.ts";
import { readYaml } from "./yaml.ts";

/** One step on the way to a section: a heading, or a numbered line (no heading, depth 0). */
export type Step = {
  depth: number;
  heading: string | null;
  locators: Locator[];
  meta: ClauseMeta | null;
};

/** A piece of the body under one heading or numbered line. */
export type Section = { path: Step[]; lead: string; parts: Part[] };

type Line = { text: string; indent: number; next: string };

type Walk = {
  file: string;
  comments: string[];
  sections: Section[];
  /** The headings that the next line stands under. */
  headings: Step[];
  current: Section | null;
  /** How far the numbered line of the current section is indented; null when a heading opened it. */
  numberedAt: number | null;
  /** How far the last item of a list is indented; null outside lists. */
  itemAt: number | null;
  /** Whether what was last added to it ends with a sign. */
  itemEnds: boolean;
  /** The column names of the table being read; null outside tables. */
  columns: string[] | null;
};

const HEADING = /^(#{1,6})(?:\s+(.*))?$/;
const NUMBERED = /^(\d{1,3}[a-zđ]?)[.)]\s+(.*)$/;
const POINT = /^([a-zđ]\d{0,2})\)\s+(.*)$/;
const BULLET = /^[-*+]\s+(.*)$/;
const DIVIDER = /^([-*_])(?: ?\1){2,}$/;
const ROW = /^\|(.*)\|$/;
const RULE = /^\|[\s:|-]+\|$/;
/** A line that stands for a comment; the sign belongs to no script. */
const COMMENT_MARK = /^\uE000(\d+)\uE000$/;

/** Walks the body line by line; each heading, and each numbered line under a Điều, opens the section of the lines below it. */
export function readSections(file: string, body: string): Section[] {
  const { text, comments } = liftComments(file, body.replaceAll("\uE000", ""));
  const walk: Walk = {
    file,
    comments,
    sections: [],
    headings: [],
    current: null,
    numberedAt: null,
    itemAt: null,
    itemEnds: false,
    columns: null,
  };
  const lines = text.split("\n");
  for (const [i, raw] of lines.entries()) {
    const comment = COMMENT_MARK.exec(raw);
    if (comment) addMeta(walk, comments[Number(comment[1])] ?? "");
    else read(walk, { text: normalize(raw), indent: indentOf(raw), next: normalize(lines[i + 1] ?? "") });
  }
  return walk.sections;
}

/** Takes the comments out of the text, so that their lines are not read as content. */
function liftComments(file: string, body: string): { text: string; comments: string[] } {
  const comments: string[] = [];
  const pieces: string[] = [];
  let at = 0;
  for (;;) {
    const from = body.indexOf("<!--", at);
    if (from === -1) break;
    const to = body.indexOf("-->", from);
    if (to === -1) throw new RefusedFile(file, "có ghi chú <!-- không đóng bằng -->");
    pieces.push(body.slice(at, from), `\n\uE000${comments.length}\uE000\n`);
    comments.push(dedent(body.slice(from + 4, to)));
    at = to + 3;
  }
  return { text: [...pieces, body.slice(at)].join(""), comments };
}

function dedent(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join("\n");
}

function indentOf(raw: string): number {
  return (/^[^\S\n]*/.exec(raw)?.[0] ?? "").replaceAll("\t", "    ").length;
}

function addMeta({ file, current }: Walk, yaml: string): void {
  const step = current?.path.at(-1);
  if (!step) throw new RefusedFile(file, "ghi chú điều khoản đứng trước mọi tiêu đề");
  const name = nameOf(current);
  if (step.meta) throw new RefusedFile(file, `"${name}" có hai ghi chú, hãy gộp làm một`);
  step.meta = readYaml(file, ClauseMeta, yaml, `ghi chú của "${name}"`);
}

function read(walk: Walk, line: Line): void {
  const heading = HEADING.exec(line.text);
  const row = ROW.exec(line.text);
  if (!row) walk.columns = null;
  if (line.text === "" || DIVIDER.test(line.text)) return;
  if (heading) openHeading(walk, (heading[1] ?? "").length, heading[2] ?? "");
  else if (!walk.current)
    throw new RefusedFile(walk.file, `nội dung đứng trước tiêu đề đầu tiên: "${line.text.slice(0, 60)}"`);
  else if (row) addRow(walk, walk.current, row[1] ?? "", line);
  else addText(walk, walk.current, line);
}

function addText(walk: Walk, section: Section, line: Line): void {
  const numbered = NUMBERED.exec(line.text);
  if (numbered && opensClause(walk, line.indent)) openNumbered(walk, numbered, line.indent);
  else addLine(walk, section, line);
}

/** A first line "# …" is the title of the document, which its front matter already holds. */
function openHeading(walk: Walk, depth: number, written: string): void {
  const heading = written.replace(/(?<!#) ?#+$/, "").trim();
  if (heading === "")
    throw new RefusedFile(walk.file, `có dòng tiêu đề trống (sau "${nameOf(walk.current)}")`);
  const locators = readLocators(heading);
  if (depth === 1 && !walk.current && locators.length === 0) return;
  const step: Step = { depth, heading, locators, meta: null };
  while (walk.headings.length > 0 && !nests(walk.headings.at(-1), step)) walk.headings.pop();
  walk.headings.push(step);
  open(walk, [...walk.headings], null);
}

/** Where both headings carry locators, the order of the law decides: files often write Chương and Điều with equal signs. */
function nests(outer: Step | undefined, inner: Step): boolean {
  const last = outer?.locators.at(-1);
  const first = inner.locators[0];
  if (!outer) return false;
  return last && first
    ? isBelow(first.level, last.level) && inner.depth >= outer.depth
    : inner.depth > outer.depth;
}

/** A numbered line is a khoản when it stands right under a Điều; deeper in, or elsewhere, it is an item of a list. */
function opensClause({ headings, numberedAt }: Walk, indent: number): boolean {
  const enclosing = headings.flatMap((step) => step.locators).at(-1);
  return enclosing?.level === "dieu" && (numberedAt === null || indent < numberedAt + 2);
}

function openNumbered(walk: Walk, [, number = "", text = ""]: RegExpExecArray, indent: number): void {
  const locator: Locator = { level: "khoan", number, title: "" };
  const step: Step = { depth: 0, heading: null, locators: [locator], meta: null };
  open(walk, [...walk.headings, step], indent);
  if (walk.current) walk.current.lead = text;
}

function open(walk: Walk, path: Step[], numberedAt: number | null): void {
  walk.current = { path, lead: "", parts: [] };
  walk.sections.push(walk.current);
  walk.numberedAt = numberedAt;
  walk.itemAt = null;
}

/** The first row of a table is its header only when the rule |---| follows. */
function addRow(walk: Walk, section: Section, row: string, line: Line): void {
  walk.itemAt = null;
  if (RULE.test(line.text)) {
    walk.columns ??= [];
    return;
  }
  const cells = row.split(/(?<!\\)\|/).map((cell) => cell.replaceAll("\\|", "|").trim());
  if (!walk.columns && RULE.test(line.next)) {
    walk.columns = cells;
    return;
  }
  walk.columns ??= [];
  section.parts.push({ locator: null, text: rowText(walk.columns, cells) });
}

/** A table row as a sentence: "Tổ hợp tác: 500 triệu đồng", or with its column names when there are several values. */
function rowText(columns: string[], [first = "", ...rest]: string[]): string {
  if (rest.length === 0) return first;
  if (rest.length === 1) return `${first}: ${rest[0]}`;
  const values = rest.flatMap((cell, i) => (cell === "" ? [] : `${columns[i + 1] ?? ""} ${cell}`.trim()));
  return `${first}: ${values.join("; ")}`;
}

function addLine(walk: Walk, section: Section, { text, indent }: Line): void {
  const item = itemOf(text);
  const last = section.parts.at(-1);
  if (last && walk.itemAt !== null && indent > walk.itemAt) {
    addNested(walk, last, text);
    return;
  }
  walk.itemAt = item ? indent : null;
  walk.itemEnds = endsWithSign(text);
  if (item) section.parts.push(item);
  else if (last) section.parts.push({ locator: null, text });
  else section.lead = section.lead ? `${section.lead} ${text}` : text;
}

/** What is nested belongs to the item above it, since alone it says nothing: "Hỗ trợ: nhà kho; sân phơi". */
function addNested(walk: Walk, above: Part, text: string): void {
  const item = itemOf(text);
  const isNewItem = item !== null && !walk.itemEnds;
  above.text += `${isNewItem ? "; " : " "}${item && !item.locator ? item.text : text}`;
  walk.itemEnds = endsWithSign(text);
}

function endsWithSign(text: string): boolean {
  return /[.:;,!?…]/.test(text.at(-1) ?? "");
}

function itemOf(text: string): Part | null {
  const point = POINT.exec(text);
  if (point) return { locator: `điểm ${point[1]}`, text: point[2] ?? "" };
  const bullet = BULLET.exec(text)?.[1] ?? NUMBERED.exec(text)?.[2];
  return bullet === undefined ? null : { locator: null, text: bullet };
}

function nameOf(section: Section | null): string {
  const step = section?.path.at(-1);
  return step?.heading ?? section?.path.at(-2)?.heading ?? "đầu tệp";
}
