import type { Numbering } from "./docx-numbering.ts";
import { type Look, readLook, type Styles } from "./docx-styles.ts";
import { LIMITS } from "./limits.ts";
import { readXml } from "./xml.ts";

/** A part of a Word file with the numbers of its lists written out, and how many characters of it no reader sees. */
export type Body = { source: string; hidden: number };

type Paragraph = {
  styleId: string | null;
  numId: string | null;
  level: number | null;
  /** Where a run may be put in front of all others. */
  insertAt: number;
  look: Look;
  hasText: boolean;
};
type Run = { styleId: string | null; look: Look };

/** What is not shown as the text of the document: deleted words, words moved away, and the newer one of two ways to say a thing. */
const SKIPPED = new Set(["w:del", "w:moveFrom", "mc:Choice"]);
/** The colours of other styles of tables are not followed; words in such a table count as standing on a ground. */
const PLAIN_TABLES = new Set(["TableNormal", "TableGrid"]);
const NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/** Reads document.xml, footnotes.xml or endnotes.xml. */
export function readBody(part: string, source: string, styles: Styles, numbering: Numbering): Body {
  const path: string[] = [];
  const paragraphs: Paragraph[] = [];
  const runs: Run[] = [];
  const grounds: boolean[] = [];
  const insertions: { at: number; text: string }[] = [];
  let skipped = 0;
  let hidden = 0;
  readXml(
    part,
    source,
    {
      open(name, attributes, place) {
        const parent = path.at(-1) ?? "";
        path.push(name);
        if (SKIPPED.has(name) && parent !== "w:rPr" && parent !== "w:trPr") skipped += 1;
        if (name === "w:tc" || name === "w:tbl") grounds.push(false);
        if (name === "w:p") paragraphs.push(newParagraph(place.end));
        if (name === "w:r") runs.push({ styleId: null, look: {} });
        if (parent === "w:tcPr" && name === "w:shd")
          grounds[grounds.length - 1] = Boolean(lookOf(name, attributes).isOnGround);
        if (name === "w:tblStyle") grounds[grounds.length - 1] = !PLAIN_TABLES.has(attributes["w:val"] ?? "");
        const paragraph = paragraphs.at(-1);
        const run = runs.at(-1);
        if (paragraph && isOwnProperty(path)) readProperty(paragraph, name, attributes);
        if (run && parent === "w:rPr" && path.at(-3) === "w:r") {
          if (name === "w:rStyle") run.styleId = attributes["w:val"] ?? null;
          else readLook(run.look, name, attributes);
        }
      },
      close(name, place) {
        path.pop();
        const parent = path.at(-1) ?? "";
        if (SKIPPED.has(name) && parent !== "w:rPr" && parent !== "w:trPr") skipped -= 1;
        if (name === "w:tc" || name === "w:tbl") grounds.pop();
        if (name === "w:r") runs.pop();
        const paragraph = paragraphs.at(-1);
        if (paragraph && name === "w:pPr" && parent === "w:p") paragraph.insertAt = place.end;
        if (name === "w:p") {
          const ended = paragraphs.pop();
          const label = ended?.hasText && skipped === 0 ? numberOf(ended, styles, numbering) : null;
          if (ended && label) insertions.push({ at: ended.insertAt, text: label });
        }
      },
      text(text) {
        const [paragraph, run] = [paragraphs.at(-1), runs.at(-1)];
        if (path.at(-1) !== "w:t" || !paragraph || skipped > 0) return;
        if (text.trim() !== "") paragraph.hasText = true;
        if (run && isHidden(run, paragraph, styles, grounds.some(Boolean))) hidden += text.trim().length;
      },
    },
    LIMITS.wordElements,
  );
  return { source: withInsertions(source, insertions), hidden };
}

/** And not one that was changed, which stands deeper, in w:pPrChange. */
function isOwnProperty(path: string[]): boolean {
  const above = path.slice(-4, -1).join(" ");
  return above.endsWith("w:p w:pPr") || above === "w:p w:pPr w:numPr";
}

function newParagraph(insertAt: number): Paragraph {
  return { styleId: null, numId: null, level: null, insertAt, look: {}, hasText: false };
}

function lookOf(name: string, attributes: Record<string, string>): Look {
  const look: Look = {};
  readLook(look, name, attributes);
  return look;
}

function readProperty(paragraph: Paragraph, name: string, attributes: Record<string, string>): void {
  const value = attributes["w:val"];
  if (name === "w:pStyle") paragraph.styleId = value ?? null;
  else if (name === "w:numId") paragraph.numId = value ?? null;
  else if (name === "w:ilvl") paragraph.level = Number(value);
  else if (name === "w:shd") readLook(paragraph.look, name, attributes);
}

/** A number of 0 takes the paragraph out of the list that its style puts it into. */
function numberOf(paragraph: Paragraph, styles: Styles, numbering: Numbering): string | null {
  const style = styles.find(paragraph.styleId);
  const numId = paragraph.numId ?? style.numId;
  if (numId === null || numId === "0") return null;
  const ofStyle = paragraph.styleId === null ? null : numbering.levelOfStyle(paragraph.styleId);
  return numbering.next(numId, paragraph.level ?? style.level ?? ofStyle ?? 0);
}

function isHidden(run: Run, paragraph: Paragraph, styles: Styles, isOnGround: boolean): boolean {
  const look: Look = {
    ...styles.defaults,
    ...styles.find(paragraph.styleId).look,
    ...paragraph.look,
    ...styles.find(run.styleId).look,
    ...run.look,
  };
  const hasGround = isOnGround || look.isOnGround || paragraph.look.isOnGround;
  return Boolean(look.isVanished || look.isTiny || (look.isWhite && !hasGround));
}

function withInsertions(source: string, insertions: { at: number; text: string }[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { at, text } of insertions.sort((a, b) => a.at - b.at)) {
    pieces.push(source.slice(from, at), run(text));
    from = at;
  }
  return [...pieces, source.slice(from)].join("");
}

function run(label: string): string {
  const escaped = label.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<w:r xmlns:w="${NAMESPACE}"><w:t xml:space="preserve">${escaped} </w:t></w:r>`;
}
