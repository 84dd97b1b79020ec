import { fold, slug } from "../text/fold.ts";

/** The levels of a Vietnamese legal text, outermost first (Decree 78/2025/NĐ-CP on drafting lists the same order). */
const LEVELS = ["phan", "chuong", "muc", "dieu", "khoan", "diem"] as const;
export type Level = (typeof LEVELS)[number];

const LABEL: Record<Level, string> = {
  phan: "Phần",
  chuong: "Chương",
  muc: "Mục",
  dieu: "Điều",
  khoan: "Khoản",
  diem: "Điểm",
};

/** Where a piece of law stands: { level: "dieu", number: "12", title: "Gặp khó khăn khi trả nợ" }. */
export type Locator = { level: Level; number: string; title: string };

const HEAD = /^(phan|chuong|muc|dieu|khoan|diem)\s+(?:thu\s+)?([ivxlcdm]+|\d+[a-z]?|[a-z]{1,2})\b\s*[.:)\-–]?\s*/;

/** Reads the locator at the start of a heading, or null when the heading only names a section. */
export function readLocator(heading: string): Locator | null {
  const match = HEAD.exec(fold(heading));
  if (!match) return null;
  const [whole, level, number] = match as unknown as [string, Level, string];
  const written = heading.slice(whole.search(/\s/)).trim().replace(/^thứ\s+/i, "");
  return { level, number: written.slice(0, number.length), title: heading.slice(whole.length).trim() };
}

/** How a locator reads in a citation, innermost last: "Điều 12 khoản 2 điểm a". Chapters add nothing that Điều does not tell. */
export function locatorText(path: Locator[]): string {
  const fromArticle = path.filter((step) => LEVELS.indexOf(step.level) >= LEVELS.indexOf("dieu"));
  const steps = fromArticle.length > 0 ? fromArticle : path;
  return steps
    .map((step, i) => `${i === 0 ? LABEL[step.level] : LABEL[step.level].toLowerCase()} ${step.number}`)
    .join(" ");
}

/** The part of an id that a locator gives: "dieu-12.khoan-2". */
export function locatorSlug(path: Locator[]): string {
  const fromArticle = path.filter((step) => LEVELS.indexOf(step.level) >= LEVELS.indexOf("dieu"));
  return (fromArticle.length > 0 ? fromArticle : path).map((step) => `${step.level}-${slug(step.number)}`).join(".");
}

/** True when `inner` belongs below `outer`. */
export function isBelow(inner: Level, outer: Level): boolean {
  return LEVELS.indexOf(inner) > LEVELS.indexOf(outer);
}
