import { type HTMLElement, type Node, NodeType, parse } from "node-html-parser";
import type { Block } from "../knowledge/blocks.ts";
import { decodeText } from "./admit.ts";
import { markHidden } from "./html-hidden.ts";
import { listLabels } from "./html-lists.ts";
import { refuseBomb } from "./html-size.ts";
import { LIMITS } from "./limits.ts";
import { clean, itemBlock, lineBlock } from "./lines.ts";
import { type Cell, toGrid } from "./table.ts";
import { Unreadable } from "./unreadable.ts";

/** What carries no text of the document: code, pictures, forms, and the ways through a site. */
const DROPPED = new Set(
  "head script style template noscript svg math iframe object embed canvas audio video nav aside footer button select option textarea input dialog".split(
    " ",
  ),
);
const INLINE = new Set(
  "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strike strong sub sup time tt u var wbr img".split(
    " ",
  ),
);

type Walk = {
  blocks: Block[];
  hidden: Set<Node>;
  /** The words of the line that is being read. */
  line: string;
  /** How many lists stand around; 0 outside of lists. */
  lists: number;
  /** The number of the item whose words come next. */
  label: string | null;
  isItem: boolean;
  /** Word's own numbers stand in the text already. */
  isNumbered: boolean;
};

/** Reads a web page. Hidden text is left out: pages hide menus and hints as a matter of course, and none of it may become policy. */
export async function readHtml(bytes: Uint8Array): Promise<Block[]> {
  // The parser takes a declaration for words.
  const source = decodeText(bytes).replace(/^\s*(?:<\?xml[^>]*>\s*)?<!doctype[^>]*>/i, "");
  if (!/<(?:html|body|head|p|div|table|h[1-6]|ul|ol|section|article|span|br)\b/i.test(source))
    throw new Unreadable("tệp không chứa thẻ HTML nào; hãy lưu lại trang web rồi gửi lại");
  refuseBomb(source);
  const root = parse(source, { lowerCaseTagName: true, comment: false, parseNoneClosedTags: true });
  refuseDeep(root);
  return blocksOf(mainPart(root), { hidden: markHidden(root), isNumbered: false });
}

/** The blocks below an element, in reading order. */
export function blocksOf(
  root: HTMLElement,
  { hidden, isNumbered }: { hidden: Set<Node>; isNumbered: boolean },
): Block[] {
  const walk: Walk = { blocks: [], hidden, line: "", lists: 0, label: null, isItem: false, isNumbered };
  readChildren(walk, root);
  endLine(walk);
  return walk.blocks;
}

/** Walked without recursion, since a walk that runs out of stack could not say why. */
export function refuseDeep(root: HTMLElement): void {
  let level: Node[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > LIMITS.htmlDepth) throw new Unreadable(`tệp có thẻ lồng quá ${LIMITS.htmlDepth} tầng`);
    level = level.flatMap((node) => node.childNodes);
  }
}

/** The page's own part, where it says which that is. */
function mainPart(root: HTMLElement): HTMLElement {
  const parts = ["main", "article"]
    .map((name) => root.querySelectorAll(name))
    .find(({ length }) => length === 1);
  return parts?.[0] ?? root;
}

function readChildren(walk: Walk, element: HTMLElement): void {
  for (const child of element.childNodes) readNode(walk, child);
}

function readNode(walk: Walk, node: Node): void {
  if (walk.hidden.has(node)) return;
  if (node.nodeType === NodeType.TEXT_NODE) walk.line += node.text;
  if (node.nodeType === NodeType.ELEMENT_NODE) readElement(walk, node as HTMLElement);
}

function readElement(walk: Walk, element: HTMLElement): void {
  const name = (element.rawTagName ?? "").toLowerCase();
  if (DROPPED.has(name) || isNoteReference(name, element)) return;
  if (name === "br") {
    if (walk.isItem) walk.line += " ";
    else endLine(walk);
  } else if (INLINE.has(name)) readChildren(walk, element);
  else if (/^h[1-6]$/.test(name)) readHeading(walk, element, Number(name[1]));
  else if (name === "ul" || name === "ol" || name === "menu") readList(walk, element, name);
  else if (name === "table") readTable(walk, element);
  else if (name === "pre") readLines(walk, element);
  else readBlock(walk, element);
}

function isNoteReference(name: string, element: HTMLElement): boolean {
  return (
    name === "sup" &&
    /^#(?:footnote|endnote|_ftn|_edn)/.test(element.querySelector("a")?.getAttribute("href") ?? "")
  );
}

function readBlock(walk: Walk, element: HTMLElement): void {
  // The paragraphs of an item go on with it; a list's item has its number in front of the first of them only.
  if (!walk.isItem) endLine(walk);
  else walk.line += " ";
  readChildren(walk, element);
  if (!walk.isItem) endLine(walk);
}

function readLines(walk: Walk, element: HTMLElement): void {
  endLine(walk);
  for (const line of element.text.split("\n")) {
    walk.line = line;
    endLine(walk);
  }
}

function readHeading(walk: Walk, element: HTMLElement, level: number): void {
  endLine(walk);
  const text = textOf(walk, element);
  if (text) walk.blocks.push({ page: null, kind: "heading", level, text });
}

function readList(walk: Walk, list: HTMLElement, name: string): void {
  endLine(walk);
  const outer = { isItem: walk.isItem, lists: walk.lists };
  walk.lists += 1;
  const items = list.childNodes.filter((child) => child.nodeType === NodeType.ELEMENT_NODE) as HTMLElement[];
  const labels = name === "ol" && !walk.isNumbered ? listLabels(list, items) : [];
  for (const [i, item] of items.entries()) {
    if (walk.hidden.has(item)) continue;
    walk.isItem = true;
    walk.label = labels[i] ?? null;
    if (item.rawTagName?.toLowerCase() === "li") readChildren(walk, item);
    else readNode(walk, item);
    endLine(walk);
  }
  Object.assign(walk, outer, { label: null });
}

function readTable(walk: Walk, table: HTMLElement): void {
  endLine(walk);
  const caption = table.querySelector("caption");
  if (caption) {
    walk.line = textOf(walk, caption);
    endLine(walk);
  }
  const rows = table.querySelectorAll("tr").filter((row) => !walk.hidden.has(row));
  if (table.querySelector("table")) {
    // A table around tables only places them on the page.
    for (const row of rows.filter((row) => row.closest("table") === table)) readChildren(walk, row);
    endLine(walk);
    return;
  }
  const grid = toGrid(rows.map((row) => cellsOf(walk, row)));
  const width = Math.max(0, ...grid.map((row) => row.length));
  if (width > 1) walk.blocks.push({ page: null, kind: "table", rows: grid });
  // A frame around text is drawn as a table of one cell; its paragraphs stay paragraphs.
  else if (width === 1) for (const row of rows) readCellsAsText(walk, row);
}

function readCellsAsText(walk: Walk, row: HTMLElement): void {
  for (const cell of row.childNodes) {
    endLine(walk);
    readNode(walk, cell);
  }
  endLine(walk);
}

function cellsOf(walk: Walk, row: HTMLElement): Cell[] {
  return row.childNodes
    .filter((child): child is HTMLElement => /^t[dh]$/i.test((child as HTMLElement).rawTagName ?? ""))
    .filter((cell) => !walk.hidden.has(cell))
    .map((cell) => ({
      text: linesOf(walk, cell).join("\n"),
      columns: span(cell, "colspan"),
      rows: span(cell, "rowspan"),
    }));
}

function span(cell: HTMLElement, name: string): number {
  const count = Number.parseInt(cell.getAttribute(name) ?? "1", 10);
  return Number.isNaN(count) ? 1 : count;
}

/** All visible words below an element in one line. */
function textOf(walk: Walk, element: HTMLElement): string {
  return linesOf(walk, element).join(" ");
}

/** The same, a line for each paragraph. */
function linesOf(walk: Walk, element: HTMLElement): string[] {
  const words: string[] = [];
  const visit = (node: Node): void => {
    if (walk.hidden.has(node)) return;
    const name = ((node as HTMLElement).rawTagName ?? "").toLowerCase();
    if (node.nodeType === NodeType.TEXT_NODE) words.push(node.text.replace(/\s+/g, " "));
    else if (name === "br") words.push("\n");
    else if (node === element || !(DROPPED.has(name) || isNoteReference(name, node as HTMLElement))) {
      if (!INLINE.has(name)) words.push("\n");
      for (const child of node.childNodes) visit(child);
      if (!INLINE.has(name)) words.push("\n");
    }
  };
  visit(element);
  return words
    .join("")
    .split("\n")
    .map(clean)
    .filter((line) => line !== "");
}

function endLine(walk: Walk): void {
  const { line, label } = walk;
  walk.line = "";
  if (clean(line) === "") return;
  const labelled = label && !clean(line).startsWith(label) ? `${label} ${line}` : line;
  const block = walk.isItem ? itemBlock(null, walk.lists - 1, labelled) : lineBlock(null, line);
  walk.label = null;
  if (block) walk.blocks.push(block);
}
