import { LIMITS } from "./limits.ts";
import { clean } from "./lines.ts";
import { Unreadable } from "./unreadable.ts";
import type { Book } from "./xlsx-book.ts";
import { showNumber } from "./xlsx-format.ts";
import { readXml } from "./xml.ts";

/** The cells of a sheet that hold something, by row and column (from 0), and how many characters stand where no reader sees them. */
export type Sheet = { rows: Map<number, Map<number, string>>; hidden: number };

type Area = { top: number; left: number; bottom: number; right: number };
type Reading = {
  ref: string;
  type: string;
  style: number;
  value: string;
  inline: string;
  hasFormula: boolean;
};

const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
/** A merged area wider or longer than this is a mark of a made-up file, or of a whole column merged. */
const MOST_REPEATED = 5_000;

/** Reads one sheet; what it declares of its size is not believed, only its cells count. `sheet` names it in reasons. */
export function readSheet(part: string, source: string, sheet: string, book: Book): Sheet {
  const rows: Sheet["rows"] = new Map();
  const [path, merged]: [string[], Area[]] = [[], []];
  const hiddenColumns: [number, number][] = [];
  let [cells, hidden] = [0, 0];
  let [row, isHiddenRow] = [-1, false];
  let reading: Reading | null = null;
  const keep = (found: Reading): void => {
    const place = placeOf(found.ref) ?? { row, column: rows.get(row)?.size ?? 0 };
    const text = clean(textOf(found, sheet, book));
    if (text === "") return;
    cells += 1;
    if (cells > LIMITS.sheetCells) throw new Unreadable(`trang tính "${sheet}" quá lớn; hãy tách nhỏ tệp`);
    const isHiddenColumn = hiddenColumns.some(
      ([first, last]) => place.column >= first && place.column <= last,
    );
    if (isHiddenRow || isHiddenColumn || book.styles[found.style]?.isHidden) hidden += text.length;
    const line = rows.get(place.row) ?? new Map<number, string>();
    rows.set(place.row, line.set(place.column, text));
  };
  readXml(part, source, {
    open(name, attributes) {
      path.push(name);
      if (name === "col" && isTrue(attributes.hidden))
        hiddenColumns.push([Number(attributes.min) - 1, Number(attributes.max) - 1]);
      if (name === "row") {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r) - 1;
        isHiddenRow = isTrue(attributes.hidden);
      }
      if (name === "c")
        reading = {
          ref: attributes.r ?? "",
          type: attributes.t ?? "n",
          style: Number(attributes.s ?? 0),
          value: "",
          inline: "",
          hasFormula: false,
        };
      if (name === "f" && reading) reading.hasFormula = true;
      if (name === "mergeCell") merged.push(areaOf(attributes.ref ?? ""));
      if (merged.length > LIMITS.mergedCells)
        throw new Unreadable(`trang tính "${sheet}" có quá nhiều ô gộp`);
    },
    close(name) {
      path.pop();
      if (name === "c" && reading) keep(reading);
      if (name === "c") reading = null;
    },
    text(text) {
      if (!reading) return;
      if (path.at(-1) === "v") reading.value += text;
      if (path.at(-1) === "t" && !path.includes("rPh")) reading.inline += text;
    },
  });
  repeatMerged(rows, merged);
  return { rows, hidden };
}

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}

function textOf({ type, value, inline, style, hasFormula, ref }: Reading, sheet: string, book: Book): string {
  if (type === "s") return book.strings[Number(value)] ?? "";
  if (type === "inlineStr") return inline;
  if (type === "b") return value === "1" ? "Có" : "Không";
  if (type === "e")
    throw new Unreadable(`ô ${ref} của trang "${sheet}" báo lỗi ${value}; hãy sửa ô đó rồi gửi lại`);
  if (hasFormula && value === "" && type !== "str")
    throw new Unreadable(
      `ô ${ref} của trang "${sheet}" là công thức chưa tính; hãy mở bằng Excel và lưu lại`,
    );
  if (type === "str" || type === "d") return value;
  return showNumber(value, book.styles[style]?.format ?? null, book.startsIn1904);
}

/** "C5" → row 4, column 2; null where the cell does not say where it stands. */
function placeOf(ref: string): { row: number; column: number } | null {
  if (ref === "") return null;
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(ref);
  const column = [...(found?.[1] ?? "")].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  const row = Number(found?.[2] ?? 0);
  if (row < 1 || row > LAST_ROW || column < 1 || column > LAST_COLUMN)
    throw new Unreadable(`bảng tính có ô mang tọa độ không có thật (${ref.slice(0, 20)})`);
  return { row: row - 1, column: column - 1 };
}

function areaOf(ref: string): Area {
  const [first = "", last = first] = ref.split(":");
  const [from, to] = [placeOf(first), placeOf(last)];
  return { top: from?.row ?? 0, left: from?.column ?? 0, bottom: to?.row ?? 0, right: to?.column ?? 0 };
}

/** So that every row can be read by itself; an area as wide as the table is a line of its own and stands once. */
function repeatMerged(rows: Sheet["rows"], merged: Area[]): void {
  const width = widthOf(rows, merged);
  for (const { top, left, bottom, right } of merged) {
    const text = rows.get(top)?.get(left);
    const isWhole = left === 0 && right > 0 && right + 1 >= width;
    if (text === undefined || (bottom - top + 1) * (right - left + 1) > MOST_REPEATED) continue;
    for (let y = top; y <= bottom; y += 1) {
      const line = rows.get(y) ?? new Map<number, string>();
      if (line.size > 0 || !isWhole) rows.set(y, line);
      for (let x = left; x <= (isWhole ? left : right); x += 1) line.set(x, text);
    }
  }
}

function widthOf(rows: Sheet["rows"], merged: Area[]): number {
  let width = 0;
  for (const line of rows.values()) for (const column of line.keys()) width = Math.max(width, column + 1);
  return Math.max(width, ...merged.slice(0, 100).map(({ right }) => Math.min(right + 1, width)));
}
