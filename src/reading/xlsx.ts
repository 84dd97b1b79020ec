import type { Block } from "../knowledge/blocks.ts";
import { lineBlock } from "./lines.ts";
import { withoutEmpty } from "./table.ts";
import { Unreadable } from "./unreadable.ts";
import { readBook } from "./xlsx-book.ts";
import { readSheet, type Sheet } from "./xlsx-sheet.ts";
import { openArchive } from "./zip.ts";

const WANTED =
  /^xl\/(?:workbook|sharedStrings|styles)\.xml$|^xl\/_rels\/workbook\.xml\.rels$|^xl\/worksheets\/[^/]+\.xml$/;
const MOST_PLACES = 1_000_000;
const UNNAMED = /^(?:sheet|trang[ _]?tính|bảng)\s*\d*$/iu;

/** Reads a workbook: each sheet is a heading with its name, then tables, and lines where a row has but one cell. */
export async function readXlsx(bytes: Uint8Array): Promise<Block[]> {
  const archive = await openArchive(Buffer.from(bytes), (name) => WANTED.test(name));
  const book = readBook(archive.text);
  const hiddenSheet = book.sheets.find(({ isHidden }) => isHidden);
  if (hiddenSheet)
    throw new Unreadable(
      `trang tính "${hiddenSheet.name}" đang bị ẩn; hãy cho hiện hoặc xóa trang đó rồi gửi lại`,
    );
  return book.sheets.flatMap(({ name, part }, i) => {
    const source = archive.text(part);
    if (source === null) return [];
    const sheet = readSheet(part, source, name, book);
    if (sheet.hidden > 0)
      throw new Unreadable(
        `trang tính "${name}" có ${sheet.hidden} ký tự bị ẩn (dòng, cột ẩn hoặc chữ trắng); hãy cho hiện hoặc xóa rồi gửi lại`,
      );
    return blocksOf(sheet, name, i + 1);
  });
}

function blocksOf(sheet: Sheet, name: string, page: number): Block[] {
  const blocks = groupsOf(sheet).flatMap((rows) => groupBlocks(rows, page));
  if (blocks.length === 0 || UNNAMED.test(name)) return blocks;
  return [{ page, kind: "heading", level: 2, text: name.normalize("NFC").trim() }, ...blocks];
}

/** Rows that stand together; an empty row ends a group. */
function groupsOf({ rows }: Sheet): string[][][] {
  const groups: string[][][] = [];
  let before = -2;
  for (const [y, line] of [...rows].filter(([, line]) => line.size > 0).sort(([a], [b]) => a - b)) {
    if (y > before + 1) groups.push([]);
    groups.at(-1)?.push(toRow(line));
    before = y;
  }
  return groups;
}

/** Holes stay holes, so that a cell far to the right does not cost the columns before it. */
function toRow(line: Map<number, string>): string[] {
  const row: string[] = [];
  for (const [x, text] of line) row[x] = text;
  return row;
}

/** Titles above a table and notes below it are lines; a row of one cell between others belongs to the table. */
function groupBlocks(rows: string[][], page: number): Block[] {
  const isLine = (row: string[]) => Object.keys(row).length === 1;
  const first = rows.findIndex((row) => !isLine(row));
  const last = rows.findLastIndex((row) => !isLine(row));
  const lines = (part: string[][]) =>
    part.flatMap((row) => lineBlock(page, Object.values(row)[0] ?? "") ?? []);
  if (first === -1) return lines(rows);
  const table: Block = {
    page,
    kind: "table",
    rows: withoutEmpty(withHolesKept(rows.slice(first, last + 1))),
  };
  return [...lines(rows.slice(0, first)), table, ...lines(rows.slice(last + 1))];
}

/** Columns that nobody uses are left out first, since a table may reach from the first column to the last there is. */
function withHolesKept(rows: string[][]): string[][] {
  const used = [...new Set(rows.flatMap((row) => Object.keys(row).map(Number)))].sort((a, b) => a - b);
  if (used.length * rows.length > MOST_PLACES)
    throw new Unreadable("bảng tính quá rộng; hãy tách thành nhiều bảng");
  const place = new Map(used.map((column, i) => [column, i]));
  return rows.map((row) => {
    const packed: string[] = [];
    for (const [x, text] of Object.entries(row)) packed[place.get(Number(x)) ?? 0] = text;
    return packed;
  });
}
