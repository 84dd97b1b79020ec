import { describe, expect, it } from "vitest";
import { readXlsx } from "../../src/reading/xlsx.ts";
import { sheetFile } from "../support/office-files.ts";

describe("readXlsx", () => {
  it("shows numbers as their format does, and tells a title from a table", async () => {
    const text = (ref: string, words: string) => `<c r="${ref}" t="inlineStr"><is><t>${words}</t></is></c>`;
    const sheet = `<sheetData><row r="1">${text("A1", "Danh mục")}</row><row r="2">${text("A2", "Đối tượng")}${text("B2", "Mức")}</row>
      <row r="3">${text("A3", "HTX")}<c r="B3" s="1"><v>0.5</v></c></row><row r="4">${text("A4", "THT")}<c r="B4" s="2"><v>5000000</v></c></row></sheetData>`;
    const styles = '<cellXfs><xf/><xf numFmtId="9"/><xf numFmtId="3"/></cellXfs>';
    expect(await readXlsx(sheetFile(sheet, { styles }))).toEqual([
      { page: 1, kind: "heading", level: 2, text: "Mức hỗ trợ" },
      { page: 1, kind: "paragraph", text: "Danh mục" },
      {
        page: 1,
        kind: "table",
        rows: [
          ["Đối tượng", "Mức"],
          ["HTX", "50%"],
          ["THT", "5.000.000"],
        ],
      },
    ]);
  });
});
