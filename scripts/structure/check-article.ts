import { RefusedFile } from "../../src/knowledge/document.ts";
import { plainLine } from "../../src/knowledge/legal-lines.ts";
import { shapeOf } from "../../src/knowledge/legal-shape.ts";
import { opensTail, type Piece } from "../../src/knowledge/legal-structure.ts";
import { writeMarkdown } from "../../src/knowledge/legal-writing.ts";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";
import type { ReadArticle } from "./article-set.ts";

/** What was read of one article, and in which ways its reading is doubtful, in Vietnamese. */
export type Checked = {
  recognised: boolean;
  khoan: number;
  diem: number;
  tables: number;
  clauses: number;
  misses: string[];
};

const FRONT = {
  number: "1/2026/NĐ-CP",
  title: "Tập điều luật",
  issuer: "Chính phủ",
  signed: null,
  effective: "2026-01-01",
  expires: null,
  topics: ["khac" as const],
  source: "tập điều luật",
  certainty: "certain" as const,
  aliases: [],
  amends: [],
};

/** Writes the article as our Markdown, reads it back, and holds both against the lines it came from. */
export function checkArticle({ pieces, lines }: ReadArticle): Checked {
  const [heading] = pieces;
  const isArticle = heading?.kind === "heading" && heading.level === "dieu";
  const clauses = clausesOf(pieces);
  const count = (kind: Piece["kind"]) => pieces.filter((piece) => piece.kind === kind).length;
  const misses = [
    ...(isArticle ? [] : ["không phải Điều"]),
    ...(isArticle && heading.title === "" ? ["điều không có tên"] : []),
    ...(clauses.length > 0 ? [] : ["không có nội dung"]),
    ...(isCounted(numbersOf(pieces)) ? [] : ["số khoản không liền nhau"]),
    ...(pointsOf(pieces).every(isLettered) ? [] : ["chữ của điểm không liền nhau"]),
    ...(Math.abs(letters(ownLines(lines)) - letters(textsOf(pieces, clauses))) <= headingLetters(lines)
      ? []
      : ["chữ đọc lại không khớp"]),
    ...(new Set(clauses.map(({ id }) => id)).size === clauses.length ? [] : ["trùng id"]),
    ...(clauses.some(({ id }) => id.includes("~")) ? ["hai khoản cùng số"] : []),
  ];
  return {
    recognised: isArticle && clauses.length > 0,
    khoan: count("khoan"),
    diem: count("point"),
    tables: count("table"),
    clauses: clauses.length,
    misses,
  };
}

type Clauses = ReturnType<typeof parseMarkdown>["clauses"];

function clausesOf(pieces: Piece[]): Clauses {
  try {
    return parseMarkdown("điều", writeMarkdown(FRONT, pieces)).clauses;
  } catch (error) {
    if (error instanceof RefusedFile) return [];
    throw error;
  }
}

function numbersOf(pieces: Piece[]): string[] {
  return pieces.flatMap((piece) => (piece.kind === "khoan" ? [piece.number] : []));
}

/** The letters of the points of each khoản. */
function pointsOf(pieces: Piece[]): string[][] {
  const groups: string[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === "khoan") groups.push([]);
    if (piece.kind === "point") groups.at(-1)?.push(piece.letter);
  }
  return groups;
}

/** 1, 2, 2a, 3: each follows the one above it. */
function isCounted(numbers: string[]): boolean {
  return numbers.every((number, i) => {
    const count = Number.parseInt(number, 10);
    const above = Number.parseInt(numbers[i - 1] ?? "0", 10);
    return count === above + 1 || (count === above && /[a-zđ]$/.test(number));
  });
}

const ALPHABET = [..."abcdđeghiklmnopqrstuvxy"];

/** a, b, b1, c: each follows the one above it; a list of points may start over below another paragraph. */
function isLettered(points: string[]): boolean {
  return points.every((point, i) => {
    const place = ALPHABET.indexOf(point[0] ?? "");
    const above = i === 0 ? -1 : ALPHABET.indexOf(points[i - 1]?.[0] ?? "");
    return place === 0 || place === above + 1 || (place === above && /\d/.test(point));
  });
}

function textsOf([heading]: Piece[], clauses: Clauses): string[] {
  const title = heading?.kind === "heading" ? heading.title : "";
  return [
    title,
    ...clauses.flatMap(({ lead, parts }) => [
      lead,
      ...parts.flatMap((part) => [part.locator?.replace("điểm ", "") ?? "", part.text]),
    ]),
  ];
}

/** The lines up to the signatures, which are dropped on purpose. */
function ownLines(lines: string[]): string[] {
  const tail = lines.findIndex((text) => opensTail(plainLine(text)));
  return tail === -1 ? lines : lines.slice(0, tail);
}

/** The letters of headings within the lines, with the line below them: they go into the headings' path. */
function headingLetters(lines: string[]): number {
  const isHeading = (text: string | undefined) => text !== undefined && shapeOf(text).kind === "heading";
  return letters(lines.filter((text, i) => isHeading(text) || isHeading(lines[i - 1])));
}

/** How many letters there are; the numbers of khoản moved into locators, so figures are not compared. */
function letters(texts: string[]): number {
  return texts.join("\n").match(/\p{L}/gu)?.length ?? 0;
}
