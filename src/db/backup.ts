import { createHash, type Hash } from "node:crypto";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { ZipFile } from "yazl";
import { entryOf, FORMAT, LEFT_OUT, MANIFEST, type Manifest } from "./backup-file.ts";
import { withPatientClient } from "./connection.ts";

type Table = { name: string; columns: string[] };

/**
 * Writes everything but secrets as one zip, as of one moment, while the service goes on. Rejects when the database or the
 * receiver fails; what was written until then is no backup, for its directory comes last.
 */
export async function writeBackup(pool: pg.Pool, out: Writable): Promise<Manifest> {
  return withPatientClient(pool, async (client) => {
    await client.query("begin isolation level repeatable read read only");
    const manifest = await emptyManifest(client);
    const zip = new ZipFile();
    const output = zip.outputStream as Readable;
    zip.on("error", (error: Error) => void output.destroy(error));
    for (const table of await tablesOf(client)) addTable(zip, client, table, manifest);
    // Asked for when every table before it was written, so it knows them all.
    zip.addReadStreamLazy(MANIFEST, (give) => give(null, textStream(JSON.stringify(manifest))));
    zip.end();
    await pipeline(output, out);
    return manifest;
  });
}

async function emptyManifest(client: pg.Client): Promise<Manifest> {
  const { rows: found } = await client.query("select to_regclass('schema_migrations') as name");
  if (found[0]?.name === null) throw new Error("Cơ sở dữ liệu này chưa có gì để sao lưu.");
  const { rows: migrations } = await client.query(
    "select number, name, hash from schema_migrations order by number",
  );
  const { rows } = await client.query<{ at: Date }>("select now() as at");
  return { format: FORMAT, at: (rows[0]?.at ?? new Date()).toISOString(), migrations, tables: [] };
}

/** What is computed from other columns is left to the database that takes it in. */
async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select t.table_name as name, array_agg(c.column_name::text order by c.ordinal_position) as columns
     from information_schema.tables t
     join information_schema.columns c using (table_schema, table_name)
     where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
       and t.table_name <> all ($1)
     group by t.table_name order by t.table_name`,
    [LEFT_OUT],
  );
  return rows;
}

function addTable(zip: ZipFile, client: pg.Client, { name, columns }: Table, { tables }: Manifest): void {
  zip.addReadStreamLazy(entryOf(name), (give) => {
    const list = columns.map((column) => pg.escapeIdentifier(column)).join(", ");
    const rows = client.query(copyTo(`copy ${pg.escapeIdentifier(name)} (${list}) to stdout`));
    const hash = createHash("sha256");
    rows.on("end", () => tables.push({ name, columns, rows: rows.rowCount, sha256: hash.digest("hex") }));
    // The archive does not listen for faults of what it is given.
    give(
      null,
      hashed(rows, hash).on("error", (error) => zip.emit("error", error)),
    );
  });
}

/** The same bytes, counted into the hash as they pass; an error of the source is an error of what comes out. */
export function hashed(source: Readable, hash: Hash): Readable {
  const through = new PassThrough();
  source.on("data", (chunk: Buffer) => void hash.update(chunk));
  source.on("error", (error) => void through.destroy(error));
  return source.pipe(through);
}

function textStream(text: string): Readable {
  const stream = new PassThrough();
  stream.end(text);
  return stream;
}
