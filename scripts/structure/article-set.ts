import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { parseJson } from "../../src/knowledge/codification.ts";
import {
  type Article,
  articlePieces,
  articlesIn,
  CodifiedLine,
} from "../../src/knowledge/codified-article.ts";
import { plainLine } from "../../src/knowledge/legal-lines.ts";
import { shapeOf } from "../../src/knowledge/legal-shape.ts";
import { type Piece, readPieces } from "../../src/knowledge/legal-structure.ts";

/** One article of a set: the lines it came as, and what they were read as. */
export type ReadArticle = { id: string; lines: string[]; pieces: Piece[] };

/** The lines of a file, packed or not, one at a time. */
export function linesOf(path: string): AsyncIterable<string> {
  const file = createReadStream(path);
  const input = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  if (input !== file) file.once("error", (error) => input.destroy(error));
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

/** The articles of one line of a set, or why it holds none, in Vietnamese. */
export function readArticles(line: string): ReadArticle[] | string {
  const data = parseJson(line);
  if (!data) return "không phải JSON";
  if ("relevant" in data) return "câu hỏi, không phải điều luật";
  if ("law_number" in data) return readCodified(data);
  const { id = "", title = "", text = "" } = data as Record<string, string>;
  return readPlain(String(id), String(title), String(text));
}

function readCodified(data: Record<string, unknown>): ReadArticle[] | string {
  const parsed = CodifiedLine.safeParse(data);
  if (!parsed.success) return "không ghi điều và văn bản nguồn";
  const articles = articlesIn(parsed.data);
  if (articles.length === 0) return "nguồn không ghi ngày có hiệu lực";
  return articles.map((article) => ({
    id: `${article.number} ${article.locator}`,
    lines: [article.title, ...article.lines],
    pieces: piecesOf(article),
  }));
}

function piecesOf(article: Article): Piece[] {
  return articlePieces(article, article.source.effective);
}

/** Sets that number their articles in the id ("Luật Thử#12") or in the title ("Điều 12. Phạm vi"), which their text repeats. */
function readPlain(id: string, title: string, text: string): ReadArticle[] | string {
  const own = plainLine(title).text;
  const number = /#(\d+[a-zđ]?)$/.exec(id)?.[1];
  const shape = shapeOf(number ? `Điều ${number}. ${own}` : own);
  if (shape.kind !== "heading" || shape.level !== "dieu") return "tiêu đề không phải Điều";
  const written = text.split("\n").map((line) => plainLine(line).text);
  const below = written.filter((line, i) => line !== "" && !(i === 0 && line === own));
  const isUntitled = below.length === 0 || shapeOf(shape.title).kind !== "text";
  const lines = isUntitled ? [shape.title, ...below] : below;
  const heading: Piece = {
    page: null,
    kind: "heading",
    level: "dieu",
    locator: shape.locator,
    title: isUntitled ? "" : shape.title,
    depth: 0,
  };
  const body = readPieces(
    lines.map((line) => plainLine(line)),
    "article",
  );
  return [{ id, lines: [heading.title, ...lines], pieces: [heading, ...body] }];
}
