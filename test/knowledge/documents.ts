import { RefusedFile } from "../../src/knowledge/document.ts";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";

const FRONT: Record<string, string> = {
  number: "1/2026/NĐ-CP",
  title: "Nghị định thử",
  issuer: "Chính phủ",
  signed: "2025-12-01",
  effective: "2025-01-01",
  expires: "null",
  topics: "[von-vay]",
  source: "bài thử",
  certainty: "certain",
};

/** The source of a document with this body; keys given replace the usual ones, and an empty one is left out. */
export function source(body: string, keys: Record<string, string> = {}): string {
  const lines = Object.entries({ ...FRONT, ...keys }).flatMap(([key, value]) =>
    value === "" ? [] : `${key}: ${value}`,
  );
  return `---\n${lines.join("\n")}\n---\n${body}`;
}

export const parse = (body: string, keys: Record<string, string> = {}) =>
  parseMarkdown("documents/thu.md", source(body, keys));

/** Its clauses, each as "id: lead | part | part". */
export const outline = (body: string, keys?: Record<string, string>) =>
  parse(body, keys).clauses.map(({ id, lead, parts }) =>
    [
      `${id.split("#")[1]}: ${lead}`,
      ...parts.map((part) => (part.locator ? `${part.locator}) ${part.text}` : part.text)),
    ].join(" | "),
  );

/** Why the document is refused, or null when it is not. */
export function refusal(text: string): string | null {
  try {
    parseMarkdown("documents/thu.md", text);
    return null;
  } catch (error) {
    if (error instanceof RefusedFile) return error.message;
    throw error;
  }
}
