import { createHash } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import type { OpinionStore, Progress } from "./db/opinions.ts";
import type { Commune, Topic } from "./knowledge/catalog.ts";
import {
  createOpinionReader,
  type Opinion,
  type OpinionReader,
  type RefusedRow,
} from "./petitions/opinions.ts";
import { STANCES } from "./petitions/petition.ts";
import type { Triage } from "./petitions/triage.ts";
import { type ReadRows, readRows } from "./reading/rows.ts";

/**
 * What became of a file. `rows` counts the rows below the heading that say something: added + known + refused.
 * `byStance` and `byTopic` count the opinions of the file that were taken, added and known alike.
 */
export type ImportReport = {
  /** The line of the ledger of imports, by which the opinions that were added are found. */
  importId: number;
  rows: number;
  added: number;
  known: number;
  refused: RefusedRow[];
  byStance: Record<string, number>;
  byTopic: Record<string, number>;
};

/** What an import reads a file with. */
export type ImportRules = {
  topics: readonly Topic[];
  communes: Commune[];
  triage: Triage;
  today: () => string;
};

/** `by` is the account that imports, null for a command of this machine. */
export type ImportOptions = { by: number | null; onProgress?: Progress };

/** Imports a file of opinions, or says why the whole file is refused, in words for its giver. */
export type ImportOpinions = (
  bytes: Uint8Array,
  name: string,
  options: ImportOptions,
) => Promise<ImportReport | { fault: string }>;

export type ImportParts = ImportRules & { store: OpinionStore };

type ReadOpinions = { opinions: Opinion[]; refused: RefusedRow[] };

/** Rows that are read before members get their turn again: about 10 ms. */
const ROWS_AT_ONCE = 50;
const LONGEST_NAME = 255;

/** The import of opinions collected on paper, as the command and the console use it. */
export function createImportOpinions({ store, ...rules }: ImportParts): ImportOpinions {
  return async (bytes, name, { by, onProgress }) => {
    const read = await readOpinions(bytes, name, rules);
    if ("fault" in read) return read;
    const importId = await store.begin({ ...identityOf(bytes, name), by });
    return takeOpinions({ store, ...rules }, importId, read, { onProgress });
  };
}

/** The name and the hash under which the ledger knows a file. */
export function identityOf(bytes: Uint8Array, name: string): { name: string; hash: string } {
  return { name: name.slice(-LONGEST_NAME), hash: sha256(bytes) };
}

/** Reads a file, or says why the whole of it is refused. */
export async function readOpinions(
  bytes: Uint8Array,
  name: string,
  { today, ...rules }: ImportRules,
): Promise<ReadOpinions | { fault: string }> {
  const table = await readRows(bytes, name);
  if ("refused" in table) return { fault: table.refused };
  const reader = createOpinionReader(table.rows[0] ?? [], { ...rules, today: today() });
  return "fault" in reader ? reader : readAll(table, reader);
}

/** Stores what was read of a file. Called again for the same import it goes on where that was cut off. */
export async function takeOpinions(
  { store, topics }: Pick<ImportParts, "store" | "topics">,
  importId: number,
  { opinions, refused }: ReadOpinions,
  { onProgress, signal }: { onProgress?: Progress | undefined; signal?: AbortSignal } = {},
): Promise<ImportReport> {
  await store.noteRead(importId, opinions.length, refused);
  await store.add(importId, opinions.map(withKey), onProgress, signal);
  const added = await store.addedBy(importId);
  const counts = { rows: opinions.length + refused.length, added, known: opinions.length - added };
  const sorts = {
    byStance: countBy(opinions, "stance", Object.keys(STANCES)),
    byTopic: countBy(
      opinions,
      "topic",
      topics.map(({ id }) => id),
    ),
  };
  await store.finish(importId, { ...counts, refused: refused.length }, sorts);
  return { importId, ...counts, refused, ...sorts };
}

async function readAll(
  { rows, brokenAt }: Exclude<ReadRows, { refused: string }>,
  read: OpinionReader,
): Promise<ReadOpinions> {
  const opinions: Opinion[] = [];
  const refused: RefusedRow[] = [];
  for (let i = 1; i < rows.length; i += 1) {
    const result = read(rows[i] ?? [], i + 1);
    if (result && "reason" in result) refused.push(result);
    else if (result) opinions.push(result);
    if (i % ROWS_AT_ONCE === 0) await breathe();
  }
  if (brokenAt !== null) refused.push({ row: brokenAt, reason: UNCLOSED });
  return { opinions, refused };
}

const UNCLOSED = "dấu ngoặc kép mở ra mà không đóng lại, nên từ dòng này tới cuối tệp không đọc được";

/** Hashed, since the key stands where a member's words and name must not. */
function withKey(opinion: Opinion) {
  return { ...opinion, originKey: `paper:${sha256(opinion.identity)}` };
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function countBy(opinions: Opinion[], key: "stance" | "topic", names: string[]): Record<string, number> {
  const counts = Object.fromEntries(names.map((name) => [name, 0]));
  for (const opinion of opinions) counts[opinion[key]] = (counts[opinion[key]] ?? 0) + 1;
  return counts;
}
