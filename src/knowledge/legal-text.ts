import type { Block } from "./blocks.ts";
import { type FrontMatter, RefusedFile, Sidecar } from "./document.ts";
import { readAmends } from "./legal-amends.ts";
import { readEffect } from "./legal-effect.ts";
import { type Head, readHead, splitHead } from "./legal-head.ts";
import { toLines } from "./legal-lines.ts";
import { aliasesOf } from "./legal-names.ts";
import { type Piece, readPieces } from "./legal-structure.ts";
import { guessTopics } from "./legal-topics.ts";
import { writeMarkdown } from "./legal-writing.ts";
import { readYaml } from "./yaml.ts";

/**
 * Turns the blocks of a DOCX, PDF, HTML or XLSX file into our Markdown, which `parseMarkdown` reads. What a sidecar (the YAML
 * text of `<file>.yaml`) says wins; the rest is read where the text says it of itself. Throws RefusedFile, in Vietnamese, with
 * the faults of the sidecar or the list of what neither says.
 */
export function toPolicyText(file: string, blocks: Block[], sidecar: string | null): string {
  const given = sidecar === null ? {} : readYaml(`${file}.yaml`, Sidecar, sidecar, "tệp đi kèm");
  const { head, body } = splitHead(toLines(blocks));
  const said = readHead(head, body);
  const pieces = readPieces(body);
  const front = frontOf(file, given, said, pieces);
  return writeMarkdown(front, inSections(file, front.title, pieces));
}

const NEEDED = {
  number: "số hiệu (number)",
  issuer: "cơ quan ban hành (issuer)",
  signed: "ngày ký (signed)",
  effective: "ngày có hiệu lực (effective)",
  title: "tên văn bản (title)",
} as const;

function frontOf(file: string, given: Sidecar, said: Head, pieces: Piece[]): FrontMatter {
  const signed = given.signed === undefined ? said.signed : given.signed;
  const effect = readEffect(pieces, signed);
  const facts = {
    number: given.number ?? said.number,
    title: given.title ?? said.title,
    issuer: given.issuer ?? said.issuer,
    signed,
    effective: given.effective ?? effect.effective,
  };
  const { number, title, issuer, effective } = facts;
  const isUnsigned = signed === null && given.signed === undefined;
  if (!number || !title || !issuer || !effective || isUnsigned) throw missing(file, facts, isUnsigned);
  const headings = pieces.flatMap((piece) => (piece.kind === "heading" ? [piece.title] : []));
  return {
    number,
    title,
    issuer,
    signed,
    effective,
    expires: given.expires === undefined ? later(effect.expires, effective) : given.expires,
    topics: given.topics ?? guessTopics(title, headings),
    source: given.source ?? `tệp ${file.split("/").at(-1)}`,
    certainty: given.certainty ?? "certain",
    ...(given.verifiedBy ? { verifiedBy: given.verifiedBy } : {}),
    aliases: given.aliases ?? aliasesOf(said.kind, number),
    amends: given.amends ?? readAmends({ number, title, kind: said.kind, effective }, pieces),
  };
}

function later(day: string | null, than: string): string | null {
  return day !== null && day > than ? day : null;
}

function missing(
  file: string,
  facts: Record<keyof typeof NEEDED, string | null>,
  isUnsigned: boolean,
): RefusedFile {
  const names = (Object.keys(NEEDED) as (keyof typeof NEEDED)[])
    .filter((key) => (key === "signed" ? isUnsigned : !facts[key]))
    .map((key) => NEEDED[key]);
  return new RefusedFile(
    file,
    `không đọc được từ văn bản: ${names.join(", ")}; hãy ghi vào tệp đi kèm ${file.split("/").at(-1)}.yaml`,
  );
}

/** What stands before the first heading of a text without articles belongs to a section named as the document. */
function inSections(file: string, title: string, pieces: Piece[]): Piece[] {
  const isWorkbook = /\.xlsx$/i.test(file);
  const named = isWorkbook ? pieces.flatMap((piece, i) => sheetName(piece, pieces[i - 1])) : pieces;
  const [first] = named;
  if (!first || first.kind === "heading") return named;
  return [section(title, first.page), ...named];
}

/** A sheet that its reader gave no heading is named by its place. */
function sheetName(piece: Piece, above: Piece | undefined): Piece[] {
  const isNew = piece.kind !== "heading" && piece.page !== null && piece.page !== above?.page;
  return isNew ? [section(`Trang tính ${piece.page}`, piece.page), piece] : [piece];
}

function section(title: string, page: number | null): Piece {
  return { page, kind: "heading", level: "name", locator: "", title, depth: 2 };
}
