import { deflateSync } from "node:zlib";
import type { HostileFile } from "./hostile-files.ts";
import { pdfBytes, pdfPage } from "./pdf-bytes.ts";
import { repeatedZlib } from "./repeated-deflate.ts";

const CATALOG = "<< /Type /Catalog /Pages 2 0 R >>";
const words = (before: string) => `BT /F1 12 Tf ${before} 72 700 Td (Ho tro 9 ty dong) Tj ET`;
const page = (contents: string) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${contents} /Resources << /Font << /F1 5 0 R >> >> >>`;
const FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
const ONE_PAGE = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";

/** PDF files. */
export function hostilePdfs(): HostileFile[] {
  const pdf = (what: string, bytes: () => Buffer, reason: RegExp): HostileFile => ({
    what,
    name: "a.pdf",
    bytes,
    reason,
  });
  return [
    pdf("100,000 pages", manyPages, /100000 trang/),
    pdf("a file cut in half", () => pdfPage(words("")).subarray(0, 200), /hỏng|không có chữ/),
    pdf("junk behind the first line", () => Buffer.from(`%PDF-1.7\n${"rác ".repeat(10_000)}`), /hỏng/),
    pdf("a page without words", () => pdfPage("0 0 100 100 re f"), /không có chữ/),
    pdf(
      "a stream that unfolds to 4 GB",
      () =>
        pdfBytes([
          CATALOG,
          ONE_PAGE,
          page("/Contents 4 0 R"),
          { dictionary: "/Filter /FlateDecode", stream: repeatedZlib(4_000, 32) },
          FONT,
        ]),
      /bộ nhớ|quá lâu|dừng đột ngột/,
    ),
    pdf(
      "a stream unfolded twice over",
      () =>
        pdfBytes([
          CATALOG,
          ONE_PAGE,
          page("/Contents 4 0 R"),
          {
            dictionary: "/Filter [/FlateDecode /FlateDecode]",
            stream: deflateSync(repeatedZlib(4_000, 32)),
          },
          FONT,
        ]),
      /bộ nhớ|quá lâu|dừng đột ngột/,
    ),
    pdf(
      "pages that hold each other",
      () => pdfBytes([CATALOG, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]),
      /hỏng/,
    ),
    pdf(
      "an object that is itself",
      () => pdfBytes([CATALOG, ONE_PAGE, page("/Contents 4 0 R"), "4 0 R", FONT]),
      /không có chữ/,
    ),
    pdf(
      "a form that draws itself",
      () =>
        pdfBytes([
          CATALOG,
          ONE_PAGE,
          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
          { dictionary: "", stream: Buffer.from("/X Do") },
          {
            dictionary:
              "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>",
            stream: Buffer.from("/X Do"),
          },
        ]),
      /không có chữ/,
    ),
    {
      ...pdf("5 million operators", () => pdfPage("q Q ".repeat(2.5e6)), /quá lâu|bộ nhớ|không có chữ/),
      limits: { timeMs: 4_000 },
    },
    pdf(
      "a picture of a thousand million points",
      () =>
        pdfBytes([
          CATALOG,
          ONE_PAGE,
          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
          { dictionary: "", stream: Buffer.from("/X Do") },
          {
            dictionary:
              "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode",
            stream: deflateSync(Buffer.alloc(1e6)),
          },
        ]),
      /không có chữ/,
    ),
    pdf("an endless page", () => pdfPage(words(""), "/MediaBox [0 0 1e38 1e38]"), /số hiệu/),
    pdf("words in a mode that draws nothing", () => pdfPage(words("3 Tr")), /12 ký tự bị ẩn/),
    pdf("white words on white paper", () => pdfPage(words("1 1 1 rg")), /ký tự bị ẩn/),
    pdf(
      "black words on a black box",
      () => pdfPage(`0 0 0 rg 60 690 300 30 re f ${words("0 0 0 rg")}`),
      /ký tự bị ẩn/,
    ),
    pdf("words of one point", () => pdfPage("BT /F1 1 Tf 72 700 Td (Ho tro 9 ty dong) Tj ET"), /ký tự bị ẩn/),
    pdf(
      "words beside the page",
      () => pdfPage("BT /F1 12 Tf 5000 700 Td (Ho tro 9 ty dong) Tj ET"),
      /ký tự bị ẩn/,
    ),
    pdf(
      "a file with a password",
      () =>
        pdfBytes(
          [
            CATALOG,
            ONE_PAGE,
            page("/Contents 4 0 R"),
            { dictionary: "", stream: Buffer.from("x") },
            FONT,
            `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${"41".repeat(32)}> /U <${"42".repeat(32)}> >>`,
          ],
          "/Encrypt 6 0 R /ID [<41> <41>]",
        ),
      /mật khẩu/,
    ),
    pdf("a page called .pdf", () => Buffer.from("<html>"), /văn bản thường/),
    pdf("an archive called .pdf", () => Buffer.from("PK\u0003\u0004"), /ZIP/),
  ];
}

function manyPages(): Buffer {
  const count = 100_000;
  const kids = Array.from({ length: count }, (_, i) => `${i + 3} 0 R`).join(" ");
  return pdfBytes([
    CATALOG,
    `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`,
    ...Array.from({ length: count }, () => "<< /Type /Page /Parent 2 0 R >>"),
  ]);
}
