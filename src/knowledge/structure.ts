import { slug } from "../text/fold.ts";

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

const WORD = new RegExp(
  `^(${LEVELS.flatMap((level) => [LABEL[level].toLowerCase(), level]).join("|")})\\s+`,
  "iu",
);

const EDGE = String.raw`(?![\p{L}\p{N}%])`;
/** The number ends the heading, or a sign parts it from the title; "1,5 lần" is no number of a clause. */
const DELIMITED = String.raw`(?=\s*(?:[:;)(\]–—-]|[.,](?!\d)|$))`;
/** As above, or the title begins with a capital, or the next locator follows; "Khoản 300 triệu" has neither. */
const BEFORE_TITLE = String.raw`(?:${DELIMITED}|(?=\s+(?:\p{Lu}|(?:điều|dieu|khoản|khoan|điểm|diem)\s)))`;
const ORDINAL = String.raw`thứ\s+(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?:\s+\p{L}+)?)${EDGE}`;
const COUNTED = String.raw`\d+[a-zđA-ZĐ]?`;

const PART = [
  new RegExp(`^${ORDINAL}`, "iu"),
  new RegExp(`^[IVXLC]+${EDGE}`, "u"),
  new RegExp(`^[ivxlc]+${DELIMITED}`, "u"),
  new RegExp(`^\\d+${DELIMITED}`, "u"),
];
const NUMBER: Record<Level, RegExp[]> = {
  phan: PART,
  chuong: PART,
  muc: [
    new RegExp(`^(?:[IVXLC]+(?:\\.\\d+[a-zđ]?)*)${EDGE}`, "u"),
    new RegExp(`^(?:${COUNTED}(?:\\.\\d+[a-zđ]?)*)${BEFORE_TITLE}`, "u"),
    new RegExp(`^(?:[A-ZĐ]|[ivxlc]+)${DELIMITED}`, "u"),
  ],
  dieu: [new RegExp(`^${COUNTED}${EDGE}`, "u")],
  khoan: [new RegExp(`^${COUNTED}${BEFORE_TITLE}`, "u")],
  diem: [new RegExp(`^[a-zđA-ZĐ]\\d{0,2}${BEFORE_TITLE}`, "u")],
};

/** Reads the locator at the start of a heading, or null when the heading only names a section. */
export function readLocator(heading: string): Locator | null {
  return readLocators(heading).at(0) ?? null;
}

/** Reads every locator at the start of a text, outermost first: "Điều 9 khoản 2", "điểm a khoản 2 Điều 9". */
export function readLocators(text: string): Locator[] {
  const found: Locator[] = [];
  let rest = text.normalize("NFC").trim();
  for (;;) {
    const step = readStep(rest);
    if (!step || found.some(({ level }) => level === step.level)) break;
    found.push({ level: step.level, number: step.number, title: "" });
    rest = rest.slice(step.length);
    const next = rest.replace(/^[\s,]+/, "");
    if (!readStep(next)) break;
    rest = next;
  }
  const last = found.at(-1);
  if (last) last.title = rest.replace(/^\s*[.:)\]–—-]?\s*/, "");
  return found.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

function readStep(text: string): { level: Level; number: string; length: number } | null {
  const word = WORD.exec(text);
  if (!word) return null;
  const level = levelOf(word[1] ?? "");
  const rest = text.slice(word[0].length);
  const match = NUMBER[level].map((pattern) => pattern.exec(rest)).find((found) => found !== null);
  if (!match) return null;
  return { level, number: match[0].replace(/\s+/g, " "), length: word[0].length + match[0].length };
}

function levelOf(word: string): Level {
  const plain = slug(word);
  return LEVELS.find((level) => level === plain) ?? "dieu";
}

/** How a locator reads in a citation, outermost first: "Điều 12 khoản 2 điểm a". */
export function locatorText(path: Locator[]): string {
  return fromArticle(path)
    .map((step, i) => `${i === 0 ? LABEL[step.level] : LABEL[step.level].toLowerCase()} ${step.number}`)
    .join(" ");
}

/** The part of an id that a locator gives: "dieu-12.khoan-2"; đ becomes dd, since points d and đ are two. */
export function locatorSlug(path: Locator[]): string {
  return fromArticle(path)
    .map((step) => `${step.level}-${slug(step.number.replace(/đ/gi, "dd"))}`)
    .join(".");
}

/** Chapters add nothing that Điều does not tell, since articles are numbered through. */
function fromArticle(path: Locator[]): Locator[] {
  const article = path.findLastIndex(({ level }) => level === "dieu");
  return article === -1 ? path : path.slice(article);
}

/** True when `inner` belongs below `outer`. */
export function isBelow(inner: Level, outer: Level): boolean {
  return LEVELS.indexOf(inner) > LEVELS.indexOf(outer);
}
