import type { Block } from "../knowledge/blocks.ts";
import { clean, lineBlock } from "./lines.ts";
import type { Line } from "./pdf-lines.ts";
import type { Ruled } from "./pdf-tables.ts";

export type Page = { lines: Line[]; tables: Ruled[] };
type Measures = { size: number; pitch: number; left: number; right: number; headings: number[] };

const OPENS = /^(?:(?:điều|chương|mục|phần|phụ lục)\s+[\divxlc]|\d{1,3}[.)]\s|[a-zđ]\)\s|[-–—•●▪◦+*]\s)/iu;
const ENDS = /[.;:!?…]["”)]?$/;
const LONGEST_HEADING = 200;
/** Of lines set one and a half apart. */
const WIDEST_PITCH = 1.7;

/** Puts the lines of a document together to paragraphs, headings and tables; a paragraph that goes on overleaf is one. */
export function toBlocks(pages: Page[]): Block[] {
  const measures = measure(pages.flatMap(({ lines }) => lines));
  const blocks: Block[] = [];
  for (const [i, page] of pages.entries()) {
    for (const block of pageBlocks(page, i + 1, measures)) {
      const last = blocks.at(-1);
      if (last && last.page !== block.page && goesOn(last, block)) join(last, block);
      else blocks.push(block);
    }
  }
  return blocks;
}

function measure(lines: Line[]): Measures {
  const sizes = new Map<number, number>();
  for (const { size, text } of lines) sizes.set(round(size), (sizes.get(round(size)) ?? 0) + text.length);
  const size = [...sizes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 12;
  const body = lines.filter((line) => Math.abs(line.size - size) < 1);
  const pitches = body
    .map((line, i) => (body[i - 1]?.y ?? 0) - line.y)
    .filter((pitch) => pitch > size * 0.8 && pitch < size * 3);
  return {
    size,
    // Where most paragraphs are of one line, most gaps are those between paragraphs.
    pitch: Math.min(share(pitches, 0.3) || size * 1.3, size * WIDEST_PITCH),
    left: share(
      body.map(({ x }) => x),
      0.05,
    ),
    right: share(
      body.map(({ right }) => right),
      0.95,
    ),
    headings: [...sizes.keys()].filter((each) => each >= size * 1.15).sort((a, b) => b - a),
  };
}

function round(size: number): number {
  return Math.round(size * 2) / 2;
}

/** The value that this share of all values stays below. */
function share(values: number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
}

function pageBlocks({ lines, tables }: Page, page: number, measures: Measures): Block[] {
  const placed: { y: number; blocks: Block[] }[] = tables.map(({ box, rows }) => ({
    y: box[3],
    blocks: [{ page, kind: "table", rows }],
  }));
  for (const paragraph of paragraphsOf(lines, tables, measures)) {
    const text = paragraph.map((line) => line.text.trim()).join(" ");
    placed.push({ y: paragraph[0]?.y ?? 0, blocks: toBlock(text, paragraph[0]?.size ?? 0, page, measures) });
  }
  return placed.sort((a, b) => b.y - a.y).flatMap(({ blocks }) => blocks);
}

function toBlock(text: string, size: number, page: number, { headings }: Measures): Block[] {
  const rank = headings.indexOf(round(size));
  const heading = clean(text);
  if (rank !== -1 && heading !== "" && heading.length <= LONGEST_HEADING)
    return [{ page, kind: "heading", level: Math.min(rank + 1, 6), text: heading }];
  const block = lineBlock(page, text);
  return block ? [block] : [];
}

function paragraphsOf(lines: Line[], tables: Ruled[], measures: Measures): Line[][] {
  const paragraphs: Line[][] = [];
  for (const line of lines) {
    const before = paragraphs.at(-1)?.at(-1);
    const isParted = !before || tables.some(({ box }) => box[3] < before.y && box[3] > line.y);
    if (isParted || begins(line, before, measures)) paragraphs.push([line]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs;
}

function begins(line: Line, before: Line, { size, pitch, left, right }: Measures): boolean {
  const text = line.text.trim();
  const gap = before.y - line.y;
  const isLarge = before.size > size * 1.1;
  const isShort = before.right < right - (right - left) * 0.12;
  return (
    gap < size * 0.5 ||
    // Columns whose lines stand at different heights, as in the head of a decree.
    line.x > before.right ||
    line.right < before.x ||
    gap > (isLarge ? before.size * 1.6 : pitch * 1.25) ||
    Math.abs(line.size - before.size) > size * 0.1 ||
    OPENS.test(text) ||
    (isShort && (ENDS.test(before.text.trim()) || /^\p{Lu}/u.test(text))) ||
    (line.x > before.x + size && Math.abs(before.x - left) < size / 2)
  );
}

function goesOn(last: Block, next: Block): boolean {
  if (last.kind === "table") return next.kind === "table" && last.rows[0]?.length === next.rows[0]?.length;
  if (next.kind !== "paragraph" || last.kind === "heading") return false;
  return !ENDS.test(last.text) && /^[\p{Ll}\d(]/u.test(next.text) && !OPENS.test(next.text);
}

/** A table's heading row that is printed again overleaf stands once. */
function join(last: Block, next: Block): void {
  if (last.kind === "table" && next.kind === "table") {
    const isRepeated = JSON.stringify(last.rows[0]) === JSON.stringify(next.rows[0]);
    last.rows.push(...next.rows.slice(isRepeated ? 1 : 0));
  } else if ("text" in last && "text" in next) last.text = `${last.text} ${next.text}`;
}
