import type { HostileFile } from "./hostile-files.ts";
import { sheetFile, wordFile, wordXml } from "./office-files.ts";

const CELL = '<c r="A1" t="inlineStr"><is><t>x</t></is></c>';

/** Workbooks. */
export function hostileSheets(): HostileFile[] {
  const xlsx = (what: string, bytes: () => Buffer, reason: RegExp): HostileFile => ({
    what,
    name: "a.xlsx",
    bytes,
    reason,
  });
  const rows = (what: string, make: () => string, reason: RegExp) =>
    xlsx(what, () => sheetFile(`<sheetData>${make()}</sheetData>`), reason);
  return [
    xlsx("a Word file called .xlsx", () => wordFile(wordXml("<w:p/>")), /không phải tệp Excel/),
    xlsx(
      "100,000 merged cells",
      () =>
        sheetFile(
          `<sheetData><row r="1">${CELL}</row></sheetData><mergeCells>${'<mergeCell ref="A1:B2"/>'.repeat(1e5)}</mergeCells>`,
        ),
      /ô gộp/,
    ),
    xlsx(
      "300,000 shared strings",
      () => sheetFile("<sheetData/>", { strings: "<si><t>x</t></si>".repeat(3e5) }),
      /quá nhiều ô chữ/,
    ),
    xlsx(
      "a sheet that claims every cell there is and holds none",
      () => sheetFile('<dimension ref="A1:XFD1048576"/><sheetData/>'),
      /không có chữ/,
    ),
    xlsx(
      "a merged area over the whole sheet",
      () =>
        sheetFile(
          `<sheetData><row r="1">${CELL}</row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`,
        ),
      /số hiệu/,
    ),
    rows(
      "400,000 cells",
      () => `<row r="1">${"<c><v>1</v></c>".repeat(2e5)}</row>`.repeat(2),
      /quá lớn|quá rộng/,
    ),
    rows(
      "a cell at a place that does not exist",
      () => '<row r="1"><c r="ZZZ99999999"><v>1</v></c></row>',
      /tọa độ/,
    ),
    rows(
      "a cell in a diagonal of 5,000",
      () =>
        Array.from(
          { length: 5_000 },
          (_, i) =>
            `<row r="${i + 1}"><c r="${column(i)}${i + 1}"><v>1</v></c><c r="${column(i + 1)}${i + 1}"><v>1</v></c></row>`,
        ).join(""),
      /quá rộng/,
    ),
    rows("a fault of a formula", () => '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>', /#REF!/),
    rows("a formula that was never computed", () => '<row r="1"><c r="A1"><f>1+1</f></c></row>', /chưa tính/),
    rows("a hidden row", () => `<row r="1" hidden="1">${CELL}</row>`, /1 ký tự bị ẩn/),
    xlsx(
      "a hidden column",
      () =>
        sheetFile(
          `<cols><col min="1" max="1" hidden="1"/></cols><sheetData><row r="1">${CELL}</row></sheetData>`,
        ),
      /1 ký tự bị ẩn/,
    ),
    xlsx(
      "a hidden sheet",
      () => sheetFile(`<sheetData><row r="1">${CELL}</row></sheetData>`, { state: 'state="veryHidden"' }),
      /đang bị ẩn/,
    ),
    xlsx(
      "white words",
      () =>
        sheetFile(`<sheetData><row r="1">${CELL.replace("<c ", '<c s="1" ')}</row></sheetData>`, {
          styles:
            '<fonts><font/><font><color rgb="FFFFFFFF"/></font></fonts><fills><fill><patternFill patternType="none"/></fill></fills><cellXfs><xf/><xf fontId="1" fillId="0"/></cellXfs>',
        }),
      /1 ký tự bị ẩn/,
    ),
    xlsx(
      "strings with a DTD",
      () => sheetFile("<sheetData/>", { strings: '<!DOCTYPE x [<!ENTITY a "b">]><si/>' }),
      /DTD/,
    ),
  ];
}

function column(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : column(Math.floor(at / 26) - 1) + letter;
}
