import writeExcelFile, { type CellObject, type SheetData } from "write-excel-file/node";
import { STANCES, STATUSES } from "../petitions/petition.ts";
import {
  CHANNEL_NAMES,
  REGISTER_COLUMNS,
  type RegisterColumn,
  type RegisterRow,
} from "../petitions/register.ts";
import type { ReportNames } from "../petitions/report.ts";

const WIDTHS: Record<RegisterColumn, number> = {
  ma: 12,
  noi_dung: 70,
  loai: 12,
  chu_de: 18,
  co_quan: 18,
  xa_phuong: 20,
  kenh: 12,
  trang_thai: 16,
  ngay_nhan: 12,
  han: 12,
  ngay_tra_loi: 14,
};

/** The register as .xlsx: one row per petition, then a sheet that says what its short names mean. */
export async function registerBook(rows: RegisterRow[], names: ReportNames): Promise<Uint8Array> {
  const register: SheetData = [
    REGISTER_COLUMNS.map(head),
    ...rows.map((row) => REGISTER_COLUMNS.map((column) => written(row[column], column === "noi_dung"))),
  ];
  const book = writeExcelFile(
    [
      {
        sheet: "Sổ theo dõi",
        data: register,
        columns: REGISTER_COLUMNS.map((column) => ({ width: WIDTHS[column] })),
        stickyRowsCount: 1,
      },
      { sheet: "Bảng mã", data: legend(names), columns: [{ width: 14 }, { width: 24 }, { width: 60 }] },
    ],
    {
      fontFamily: "Times New Roman",
      fontSize: 12,
      features: [{ files: { transform: { "xl/styles.xml": { transform: withQuotePrefix } } } }],
    },
  );
  return new Uint8Array(await book.toBuffer());
}

function legend({ topics, agencies }: ReportNames): SheetData {
  const lines: [RegisterColumn, string, string][] = [
    ...Object.entries(STANCES).map(([id, name]) => line("loai", id, name)),
    ...topics.map(({ id, name }) => line("chu_de", id, name)),
    ...agencies.map(({ id, name }) => line("co_quan", id, name)),
    ...Object.entries(CHANNEL_NAMES).map(([id, name]) => line("kenh", id, name)),
    ...Object.entries(STATUSES).map(([id, { label }]) => line("trang_thai", id, label)),
  ];
  return [["Cột", "Mã", "Nghĩa"].map(head), ...lines.map((each) => each.map((cell) => written(cell, false)))];
}

function line(column: RegisterColumn, id: string, name: string): [RegisterColumn, string, string] {
  return [column, id, name];
}

function head(value: string): CellObject {
  return { value, type: String, fontWeight: "bold", format: "@" };
}

/** Text and nothing else, whatever it begins with; days stay ISO text too, which sorts and filters as it reads. */
function written(value: string, wrap: boolean): CellObject | null {
  if (value === "") return null;
  return { value, type: String, format: "@", alignVertical: "top", ...(wrap ? { wrap } : {}) };
}

/**
 * "=1+1" in a text cell is text until somebody edits it; with quotePrefix a spreadsheet keeps it text even then, and the
 * member's words stay as they are, without an apostrophe in front.
 */
function withQuotePrefix(styles: string): string {
  return styles.replace(/<cellXfs[\s\S]*<\/cellXfs>/, (formats) =>
    formats.replaceAll("<xf ", '<xf quotePrefix="1" '),
  );
}
