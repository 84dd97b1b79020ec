import type { Block } from "../knowledge/blocks.ts";

const BULLET = /^[-–—•●▪◦+*·\uf0b7\uf02d]\s+(?=\S)/;
const DIVISION = /^(?:phần|chương|mục|tiểu mục|điều)\s+(?:[\divxlc]+|thứ)/iu;

/** Text as it is kept: composed marks, one space between words, nothing that cannot be seen. */
export function clean(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ue000-\uf8ff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** A line as a block: one that begins with a dash or a dot is an item of a list; null for an empty one. */
export function lineBlock(page: number | null, text: string): Block | null {
  const raw = text.normalize("NFC").trim();
  const bullet = BULLET.exec(raw)?.[0] ?? "";
  const line = clean(raw.slice(bullet.length));
  if (line === "") return null;
  return bullet ? { page, kind: "item", depth: 0, text: line } : { page, kind: "paragraph", text: line };
}

/** An item of a list, unless its number makes it a division of a law ("Điều 3. …"), which stands in no list. */
export function itemBlock(page: number | null, depth: number, text: string): Block | null {
  const line = clean(text);
  if (line === "") return null;
  return DIVISION.test(line)
    ? { page, kind: "paragraph", text: line }
    : { page, kind: "item", depth, text: line };
}
