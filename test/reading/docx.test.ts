import {
  AlignmentType,
  Document,
  HeadingLevel,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
} from "docx";
import { describe, expect, it } from "vitest";
import { readDocx } from "../../src/reading/docx.ts";

const row = (...cells: string[]) =>
  new TableRow({ children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })) });

describe("readDocx", () => {
  it("keeps headings, the numbers that Word computes, bullets and tables, with composed marks", async () => {
    const level = (at: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
      level: at,
      format,
      text,
      alignment: AlignmentType.LEFT,
    });
    const numbered = (text: string, at: number) =>
      new Paragraph({ text, numbering: { reference: "n", level: at } });
    const document = new Document({
      numbering: {
        config: [
          {
            reference: "n",
            levels: [level(0, LevelFormat.DECIMAL, "%1."), level(1, LevelFormat.LOWER_LETTER, "%2)")],
          },
        ],
      },
      sections: [
        {
          children: [
            new Paragraph({ text: "Điều 1. Mức hỗ trợ".normalize("NFD"), heading: HeadingLevel.HEADING_1 }),
            numbered("Hợp tác xã được vay", 0),
            numbered("vốn dài hạn", 1),
            numbered("vốn ngắn hạn", 1),
            numbered("Tổ hợp tác được vay", 0),
            new Paragraph({ text: "Nhà kho", bullet: { level: 0 } }),
            new Table({ rows: [row("Đối tượng", "Mức"), row("Hợp tác xã", "5 tỷ đồng")] }),
          ],
        },
      ],
    });
    expect(await readDocx(await Packer.toBuffer(document))).toEqual([
      { page: null, kind: "heading", level: 1, text: "Điều 1. Mức hỗ trợ" },
      { page: null, kind: "item", depth: 0, text: "1. Hợp tác xã được vay" },
      { page: null, kind: "item", depth: 1, text: "a) vốn dài hạn" },
      { page: null, kind: "item", depth: 1, text: "b) vốn ngắn hạn" },
      { page: null, kind: "item", depth: 0, text: "2. Tổ hợp tác được vay" },
      { page: null, kind: "item", depth: 0, text: "Nhà kho" },
      {
        page: null,
        kind: "table",
        rows: [
          ["Đối tượng", "Mức"],
          ["Hợp tác xã", "5 tỷ đồng"],
        ],
      },
    ]);
  });
});
