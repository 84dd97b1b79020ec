/** Some words as a page draws them at once: `x`, `y` is where their baseline begins, in points with y upwards; `size` that of the font. */
export type Piece = { text: string; x: number; y: number; width: number; size: number };
/** Words on one baseline. */
export type Line = { text: string; x: number; right: number; y: number; size: number };

/** A gap this wide, in sizes of the font, is a word's end; one beyond the second parts columns. */
const WORD_GAP = 0.15;
const COLUMN_GAP = 2.5;
const LABEL = /^(?:\d{1,3}[.)]|[a-zđ][.)]|[-–•●+▪])$/;

/** Puts pieces together to lines from top to bottom; words far apart on one line are lines of their own. */
export function toLines(pieces: Piece[]): Line[] {
  const sorted = pieces.filter(({ text }) => text.trim() !== "").sort((a, b) => b.y - a.y);
  const rows: Piece[][] = [];
  for (const piece of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && Math.abs(first.y - piece.y) <= Math.max(first.size, piece.size) * 0.4)
      row.push(piece);
    else rows.push([piece]);
  }
  return rows.flatMap((row) => joined(row.sort((a, b) => a.x - b.x)));
}

function joined(row: Piece[]): Line[] {
  const lines: Line[] = [];
  for (const piece of row) {
    const line = lines.at(-1);
    const right = piece.x + piece.width;
    const gap = line ? (piece.x - line.right) / Math.max(piece.size, 1) : 0;
    if (line && (gap < COLUMN_GAP || LABEL.test(line.text.trim()))) {
      line.text += (gap > WORD_GAP && !line.text.endsWith(" ") ? " " : "") + piece.text;
      line.right = Math.max(line.right, right);
      line.size = Math.max(line.size, piece.size);
    } else lines.push({ text: piece.text, x: piece.x, right, y: piece.y, size: piece.size });
  }
  return lines;
}

const PAGE_NUMBER = /^(?:trang\s*)?[-–]?\s*\d{1,4}\s*(?:\/\s*\d{1,4})?\s*[-–]?$/iu;

/** Leaves out page numbers, and what stands first or last on most of the pages. */
export function withoutRunningLines(pages: Line[][]): Line[][] {
  const counts = new Map<string, number>();
  const key = (line: Line | undefined) => (line?.text ?? "").trim().replace(/\d+/g, "#");
  for (const lines of pages)
    for (const each of new Set([key(lines[0]), key(lines.at(-1))]))
      counts.set(each, (counts.get(each) ?? 0) + 1);
  const isRunning = (line: Line | undefined) =>
    PAGE_NUMBER.test((line?.text ?? "").trim()) ||
    (pages.length >= 3 && (counts.get(key(line)) ?? 0) > pages.length / 2);
  return pages.map((lines) => {
    const from = isRunning(lines[0]) ? 1 : 0;
    const to = lines.length > from && isRunning(lines.at(-1)) ? -1 : lines.length;
    return lines.slice(from, to);
  });
}
