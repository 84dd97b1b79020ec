import { fold } from "../text/fold.ts";

/** The columns of a table of opinions collected on paper or at a meeting; only `noi_dung` is required. */
export const COLUMNS = [
  "noi_dung",
  "loai",
  "chu_de",
  "hop_tac_xa",
  "xa_phuong",
  "nguoi_gui",
  "lien_he",
  "ngay",
] as const;
export type Column = (typeof COLUMNS)[number];

/** Headings as people write them, without marks, spaces and punctuation. */
const HEADINGS: Record<Column, string[]> = {
  noi_dung: ["noidung", "noidungykien", "noidungkiennghi", "noidungphananh", "ykien", "cauhoi"],
  loai: ["loai", "loaiykien", "phanloai"],
  chu_de: ["chude", "nhomvande", "linhvuc"],
  hop_tac_xa: ["hoptacxa", "htx", "tenhoptacxa", "tenhtx", "donvi"],
  xa_phuong: ["xaphuong", "phuongxa", "xa", "phuong", "diaban", "diachi"],
  nguoi_gui: ["nguoigui", "hoten", "hovaten", "nguoigopy", "nguoikiennghi", "tennguoigui"],
  lien_he: ["lienhe", "sodienthoai", "sdt", "dienthoai", "thongtinlienhe"],
  ngay: ["ngay", "ngaygui", "ngaynhan", "ngaygopy", "ngaythang"],
};

/** Where each column stands in a row, or why the heading cannot be used. */
export type Heading = { at: Partial<Record<Column, number>> } | { fault: string };

/** Reads row 1; columns that it does not know (a running number) are passed over. */
export function readHeading(cells: string[]): Heading {
  const at: Partial<Record<Column, number>> = {};
  for (const [i, cell] of cells.entries()) {
    const column = columnOf(cell);
    if (!column) continue;
    if (at[column] !== undefined) return { fault: `Có hai cột cùng là ${column} (dòng 1).` };
    at[column] = i;
  }
  if (at.noi_dung !== undefined) return { at };
  return {
    fault: `Dòng 1 phải là tiêu đề và có cột noi_dung (Nội dung). Các cột được dùng: ${COLUMNS.join(", ")}.`,
  };
}

function columnOf(cell: string): Column | undefined {
  const written = fold(cell).replace(/[^a-z0-9]/g, "");
  return COLUMNS.find((column) => HEADINGS[column].includes(written));
}
