import type { PolicyDocument } from "../knowledge/document.ts";
import { fold, slug } from "../text/fold.ts";

/** The ways a number ends, and what people call such an instrument. */
const KINDS: [suffix: RegExp, names: string][] = [
  [/nd-cp$/, "nghi dinh|nd"],
  [/tt-[a-z]+$/, "thong tu|tt"],
  [/qd-[a-z]+$/, "quyet dinh|qd"],
  [/(nq-[a-z]+|nq-tw|nq-tu)$/, "nghi quyet|nq"],
  [/qh\d+$/, "luat|nghi quyet"],
];

export type NamedDocument = { number: string; from: number; to: number };

/** Finds the instruments that a text names: "nđ 55", "nghị định 57 năm 2018", "55/2015/NĐ-CP", or an alias. */
export type FindInstruments = (text: string) => NamedDocument[];

export function createFindInstruments(
  documents: Pick<PolicyDocument, "number" | "aliases">[],
): FindInstruments {
  const patterns = documents.flatMap((document) =>
    patternsOf(document).map(({ part, pattern }) => ({ document, part, pattern })),
  );
  return (text) => {
    const plain = fold(text).replace(/[–—]/g, "-");
    const found = patterns.flatMap(({ document, part, pattern }) =>
      matches(plain, part, pattern).map((match) => ({
        number: document.number,
        from: match.index,
        to: match.index + match[0].length,
      })),
    );
    // "nghị định 57" inside "nghị định 57 năm 2018": the longer mention says which one is meant.
    return found.filter(
      (one) =>
        !found.some(
          (other) =>
            other.from <= one.from && other.to >= one.to && other.to - other.from > one.to - one.from,
        ),
    );
  };
}

/** Looks first for words that every match holds: a text names few of all instruments, and `matchAll` compiles the pattern anew. */
function matches(text: string, part: string, pattern: RegExp): RegExpExecArray[] {
  return text.includes(part) ? [...text.matchAll(pattern)] : [];
}

/** How an instrument may be named, each with words that stand in whatever the pattern matches. */
function patternsOf({
  number,
  aliases,
}: Pick<PolicyDocument, "number" | "aliases">): { part: string; pattern: RegExp }[] {
  const parts = slug(number).match(/^(\d+)(?:-(\d{4}))?-(.+)$/);
  const named = aliases.map((alias) => ({
    part: fold(alias),
    pattern: new RegExp(`(?<![a-z0-9])${quoted(fold(alias))}(?![a-z0-9/])`, "g"),
  }));
  return parts ? [...named, ...numbered(parts).map((pattern) => ({ part: parts[1] ?? "", pattern }))] : named;
}

/** The ways in which a number is written, from its own number, its year and how it ends. */
function numbered(parts: RegExpMatchArray): RegExp[] {
  const patterns: RegExp[] = [];
  const [, own = "", year, suffix = ""] = parts;
  const names = KINDS.find(([ending]) => ending.test(suffix))?.[1];
  patterns.push(
    new RegExp(
      `(?<!\\d)0?${own}${year ? `\\s*/\\s*${year}` : ""}\\s*/\\s*${quoted(suffix)}(?![a-z0-9])`,
      "g",
    ),
  );
  if (year) patterns.push(new RegExp(`(?<![\\d/])0?${own}/${year}(?![\\d/])`, "g"));
  if (names && !suffix.startsWith("qh")) {
    const named = `(?<![a-z])(?:${names})\\s*(?:so\\s*)?0?${own}`;
    patterns.push(new RegExp(`${named}(?![\\d/.,])(?!\\s*(?:/|-|nam)\\s*\\d{4})`, "g"));
    if (year) patterns.push(new RegExp(`${named}\\s*(?:/|-|nam)?\\s*${year}`, "g"));
  }
  return patterns;
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
