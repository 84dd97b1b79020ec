import { z } from "zod";
import { normalize } from "../text/normalize.ts";
import { isoDay } from "./legal-days.ts";
import { plainLine } from "./legal-lines.ts";
import { NUMBER } from "./legal-names.ts";
import { shapeOf } from "./legal-shape.ts";
import { type Piece, readPieces } from "./legal-structure.ts";

/** One line of the official codification (phapdien.moj.gov.vn), as JSON; `source` says which instrument the article is of. */
export const CodifiedLine = z.object({
  id: z.string().min(1),
  title: z.string(),
  law_article: z.string().min(1),
  law: z.string().min(1),
  law_number: z.string().min(1),
  source: z.string().min(1),
  topic: z.string().default(""),
  text: z.string(),
});
export type CodifiedLine = z.infer<typeof CodifiedLine>;

/** What the source note of an article says of its instrument; only the first note of an instrument names it. */
export type Source = {
  number: string;
  title: string | null;
  issuer: string | null;
  signed: string | null;
  effective: string;
};

/** One article of an instrument; `isGlued` when it was found at the end of its neighbour's text. */
export type Article = {
  locator: string;
  title: string;
  law: string;
  number: string;
  topic: string;
  source: Source;
  lines: string[];
  isGlued: boolean;
};

const EFFECTIVE = ", có hiệu lực thi hành kể từ ngày ";
const DATED = / ngày (\d{1,2})\/(\d{1,2})\/(\d{4}) của ((?:(?! ngày \d).){2,150})$/u;
const NUMBERED = new RegExp(` số:? ?(${NUMBER}) ?`, "u");
const SPACED_NUMBER = /(?<=\d) (?=\/\d{4}\/)/u;

/** "(Điều 1 Nghị định số X về … ngày 18/04/2018 của Chính phủ, có hiệu lực thi hành kể từ ngày 05/06/2018)", or null. */
export function readSource(note: string): Source | null {
  const text = normalize(note).replaceAll("\n", " ").replace(SPACED_NUMBER, "");
  const at = text.indexOf(EFFECTIVE);
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text.slice(at + EFFECTIVE.length)) ?? [];
  const effective = at === -1 ? null : isoDay(day, month, year);
  if (!effective) return null;
  const before = text.slice(0, at);
  const named = NUMBERED.exec(before);
  const rest = before.slice((named?.index ?? 0) + (named?.[0].length ?? 0));
  const dated = DATED.exec(rest);
  return {
    number: named?.[1] ?? "",
    title: dated ? withoutKind(rest.slice(0, dated.index)) || null : null,
    issuer: dated?.[4] ?? null,
    signed: dated ? isoDay(dated[1], dated[2], dated[3]) : null,
    effective,
  };
}

const LONGEST_NOTE = 2000;

/** A note that was broken over two lines goes on where the text should begin; "(" without ")" tells. */
function withWholeNote(line: CodifiedLine): CodifiedLine {
  if (line.source.trimEnd().endsWith(")")) return line;
  const effect = line.text.indexOf(EFFECTIVE.trim());
  const end = effect === -1 ? -1 : line.text.indexOf(")", effect);
  if (end === -1 || end > LONGEST_NOTE) return line;
  const source = `${line.source.trimEnd()} ${line.text.slice(0, end + 1)}`;
  return { ...line, source, text: line.text.slice(end + 1) };
}

function withoutKind(title: string): string {
  return title.trim().replace(/^(?:bộ luật|luật|pháp lệnh) (?=\p{Lu})/iu, "");
}

/** The article of a line, and those that the codification's pages ran into it, each with its own source note. */
export function articlesIn(written: CodifiedLine): Article[] {
  const line = withWholeNote(written);
  const source = readSource(line.source);
  if (!source) return [];
  const first: Article = {
    locator: line.law_article,
    title: cleanTitle(line.title),
    law: line.law,
    number: line.law_number.replace(/\s+/g, ""),
    topic: line.topic,
    source,
    lines: [],
    isGlued: false,
  };
  const articles = [first];
  const texts = normalize(line.text).split("\n");
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] ?? "";
    const glued = gluedAt(text, texts[i + 1] ?? "", line.topic);
    articles.at(-1)?.lines.push(...cleanLine(glued ? glued.before : text));
    if (!glued) continue;
    articles.push(glued.article);
    i++;
  }
  return articles;
}

/** The codification numbers an article by topic, "Điều 1.1.NĐ.5.6. Tiêu chuẩn"; its source note stands on the next line. */
const CODIFIED = /(?:Điều|Mẫu số|Phụ lục)? ?\d{1,3}\.\d{1,3}\.\p{Lu}{1,6}\.[\d.]{1,20}\p{L}?\.? /gu;
const NOTE = /^\(((?:Điều|Phụ lục|Mẫu số)? ?[\dIVXLC]{1,5}\p{L}?),? (\p{L}[\p{L} ]{2,40}?) số /u;

function gluedAt(text: string, note: string, topic: string): { before: string; article: Article } | null {
  const said = NOTE.exec(note);
  const source = said ? readSource(note) : null;
  if (!said || !source?.number) return null;
  const at = [...text.matchAll(CODIFIED)].at(-1);
  if (!at) return null;
  const article: Article = {
    locator: /^\d/.test(said[1] ?? "") ? `Điều ${said[1]}` : (said[1] ?? ""),
    title: cleanTitle(text.slice(at.index + at[0].length)),
    law: said[2] ?? "",
    number: source.number,
    topic,
    source,
    lines: [],
    isGlued: true,
  };
  return { before: text.slice(0, at.index), article };
}

const REFERENCE = /\((?:Điều|Chương|Mục|Phần|Khoản) này có nội dung liên quan đến/u;
const ATTACHMENT = /^[^:;]{1,200}\.(?:docx?|pdf|xlsx?|rar|zip)$/iu;

/** Without the notes, the names of attached files and the signs of emphasis that the codification's pages add. */
function cleanLine(text: string): string[] {
  const reference = text.search(REFERENCE);
  const plain = (reference === -1 ? text : text.slice(0, reference)).replace(/\*+/g, "").trim();
  const isOwn = plain !== "" && !ATTACHMENT.test(plain) && !/^#+ /.test(plain);
  return isOwn ? [plain] : [];
}

function cleanTitle(title: string): string {
  return normalize(title).replaceAll("\n", " ").replace(/\*+/g, "").trim();
}

/** The pieces of an article; its day is written down when it differs from that of its document. */
export function articlePieces({ locator, title, source, lines }: Article, effective: string): Piece[] {
  const [first = "", ...rest] = lines;
  const unquoted = [first.replace(/^[“"](?=\d{1,3}\.|[a-zđ]\))/u, ""), ...rest];
  const body = withoutLastHeadings(
    readPieces(
      unquoted.filter(Boolean).map((text) => plainLine(text)),
      "article",
    ),
  );
  const own = body.length > 0 ? body : [{ page: null, kind: "text" as const, text: title, rank: 0 }];
  const shape = shapeOf(locator);
  const isArticle = shape.kind === "heading" && shape.level === "dieu";
  const heading: Piece = {
    page: null,
    kind: "heading",
    level: isArticle ? "dieu" : "annex",
    locator: isArticle ? shape.locator : locator,
    title,
    depth: 0,
    ...(source.effective === effective ? {} : { from: source.effective }),
  };
  return [heading, ...own];
}

/** The heading of the next chapter is printed at the end of the article above it. */
function withoutLastHeadings(pieces: Piece[]): Piece[] {
  const last = pieces.findLastIndex((piece) => piece.kind !== "heading");
  return pieces.slice(0, last + 1);
}
