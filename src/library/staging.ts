import { createHash } from "node:crypto";
import type { NewFile } from "../db/edition-files.ts";
import { changesBetween } from "../knowledge/changes.ts";
import { checkCatalogFile } from "../knowledge/corpus.ts";
import { type PolicyDocument, RefusedFile } from "../knowledge/document.ts";
import type { EditionFile } from "../knowledge/edition.ts";
import type { FileRow } from "../knowledge/gate-report.ts";
import { parseMarkdown } from "../knowledge/markdown.ts";
import { isDocumentPath, isKnowledgePath } from "../knowledge/paths.ts";
import { toPassages } from "../knowledge/validity.ts";
import type { GivenFile, ReadDocument } from "../reading/read-document.ts";

/** A file by what identifies it, without its bytes. */
export type Fingerprint = { name: string; hash: string; sidecar: string | null };

/** What a file handed in becomes, or why it is refused. */
export type Staged = { row: FileRow; files: NewFile[] };

export function sha256(of: Uint8Array | string): string {
  return createHash("sha256").update(of).digest("hex");
}

/** The same files give the same hash, whatever edition they stand in. */
export function editionHash(files: Pick<EditionFile, "path" | "textHash">[]): string {
  const lines = files.map(({ path, textHash }) => `${path} ${textHash}\n`);
  return sha256(lines.sort().join(""));
}

/** The row of a file that is there already, byte for byte; null for any other. */
export function unchangedRow({ name, hash, sidecar }: Fingerprint, files: EditionFile[]): FileRow | null {
  const same = files.filter((file) => file.originalHash === hash && file.sidecar === sidecar);
  if (same.length === 0) return null;
  return rowOf(name, "unchanged", same);
}

/** Reads many documents at once, each by itself; what cannot be used comes back as its refusal. */
export type ReadMany = (files: GivenFile[]) => Promise<(ReadDocument[] | RefusedFile)[]>;

/**
 * Reads files and compares them with what the edition holds; `edition` is the one they are put into. What is wrong with
 * a file becomes its row, so the others are not held up.
 */
export async function stageFiles(
  given: GivenFile[],
  held: EditionFile[],
  edition: number,
  read: ReadMany,
): Promise<Staged[]> {
  const places = given.map(
    (file) => unchangedRow(fingerprint(file), held) ?? settle(() => placeOf(file.name), file.name),
  );
  const toRead = given.flatMap((file, i) => {
    const place = places[i];
    return typeof place === "string" && isDocumentPath(place) ? [{ ...file, name: place }] : [];
  });
  const readings = await read(toRead);
  let files = held;
  return given.map((file, i) => {
    const place = places[i];
    if (typeof place !== "string") return { row: place as FileRow, files: [] };
    const reading = isDocumentPath(place) ? (readings.shift() ?? []) : null;
    const staged = settle(() => stage(file, place, reading, files, edition), file.name);
    if ("status" in staged) return { row: staged, files: [] };
    files = withFiles(files, staged.files, edition);
    return staged;
  });
}

function stage(
  given: GivenFile,
  place: string,
  reading: ReadDocument[] | RefusedFile | null,
  files: EditionFile[],
  edition: number,
): Staged {
  if (reading === null) return stageCatalog(given, place, files);
  if (reading instanceof RefusedFile) throw reading;
  return stageDocuments(given, reading, files, edition);
}

/** The result, or the row of the refusal that was thrown. */
function settle<T>(work: () => T, name: string): T | FileRow {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    return { ...rowOf(name, "refused", []), reason: error.reason };
  }
}

/** What identifies a file that was handed in. */
export function fingerprint({ name, bytes, sidecar }: GivenFile): Fingerprint {
  return { name, hash: sha256(bytes), sidecar };
}

/** The files of an edition after some were put into it. */
function withFiles(files: EditionFile[], put: NewFile[], since: number): EditionFile[] {
  const isReplaced = (file: EditionFile) =>
    put.some((one) => one.path === file.path || (one.document !== null && one.document === file.document));
  return [...files.filter((file) => !isReplaced(file)), ...put.map((file) => ({ ...file, since }))];
}

/** Where a file belongs: a catalog by its name, everything else among the documents. */
function placeOf(name: string): string {
  const isSafe = name.split("/").every((step) => step !== "" && step !== "." && step !== "..");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name with control characters is refused.
  if (!isSafe || name.length > 300 || /[\\\u0000-\u001f]/.test(name))
    throw new RefusedFile(name, "tên tệp không hợp lệ");
  return isKnowledgePath(name) ? name : `documents/${name}`;
}

function stageDocuments(
  given: GivenFile,
  found: ReadDocument[],
  files: EditionFile[],
  edition: number,
): Staged {
  const numbers = new Set(found.map(({ document }) => document.number));
  const isReplaced = (file: EditionFile) =>
    file.document !== null && (file.name === given.name || numbers.has(file.document));
  const twin = files.find((file) => isReplaced(file) && file.since === edition && file.name !== given.name);
  if (twin) throw new RefusedFile(given.name, `số hiệu ${twin.document} vừa được lấy từ tệp ${twin.name}`);
  const before = files.filter(isReplaced).flatMap(documentOf);
  const changes = changesBetween(toPassages(before), toPassages(found.map(({ document }) => document)));
  const made = found.map(({ path, text, document }) => newFile(given, path, text, document));
  return {
    row: {
      ...rowOf(given.name, before.length > 0 ? "updated" : "added", made),
      changed: changes.filter(({ kind }) => kind !== "removed").length,
      removed: changes.filter(({ kind }) => kind === "removed").length,
    },
    files: made,
  };
}

function stageCatalog(given: GivenFile, path: string, files: EditionFile[]): Staged {
  const text = new TextDecoder().decode(given.bytes);
  checkCatalogFile({ path, text });
  const made = [newFile(given, path, text, null)];
  const isKnown = files.some((file) => file.path === path);
  return { row: rowOf(given.name, isKnown ? "updated" : "added", made), files: made };
}

function newFile(given: GivenFile, path: string, text: string, document: PolicyDocument | null): NewFile {
  return {
    path,
    text,
    textHash: sha256(text),
    originalHash: sha256(given.bytes),
    name: given.name,
    sidecar: given.sidecar,
    document: document?.number ?? null,
    clauses: document?.clauses.length ?? 0,
    bytes: given.bytes,
  };
}

function rowOf(
  file: string,
  status: FileRow["status"],
  files: Pick<EditionFile, "path" | "document" | "clauses">[],
): FileRow {
  const documents = files.flatMap(({ document }) => document ?? []);
  return {
    file,
    status,
    document: documents.length === 1 ? (documents[0] ?? null) : null,
    documents,
    clauses: files.reduce((sum, each) => sum + each.clauses, 0),
    changed: 0,
    removed: 0,
    embedded: 0,
    reason: null,
    paths: files.map(({ path }) => path),
  };
}

function documentOf({ path, text, document }: EditionFile): PolicyDocument[] {
  return document ? [parseMarkdown(path, text)] : [];
}
