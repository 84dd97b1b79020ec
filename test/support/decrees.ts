import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow } from "docx";

/** An invented decree: what stands in the two columns of its head, its title lines, and its body, a line each. */
export type Decree = { head: [string[], string[]]; title: string[]; body: string[] };

const NATION = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"];
const GROUNDS = "Căn cứ Luật Thử nghiệm số 900/2001/QH9 ngày 02 tháng 2 năm 2001;";

/** Sets the support of its Điều 5 to 111 million from 2024 on. */
export const DECREE_A: Decree = {
  head: [
    ["CHÍNH PHỦ", "Số: 911/2023/NĐ-CP"],
    [...NATION, "Hà Nội, ngày 05 tháng 12 năm 2023"],
  ],
  title: ["NGHỊ ĐỊNH", "Về chính sách hỗ trợ hợp tác xã mua máy sấy lúa"],
  body: [
    GROUNDS,
    "Điều 1. Phạm vi điều chỉnh",
    "Nghị định này quy định chính sách hỗ trợ hợp tác xã mua máy sấy lúa trong vùng trồng lúa.",
    "Điều 5. Mức hỗ trợ mua máy sấy lúa",
    "Hợp tác xã được hỗ trợ tối đa 111 triệu đồng khi mua máy sấy lúa.",
    "Điều 9. Hiệu lực thi hành",
    "Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2024. Nơi nhận:",
  ],
};

/** Gives Điều 5 of decree A a new wording, with 222 million, from 2026 on. */
export const DECREE_B: Decree = {
  head: [
    ["CHÍNH PHỦ", "Số: 922/2025/NĐ-CP"],
    [...NATION, "Hà Nội, ngày 10 tháng 11 năm 2025"],
  ],
  title: [
    "NGHỊ ĐỊNH",
    "Sửa đổi, bổ sung một số điều của Nghị định số 911/2023/NĐ-CP ngày 05 tháng 12 năm 2023 của Chính phủ về chính sách hỗ trợ hợp tác xã mua máy sấy lúa",
  ],
  body: [
    GROUNDS,
    "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 911/2023/NĐ-CP",
    "1. Sửa đổi Điều 5 như sau:",
    "“Điều 5. Mức hỗ trợ mua máy sấy lúa",
    "Hợp tác xã được hỗ trợ tối đa 222 triệu đồng khi mua máy sấy lúa.”",
    "2. Bãi bỏ Điều 7.",
    "Điều 2. Hiệu lực thi hành",
    "Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2026.",
    "Nơi nhận:",
    "- Các bộ, cơ quan ngang bộ;",
  ],
};

/** As a web page, which the browser also prints to the recorded PDF. */
export function decreeHtml({ head, title, body }: Decree): string {
  const column = (lines: string[]) => `<td style="text-align:center">${lines.join("<br>")}</td>`;
  const paragraphs = body.map((line) => `<p>${/^“?Điều/.test(line) ? `<b>${line}</b>` : line}</p>`);
  return `<!doctype html><html lang="vi"><body style="font-size:13pt"><table width="100%"><tr>${head.map(column).join("")}</tr></table>
    ${title.map((line) => `<p style="text-align:center"><b>${line}</b></p>`).join("\n")}\n${paragraphs.join("\n")}</body></html>`;
}

/** As a Word file. */
export function decreeDocx({ head, title, body }: Decree): Promise<Buffer> {
  const cell = (lines: string[]) => new TableCell({ children: lines.map((line) => new Paragraph(line)) });
  const children = [
    new Table({ rows: [new TableRow({ children: head.map(cell) })] }),
    ...title.map((text) => new Paragraph({ text, heading: HeadingLevel.TITLE })),
    ...body.map((text) => new Paragraph(text)),
  ];
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

/** As our Markdown, where the front says what the other formats say in their head. */
export function decreeMarkdown({ head, title, body }: Decree, front: string): string {
  const number = head[0][1]?.replace("Số: ", "");
  const lines = body
    .slice(1)
    .filter((line) => !/^(?:Nơi nhận|- Các bộ)/.test(line))
    .map((line) => (line.startsWith("Điều") ? `## ${line}` : line.replace(/^“|”$/g, "")));
  return `---\nnumber: ${number}\ntitle: "${title[1]}"\nissuer: Chính phủ\n${front}\n---\n${lines.join("\n\n")}\n`;
}
