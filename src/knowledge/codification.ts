import type { z } from "zod";
import { slug } from "../text/fold.ts";
import { normalize } from "../text/normalize.ts";
import { type Article, articlePieces, articlesIn, CodifiedLine, type Source } from "./codified-article.ts";
import { type FrontMatter, RefusedFile } from "./document.ts";
import { readAmends } from "./legal-amends.ts";
import { aliasesOf, titleName } from "./legal-names.ts";
import { guessTopics } from "./legal-topics.ts";
import { writeMarkdown } from "./legal-writing.ts";

type Numbered = { line: number; article: Article };

/**
 * Groups the lines of a codification by instrument, each a document in our Markdown at `<file>/<slug of number>.md`. Throws
 * RefusedFile naming the lines that lack what a document needs, or saying that the file holds something else.
 */
export function fromArticles(file: string, lines: string): { path: string; text: string }[] {
  const groups = new Map<string, Numbered[]>();
  const faults: string[] = [];
  for (const [i, line] of lines.split("\n").entries()) {
    if (line.trim() === "") continue;
    const read = readLine(file, line, i + 1);
    if (typeof read === "string") faults.push(read);
    else for (const article of read) addTo(groups, { line: i + 1, article });
  }
  if (faults.length > 0) throw new RefusedFile(file, summary(faults));
  if (groups.size === 0) throw new RefusedFile(file, "không có điều nào");
  return [...groups.values()].map((group) => toDocument(file, group));
}

const SHOWN = 5;

function summary(faults: string[]): string {
  const more = faults.length > SHOWN ? `; và ${faults.length - SHOWN} dòng khác` : "";
  return `${faults.slice(0, SHOWN).join("; ")}${more}`;
}

/** The articles of one line, or what is wrong with it; a file of questions is refused as a whole. */
function readLine(file: string, line: string, number: number): Article[] | string {
  const data = parseJson(line);
  if (data === null) return `dòng ${number} không phải một đối tượng JSON`;
  if ("relevant" in data) {
    throw new RefusedFile(file, `là tệp câu hỏi (dòng ${number} có "relevant"), không phải tệp điều luật`);
  }
  const parsed = CodifiedLine.safeParse(data);
  if (!parsed.success) return `dòng ${number} thiếu ${faultyKeys(parsed.error).join(", ")}`;
  const articles = articlesIn(parsed.data);
  return articles.length > 0 ? articles : `dòng ${number} thiếu ngày có hiệu lực trong source`;
}

/** The object on a line, or null when it holds none. */
export function parseJson(line: string): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(line);
    return typeof data === "object" && data !== null && !Array.isArray(data) ? { ...data } : null;
  } catch {
    return null;
  }
}

function faultyKeys(error: z.ZodError): string[] {
  return [...new Set(error.issues.map((issue) => String(issue.path[0] ?? "")))];
}

/** An article that stands in two lines (by itself, and at the end of its neighbour) counts once, by itself. */
function addTo(groups: Map<string, Numbered[]>, one: Numbered): void {
  const key = slug(one.article.number);
  const group = groups.get(key) ?? [];
  const twin = group.findIndex(({ article }) => article.locator === one.article.locator);
  if (twin === -1) group.push(one);
  else if (group[twin]?.article.isGlued && !one.article.isGlued) group[twin] = one;
  groups.set(key, group);
}

function toDocument(file: string, group: Numbered[]): { path: string; text: string } {
  const [first] = group;
  const said = group.map(({ article }) => article.source);
  const named = said.find((source) => source.title !== null && source.issuer !== null);
  if (!first || !named?.title || !named.issuer) {
    throw new RefusedFile(
      file,
      `${first?.article.number} (dòng ${first?.line}) thiếu tên văn bản và cơ quan ban hành trong source`,
    );
  }
  const front = frontOf(first.article, { ...named, title: named.title, issuer: named.issuer });
  const pieces = group.flatMap(({ article }) => articlePieces(article, front.effective));
  const { number, title, effective } = front;
  const amends = readAmends({ number, title, kind: first.article.law, effective }, pieces);
  return { path: `${file}/${slug(number)}.md`, text: writeMarkdown({ ...front, amends }, pieces) };
}

function frontOf(
  { law, number, topic }: Article,
  source: Source & { title: string; issuer: string },
): FrontMatter {
  const title = titleName(law, normalize(source.title));
  return {
    number,
    title,
    issuer: source.issuer,
    signed: source.signed,
    effective: source.effective,
    expires: null,
    topics: guessTopics(title, [topic]),
    source: topic === "" ? "Bộ pháp điển" : `Bộ pháp điển, đề mục ${topic}`,
    certainty: "certain",
    aliases: aliasesOf(law, number),
    amends: [],
  };
}
