import { fold } from "../text/fold.ts";
import type { RegisterRow } from "./register.ts";
import { denounces } from "./stance.ts";

/** Members' own words, quoted as they stand; `isCut` when the end is left out. */
export type Extract = { code: string; text: string; isCut: boolean };

const LONGEST = 400;
/** Too short to tell anything: "Đồng ý." */
const SHORTEST = 15;
/** From this share of common words on, two members say the same. */
const ALIKE = 0.6;
/** A telephone, identity or account number: whoever reads the memo has no need of it. */
const LONG_NUMBER = /(?:\d[\s.-]?){9,}/;

/**
 * Up to `count` opinions that say different things, the same ones for the same rows in any order: what asks for something
 * before what agrees, what fits whole before what must be cut, then the fuller one. Accusations and telephone numbers are
 * not quoted.
 */
export function chooseExtracts(rows: RegisterRow[], count: number): Extract[] {
  const candidates = rows
    .filter(({ noi_dung: text }) => text.length >= SHORTEST && !LONG_NUMBER.test(text) && !denounces(text))
    .map((row) => ({ row, words: wordsOf(row.noi_dung) }))
    .sort((a, b) => compare(a.row, b.row));
  const chosen: typeof candidates = [];
  for (const candidate of candidates) {
    if (chosen.length === count) break;
    if (chosen.every((one) => likeness(one.words, candidate.words) < ALIKE)) chosen.push(candidate);
  }
  return chosen.map(({ row }) => extractOf(row));
}

function compare(a: RegisterRow, b: RegisterRow): number {
  return (
    Number(a.loai === "dong-thuan") - Number(b.loai === "dong-thuan") ||
    Number(a.noi_dung.length > LONGEST) - Number(b.noi_dung.length > LONGEST) ||
    b.noi_dung.length - a.noi_dung.length ||
    order(a.noi_dung, b.noi_dung) ||
    order(a.ma, b.ma)
  );
}

/** By code units, since the order of a language may differ from one machine to the next. */
function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function wordsOf(text: string): Set<string> {
  return new Set(fold(text).match(/[a-z0-9]+/g));
}

function likeness(a: Set<string>, b: Set<string>): number {
  const common = [...a].filter((word) => b.has(word)).length;
  return common / Math.max(1, a.size + b.size - common);
}

function extractOf({ ma, noi_dung: text }: RegisterRow): Extract {
  if (text.length <= LONGEST) return { code: ma, text, isCut: false };
  return {
    code: ma,
    text: text
      .slice(0, LONGEST)
      .toWellFormed()
      .replace(/\s+\S*$/, ""),
    isCut: true,
  };
}
