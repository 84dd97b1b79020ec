import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { readPdf } from "../../src/reading/pdf.ts";
import { Unreadable } from "../../src/reading/unreadable.ts";
import { pdfBytes, pdfPage } from "../support/pdf-bytes.ts";

const recorded = (name: string) => readFile(new URL(`../fixtures/reading/${name}.pdf`, import.meta.url));
const words = (text: string, x: number, y: number, size = 12) =>
  `BT /F1 ${size} Tf ${x} ${y} Td (${text}) Tj ET`;
/** A paragraph with its text, as `readPdf` gives it. */
const paragraph = (page: number, text: string) => ({ page, kind: "paragraph", text });

async function reasonOf(bytes: Uint8Array): Promise<string> {
  const error = await readPdf(bytes).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Unreadable);
  return (error as Unreadable).reason;
}

describe("readPdf", () => {
  it("reads what a browser printed: a heading, a ruled table with a merged cell, and the page of each", async () => {
    expect(await readPdf(await recorded("table"))).toEqual([
      { page: 1, kind: "heading", level: 1, text: "Danh mục hỗ trợ" },
      paragraph(
        1,
        "Mức hỗ trợ cho từng loại máy được ghi trong bảng sau, tính theo giá mua ở thời điểm hợp tác xã nộp đủ hồ sơ.",
      ),
      {
        page: 1,
        kind: "table",
        rows: [
          ["Loại máy", "Mức hỗ trợ", "Thời hạn"],
          ["Máy sấy lúa", "111 triệu đồng", "3 năm"],
          ["Máy sấy lúa", "222 triệu đồng", "5 năm"],
        ],
      },
      paragraph(2, "Hợp tác xã nộp hồ sơ tại ủy ban nhân dân xã."),
    ]);
  });

  it("keeps the two columns of a decree's head apart, although their lines stand at different heights", async () => {
    const blocks = await readPdf(await recorded("decree-a"));
    expect(blocks.slice(0, 7)).toEqual([
      paragraph(1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
      paragraph(1, "CHÍNH PHỦ"),
      paragraph(1, "Độc lập - Tự do - Hạnh phúc"),
      paragraph(1, "Số: 911/2023/NĐ-CP"),
      paragraph(1, "Hà Nội, ngày 05 tháng 12 năm 2023"),
      paragraph(1, "NGHỊ ĐỊNH"),
      paragraph(1, "Về chính sách hỗ trợ hợp tác xã mua máy sấy lúa"),
    ]);
  });

  it("joins the lines of a paragraph, begins a new one at a number, and parts columns", async () => {
    const lines = [
      words("Hop tac xa duoc ho tro den nam muoi phan tram gia mua may say", 72, 700),
      words("trong nam dau tien.", 72, 685),
      words("1. Ho so gom don.", 72, 670),
      words("Can Tho", 400, 600),
      words("Kinh gui", 72, 600),
    ];
    expect(await readPdf(pdfPage(lines.join("\n")))).toEqual([
      paragraph(1, "Hop tac xa duoc ho tro den nam muoi phan tram gia mua may say trong nam dau tien."),
      paragraph(1, "1. Ho so gom don."),
      paragraph(1, "Kinh gui"),
      paragraph(1, "Can Tho"),
    ]);
  });

  it("reads words on a ground of another colour, and refuses those that nobody can see", async () => {
    const onGround = (colour: string) =>
      `0 0 1 rg 60 690 300 30 re f ${colour} rg ${words("Ho tro", 72, 700)}`;
    expect(await readPdf(pdfPage(onGround("1 1 1")))).toEqual([paragraph(1, "Ho tro")]);
    expect(await reasonOf(pdfPage(onGround("0 0 1")))).toContain("5 ký tự bị ẩn ở trang 1");
  });

  it("refuses a scanned page, which holds a picture and no text", async () => {
    const scan = pdfBytes([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
      { dictionary: "", stream: Buffer.from("q 595 0 0 842 0 0 cm /X Do Q") },
      {
        dictionary:
          "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
        stream: Buffer.from([0, 255, 255, 0]),
      },
    ]);
    expect(await reasonOf(scan)).toBe(
      "tệp PDF không có chữ, có lẽ là ảnh quét; hãy gửi tệp Word gốc hoặc PDF có chữ",
    );
  });
});
