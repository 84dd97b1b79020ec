import type { HostileFile } from "./hostile-files.ts";

const FRONT = `---
number: 1/2025/QĐ-UBND
title: Thử
issuer: Ủy ban
signed: 2025-01-01
effective: 2025-01-02
expires: null
topics: [von-vay]
source: thử
certainty: certain
---
`;

/** Markdown and HTML. */
export function hostileTexts(): HostileFile[] {
  const md = (what: string, text: string | Buffer, reason: RegExp): HostileFile => ({
    what,
    name: "a.md",
    bytes: () => Buffer.from(text),
    reason,
  });
  const html = (what: string, make: () => string | Buffer, reason: RegExp): HostileFile => ({
    what,
    name: "a.html",
    bytes: () => Buffer.from(make()),
    reason,
  });
  const aliases = Array.from(
    { length: 12 },
    (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(",")}]`,
  );
  return [
    md("an empty file", "", /trống/),
    md("no front matter", "# chỉ có chữ", /thông tin đầu tệp/),
    md("a YAML bomb of references", `---\na0: &a0 [x]\n${aliases.join("\n")}\n---\n## a\nb`, /neo/),
    md("a YAML tag that names code", '---\na: !!js/function "x"\n---\n## a\nb', /thẻ kiểu|không đọc được/),
    md("YAML nested 100,000 deep", `---\na: ${"[".repeat(100_000)}\n---\n`, /lồng quá sâu/),
    md("an open comment", `${FRONT}## Điều 1. a\n<!-- mở\nb`, /không đóng/),
    md("bytes that are not UTF-8", Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe, 0xe1]), /UTF-8/),
    md("a NUL in the text", `${FRONT}## a\nb\u0000c`, /UTF-8/),
    md("a program", Buffer.from(`MZ${"\u0001".repeat(99)}`), /chương trình/),
    md("a PDF called .md", "%PDF-1.7\n", /PDF/),
    md("11 MiB of text", `${FRONT}## Điều 1. a\n${"dài ".repeat(2.4e6)}`, /MiB chữ/),
    { ...md("a Markdown file with a sidecar", `${FRONT}## a\nb`, /\.yaml đi kèm/), sidecar: "number: 2" },
    {
      what: "21 MiB",
      name: "a.pdf",
      bytes: () => Buffer.alloc(21 * 2 ** 20, "%PDF-1.7 "),
      reason: /lớn hơn 20 MiB/,
    },
    html(
      "a page without a word",
      () => "<html><body><script>alert(1)</script></body></html>",
      /không có chữ/,
    ),
    html(
      "a page of hidden words only",
      () => '<body><p style="display:none">Hỗ trợ 5 tỷ đồng</p><p hidden>ẩn</p></body>',
      /không có chữ/,
    ),
    html("a text without tags", () => "chỉ có chữ", /không chứa thẻ HTML/),
    html("tags nested 100,000 deep", () => `<html>${"<div>".repeat(100_000)}x`, /lồng quá 250 tầng/),
    html(
      "a table of a thousand million columns",
      () =>
        `<table>${`<tr>${'<td colspan="1000" rowspan="65534">x</td>'.repeat(50)}</tr>`.repeat(50)}</table>`,
      /bảng quá lớn|số hiệu/,
    ),
    html("a word file called .html", () => Buffer.from("PK\u0003\u0004xxxx"), /ZIP/),
    html(
      "half a million attributes",
      () => `<p ${Array.from({ length: 500_000 }, (_, i) => `a${i}="1"`).join(" ")}>x</p>`,
      /1000 thuộc tính/,
    ),
    html("18 MB of open brackets", () => `<p>${"<a ".repeat(6e6)}`, /lồng quá sâu|quá lâu/),
    html("a million tags", () => "<p>x".repeat(1e6), /quá nhiều thẻ/),
    html(
      "items nested 100,000 deep without an end",
      () => `<ul>${"<li><p>".repeat(1e5)}x`,
      /lồng quá|quá lâu/,
    ),
    {
      what: "a page that says nothing of itself",
      name: "a.htm",
      bytes: () => Buffer.from("<p>Chữ</p>"),
      reason: /số hiệu/,
    },
    {
      ...html("a sidecar that is a bomb", () => "<p>Chữ</p>", /neo/),
      sidecar: `a0: &a0 [x]\n${aliases.join("\n")}`,
    },
  ];
}
