import { describe, expect, it } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { readRows } from "../../src/reading/rows.ts";
import { zipFile } from "../support/zip-file.ts";

const TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`;
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

function workbook(sheet: string): Buffer {
  return zipFile({
    "[Content_Types].xml": TYPES,
    "xl/workbook.xml": `<workbook xmlns="${SHEETS}" xmlns:r="${RELATIONS}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<worksheet xmlns="${SHEETS}">${sheet}</worksheet>`,
  });
}
const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const SMALL_LIMITS = { memoryMb: 128, timeMs: 10_000, outputBytes: 2 ** 20 };

describe("the rows of a file", () => {
  it("come from the first sheet of an .xlsx as text, real dates as ISO days, gaps as empty rows", async () => {
    const text = (value: string) => ({ value, type: String });
    const day = { value: new Date(Date.UTC(2026, 2, 1)), type: Date, format: "dd/mm/yyyy" };
    const bytes = await writeExcelFile([
      [text("noi_dung"), text("ngay"), text("lien_he")],
      [text("Xin nạo vét kênh\ntrước vụ"), day, { value: 912345678, type: Number }],
      [],
      [text("Dòng bốn"), null, text("0912345678")],
    ]).toBuffer();
    expect(await readRows(bytes, "y-kien.xlsx")).toEqual({
      rows: [
        ["noi_dung", "ngay", "lien_he"],
        ["Xin nạo vét kênh\ntrước vụ", "2026-03-01", "912345678"],
        ["", "", ""],
        ["Dòng bốn", "", "0912345678"],
      ],
      brokenAt: null,
    });
  });

  it("come from a .csv in UTF-8 and UTF-16", async () => {
    const rows = [["noi_dung"], ["Xin nạo vét kênh"]];
    const text = "\uFEFFnoi_dung\nXin nạo vét kênh\n";
    expect(await readRows(Buffer.from(text), "A.CSV")).toEqual({ rows, brokenAt: null });
    expect(await readRows(Buffer.from(text, "utf16le"), "a.csv")).toEqual({ rows, brokenAt: null });
  });

  it("come from an .xlsx that was named .csv", async () => {
    const bytes = workbook(`<sheetData><row r="1">${cell("A1", "noi_dung")}</row></sheetData>`);
    expect(await readRows(bytes, "a.csv")).toEqual({ rows: [["noi_dung"]], brokenAt: null });
  });
});

describe("a file that is refused", () => {
  const manyRows = (n: number) =>
    Array.from({ length: n }, (_, i) => `<row r="${i + 1}">${cell(`A${i + 1}`, "x")}</row>`).join("");

  it.each([
    ["is empty", Buffer.alloc(0), "a.csv", "Tệp trống."],
    ["is of another kind", Buffer.from("%PDF-1.7"), "a.pdf", "Chỉ nhận tệp .xlsx hoặc .csv."],
    [
      "is in an old encoding",
      Buffer.from("noi_dung\nK\xeanh r\xe1ch", "latin1"),
      "a.csv",
      "Tệp không phải UTF-8",
    ],
    ["is larger than 20 MiB", Buffer.alloc(20 * 2 ** 20 + 1, "x"), "a.csv", "Tệp lớn hơn 20 MiB."],
    ["is no workbook", zipFile({ "a.txt": "x" }), "a.xlsx", "Tệp .xlsx bị hỏng"],
    ["begins like an archive and is none", Buffer.from("PK\x03\x04 và hết"), "a.xlsx", "Tệp .xlsx bị hỏng"],
    [
      "has more than 100,000 rows",
      Buffer.from(`noi_dung\n${"x\n".repeat(100_001)}`),
      "a.csv",
      "hơn 100.000 dòng",
    ],
    ["unpacks to more than 150 MiB", workbook(" ".repeat(151 * 2 ** 20)), "a.xlsx", "bung ra quá lớn"],
    [
      "has too many parts",
      zipFile(Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`${i}.xml`, "x"]))),
      "a.xlsx",
      "quá nhiều phần",
    ],
  ])(
    "because it %s says so",
    async (_why, bytes, name, reason) => {
      expect(await readRows(bytes, name)).toEqual({ refused: expect.stringContaining(reason) });
    },
    60_000,
  );

  it.each([
    [
      "claims a row far out",
      workbook(`<sheetData><row r="4000000000">${cell("A4000000000", "x")}</row></sheetData>`),
    ],
    [
      "is wider than memory",
      workbook(`<sheetData>${manyRows(30_000)}<row r="30001">${cell("XFD30001", "x")}</row></sheetData>`),
    ],
    [
      "prints more than it may",
      workbook(`<sheetData>${manyRows(200_00)}</sheetData>`.replaceAll(">x<", `>${"x".repeat(400)}<`)),
    ],
  ])(
    "because it %s ends with its own process",
    async (_what, bytes) => {
      const began = performance.now();
      expect(await readRows(bytes, "a.xlsx", SMALL_LIMITS)).toEqual({
        refused: expect.stringMatching(/^Không đọc được tệp|bị hỏng/),
      });
      expect(performance.now() - began).toBeLessThan(12_000);
    },
    60_000,
  );

  it("because its reader takes too long is given up", async () => {
    const bytes = Buffer.from(`noi_dung\n${"x\n".repeat(50_000)}`);
    expect(await readRows(bytes, "a.csv", { ...SMALL_LIMITS, timeMs: 50 })).toEqual({
      refused: expect.stringMatching(/^Không đọc được tệp/),
    });
  }, 60_000);
});
