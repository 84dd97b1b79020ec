import type pg from "pg";
import type { EditionFile } from "../knowledge/edition.ts";

/** A file to be put into a staged edition. */
export type NewFile = Omit<EditionFile, "since"> & { bytes: Uint8Array };

/** Puts a file in the place of whatever had its path or its document's number. */
export async function putFile(client: pg.PoolClient, id: number, file: NewFile): Promise<void> {
  await client.query("insert into originals (hash, bytes) values ($1, $2) on conflict (hash) do nothing", [
    file.originalHash,
    Buffer.from(file.bytes),
  ]);
  await client.query(
    "insert into knowledge_texts (hash, text) values ($1, $2) on conflict (hash) do nothing",
    [file.textHash, file.text],
  );
  await client.query("delete from edition_files where edition_id = $1 and (path = $2 or document = $3)", [
    id,
    file.path,
    file.document,
  ]);
  await client.query(
    `insert into edition_files (edition_id, path, text_hash, original_hash, name, sidecar, document, clauses, since)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $1)`,
    [id, file.path, file.textHash, file.originalHash, file.name, file.sidecar, file.document, file.clauses],
  );
}

/** Makes a path stand again as it does in the base; a path that the base does not have is taken out. */
export async function takeBack(
  client: pg.PoolClient,
  id: number,
  base: number | null,
  path: string,
): Promise<void> {
  await client.query(
    `delete from edition_files where edition_id = $1 and (path = $3 or document =
       (select document from edition_files where edition_id = $2 and path = $3))`,
    [id, base, path],
  );
  await client.query(
    `insert into edition_files (edition_id, path, text_hash, original_hash, name, sidecar, document, clauses, since)
     select $1, path, text_hash, original_hash, name, sidecar, document, clauses, since from edition_files
     where edition_id = $2 and path = $3`,
    [id, base, path],
  );
}
