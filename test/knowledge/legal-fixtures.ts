import type { Block } from "../../src/knowledge/blocks.ts";
import { RefusedFile } from "../../src/knowledge/document.ts";
import { toPolicyText } from "../../src/knowledge/legal-text.ts";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";

/** The lines of a text as paragraphs, on a page when one is given. */
export function paragraphs(text: string, page: number | null = null): Block[] {
  return text.split("\n").map((line) => ({ kind: "paragraph", text: line, page }));
}

/** A whole decree around a body; keys replace what its head says. */
export function decree(
  body: string,
  { number = "901/2024/NĐ-CP", title = "Về hỗ trợ máy sấy", day = "01/5/2024" } = {},
): string {
  return [
    "CHÍNH PHỦ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    `Số: ${number}`,
    "Hà Nội, ngày 05 tháng 3 năm 2024",
    "NGHỊ ĐỊNH",
    title,
    "Căn cứ Luật Thử nghiệm số 900/2001/QH9 ngày 02 tháng 2 năm 2001;",
    "Chính phủ ban hành Nghị định này.",
    body,
    "Điều 90. Hiệu lực thi hành",
    `Nghị định này có hiệu lực thi hành kể từ ngày ${day}.`,
    "Nơi nhận:",
    "- Các bộ;",
    "TM. CHÍNH PHỦ",
    "Nguyễn Văn Mẫu",
  ].join("\n");
}

export const read = (blocks: Block[], { file = "a.docx", sidecar = null as string | null } = {}) =>
  parseMarkdown(file, toPolicyText(file, blocks, sidecar));

/** The clauses of a decree with this body, each as "id: lead | part | part"; its article on effect is left out. */
export function outlineOf(body: string, page: number | null = null): string[] {
  return clausesOf(read(paragraphs(decree(body), page))).filter((line) => !line.startsWith("dieu-90"));
}

export function clausesOf({ clauses }: ReturnType<typeof parseMarkdown>): string[] {
  return clauses.map(({ id, lead, parts }) =>
    [
      `${id.split("#")[1]}: ${lead}`,
      ...parts.map((part) => (part.locator ? `${part.locator}) ${part.text}` : part.text)),
    ].join(" | "),
  );
}

/** Why something is refused, or null when it is not. */
export function reasonOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof RefusedFile) return error.message;
    throw error;
  }
}
