import { readLocators } from "./structure.ts";

/** The levels of headings in a legal text: those of the law, an annex, and a name without a number. */
export type HeadingLevel = "phan" | "chuong" | "muc" | "tieu-muc" | "dieu" | "annex" | "name";

/** What a line is by its beginning; `locator` is "Điều 5", "Chương II", or the annex's own "PHỤ LỤC I". */
export type Shape =
  | { kind: "heading"; level: HeadingLevel; locator: string; number: string; title: string }
  | { kind: "khoan"; number: string; text: string }
  | { kind: "point"; letter: string; text: string }
  | { kind: "text" };

const ARTICLE = /^điều\s+(\d{1,4}[a-zđ]?)\s*(?:[.:)–-]\s*(.*))?$/iu;
const DIVISION = /^(?:phần|chương|mục)\s/iu;
const SUBSECTION = /^tiểu mục\s+(\d{1,3}|[IVXLC]{1,7})(?:[.:\s]\s*(.*))?$/iu;
const ANNEX =
  /^((?:PHỤ LỤC|BIỂU MẪU|MẪU SỐ|BIỂU SỐ|MẪU|Phụ lục|Mẫu số|Biểu số)(?:\s+(?:SỐ|số))?(?:\s+(?:[IVXLC]{1,7}|\d{1,3}[a-zđ]?|[A-ZĐ]))?)(?:\s*[.:–-]\s*(.*)|\s+(.*))?$/u;
/** "3.Tàu" is written without a space, "1.1. Hồ sơ" counts within a khoản, "45.000" is a figure; old texts write "1-" and "1/". */
const CLAUSE = /^(\d{1,3}[a-zđ]?)(?:[.)]\s*|,\s+(?=\p{Lu})|[-/]\s*(?=\p{L}))(?![\d.,)/])(\S.*)$/u;
const POINT = /^([a-zđ]\d{0,2})(?:\)\s*|[./]\s+(?=\p{Lu}))(\S.*)$/u;
const LONGEST_TITLE = 300;

/** Reads what a line is by its beginning. */
export function shapeOf(text: string): Shape {
  const article = ARTICLE.exec(text);
  if (article) {
    const number = article[1] ?? "";
    return { kind: "heading", level: "dieu", locator: `Điều ${number}`, number, title: article[2] ?? "" };
  }
  return divisionOf(text) ?? annexOf(text) ?? numberedOf(text);
}

function divisionOf(text: string): Shape | null {
  if (text.length > LONGEST_TITLE) return null;
  const sub = SUBSECTION.exec(text);
  if (sub) {
    const [, number = "", title = ""] = sub;
    return { kind: "heading", level: "tieu-muc", locator: `Tiểu mục ${number}`, number, title };
  }
  const [step, deeper] = DIVISION.test(text) ? readLocators(text) : [];
  if (!step || deeper || !(step.title === "" || /^[\p{Lu}“"]/u.test(step.title))) return null;
  const label = { phan: "Phần", chuong: "Chương", muc: "Mục" }[step.level as "phan" | "chuong" | "muc"];
  return {
    kind: "heading",
    level: step.level as "phan" | "chuong" | "muc",
    locator: `${label} ${step.number}`,
    number: step.number,
    title: step.title,
  };
}

/** An annex is named in capitals, or stands alone on its line; "Phụ lục I kèm theo Nghị định này gồm…" is a sentence. */
function annexOf(text: string): Shape | null {
  if (text.length > LONGEST_TITLE) return null;
  const match = ANNEX.exec(text);
  const [, locator = "", signed, spaced = ""] = match ?? [];
  const title = signed ?? spaced;
  const isNamed =
    locator === locator.toUpperCase() || (title === "" && text.length <= 30) || signed !== undefined;
  if (!match || !isNamed || /^\p{Ll}/u.test(title)) return null;
  return { kind: "heading", level: "annex", locator, number: "", title };
}

function numberedOf(text: string): Shape {
  const clause = CLAUSE.exec(text);
  if (clause) return { kind: "khoan", number: clause[1] ?? "", text: clause[2] ?? "" };
  const point = POINT.exec(text);
  return point ? { kind: "point", letter: point[1] ?? "", text: point[2] ?? "" } : { kind: "text" };
}

/** True where a line opens a piece of its own: a heading, a khoản or a điểm. */
export function isStructural(text: string): boolean {
  return shapeOf(text).kind !== "text";
}
