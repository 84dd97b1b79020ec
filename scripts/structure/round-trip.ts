import type { Block } from "../../src/knowledge/blocks.ts";
import { parseJson } from "../../src/knowledge/codification.ts";
import {
  type Article,
  articlePieces,
  articlesIn,
  CodifiedLine,
} from "../../src/knowledge/codified-article.ts";
import { RefusedFile } from "../../src/knowledge/document.ts";
import { toPolicyText } from "../../src/knowledge/legal-text.ts";
import { writeMarkdown } from "../../src/knowledge/legal-writing.ts";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";
import { linesOf } from "./article-set.ts";

/** How many articles, khoản and điểm came back when the articles of each instrument were read as one text. */
export type RoundTrip = {
  documents: number;
  articles: number;
  same: number;
  clauses: number;
  clausesBack: number;
  points: number;
  pointsBack: number;
  /** Places that came back although no article by itself has them. */
  invented: number;
  misses: string[];
};

const SIDECAR =
  "number: 1/2026/NĐ-CP\ntitle: Thử\nissuer: Chính phủ\nsigned: 2025-12-01\neffective: 2026-01-01\ntopics: [khac]\namends: []";
const FRONT = {
  ...{ number: "1/2026/NĐ-CP", title: "Thử", issuer: "Chính phủ", signed: "2025-12-01", source: "thử" },
  ...{ effective: "2026-01-01", expires: null, topics: ["khac" as const], certainty: "certain" as const },
  ...{ aliases: [], amends: [] },
};

/** Puts the articles of each instrument of a codified set together to a decree, reads it, and compares it with each by itself. */
export async function roundTrip(path: string): Promise<RoundTrip> {
  const sum: RoundTrip = {
    ...{
      documents: 0,
      articles: 0,
      same: 0,
      clauses: 0,
      clausesBack: 0,
      points: 0,
      pointsBack: 0,
      invented: 0,
    },
    misses: [],
  };
  for (const [number, articles] of await instruments(path)) {
    sum.documents += 1;
    const back = readBack(articles);
    const own = new Set<string>();
    for (const article of articles) {
      const expected = outlineOf(article);
      compare(sum, `${number} ${article.locator}`, expected, back);
      for (const place of expected) own.add(place);
    }
    const invented = [...back].filter((place) => !own.has(place));
    sum.invented += invented.length;
    sum.misses.push(...invented.map((place) => `${number}: thừa ${place}`));
  }
  return sum;
}

/** The articles of each instrument in the order of the law; one that stands in two lines counts once. */
async function instruments(path: string): Promise<Map<string, Article[]>> {
  const found = new Map<string, Map<string, Article>>();
  for await (const line of linesOf(path)) {
    const parsed = CodifiedLine.safeParse(parseJson(line));
    for (const article of parsed.success ? articlesIn(parsed.data) : []) {
      if (!/^Điều \d/.test(article.locator)) continue;
      const own = found.get(article.number) ?? new Map<string, Article>();
      if (!own.has(article.locator) || !article.isGlued) own.set(article.locator, article);
      found.set(article.number, own);
    }
  }
  const place = ({ locator }: Article) => Number.parseInt(locator.slice(5), 10);
  return new Map(
    [...found].map(([number, own]) => [number, [...own.values()].sort((a, b) => place(a) - place(b))]),
  );
}

function readBack(articles: Article[]): Set<string> {
  const lines = articles.flatMap(({ locator, title, lines }) => [`${locator}. ${title}`, ...lines]);
  const blocks = ["NGHỊ ĐỊNH", "Về việc thử", ...lines].map(
    (text): Block => ({ page: null, kind: "paragraph", text }),
  );
  try {
    return outline(toPolicyText("thu.docx", blocks, SIDECAR));
  } catch (error) {
    if (error instanceof RefusedFile) return new Set();
    throw error;
  }
}

function outlineOf(article: Article): Set<string> {
  return outline(writeMarkdown(FRONT, articlePieces(article, FRONT.effective)));
}

/** "dieu-5", "dieu-5.khoan-2", "dieu-5.khoan-2 điểm a": what people cite. */
function outline(text: string): Set<string> {
  const places = new Set<string>();
  for (const { id, parts } of parseMarkdown("thu.docx", text).clauses) {
    const place = id.slice(id.indexOf("#") + 1);
    places.add(place.split(".")[0] ?? place).add(place);
    for (const { locator } of parts) if (locator) places.add(`${place} ${locator}`);
  }
  return places;
}

function compare(sum: RoundTrip, name: string, expected: Set<string>, back: Set<string>): void {
  const missing = [...expected].filter((place) => !back.has(place));
  const isPoint = (place: string) => place.includes(" điểm ");
  const isClause = (place: string) => !isPoint(place) && place.includes(".khoan-");
  const count = (places: Iterable<string>, kind: (place: string) => boolean) =>
    [...places].filter(kind).length;
  sum.articles += 1;
  if (missing.length === 0) sum.same += 1;
  else sum.misses.push(`${name}: ${missing.slice(0, 3).join(", ")}`);
  sum.clauses += count(expected, isClause);
  sum.clausesBack += count(expected, isClause) - count(missing, isClause);
  sum.points += count(expected, isPoint);
  sum.pointsBack += count(expected, isPoint) - count(missing, isPoint);
}
