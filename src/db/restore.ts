import { createHash } from "node:crypto";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { hashed } from "./backup.ts";
import { entryOf, MANIFEST, Manifest } from "./backup-file.ts";
import { withPatientClient } from "./connection.ts";
import { migrate } from "./migrate.ts";

/** A backup by its parts. */
type Backup = { manifest: Manifest; zip: ZipFile; entries: Map<string, Entry> };

/** What was taken in; `unsure` replies were on their way when the backup was made, and wait for staff to look at them. */
export type Restored = { manifest: Manifest; unsure: number };

/** Whatever holds one of these is no new database. */
const TELLING = ["conversations", "petitions", "staff", "publications", "audit"];

/**
 * Fills an empty database from a backup, whole or not at all. Throws with a plain reason where the file is none, was changed,
 * is of a newer program, or where the database holds something already.
 */
export async function restoreBackup(pool: pg.Pool, migrations: string, file: string): Promise<Restored> {
  const backup = await openBackup(file);
  try {
    const newest = Math.max(...backup.manifest.migrations.map(({ number }) => number));
    await migrate(pool, migrations, { upTo: newest });
    const unsure = await withPatientClient(pool, (client) => fill(client, backup));
    await migrate(pool, migrations);
    return { manifest: backup.manifest, unsure };
  } finally {
    backup.zip.close();
  }
}

/** What a backup says of itself; throws where the file is none. */
export async function describeBackup(file: string): Promise<Manifest> {
  const { manifest, zip } = await openBackup(file);
  zip.close();
  return manifest;
}

async function openBackup(file: string): Promise<Backup> {
  const zip = await yauzl.openPromise(file, { lazyEntries: true, autoClose: false }).catch((error) => {
    throw new Error(
      error.code === "ENOENT" ? `Không có tệp ${file}.` : `${file} không phải tệp sao lưu còn nguyên.`,
      { cause: error },
    );
  });
  try {
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    return { manifest: await readManifest(zip, entries, file), zip, entries };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function readManifest(zip: ZipFile, entries: Map<string, Entry>, file: string): Promise<Manifest> {
  const entry = entries.get(MANIFEST);
  const read = entry && Manifest.safeParse(parsed(await text(await zip.openReadStreamPromise(entry))));
  if (!read?.success) throw new Error(`${file} không phải tệp sao lưu của Cầu Nối mà bản này đọc được.`);
  return read.data;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

async function fill(client: pg.Client, backup: Backup): Promise<number> {
  await client.query("begin");
  try {
    await refuseOther(client, backup.manifest);
    const tables = await allTables(client);
    await client.query(`lock table ${tables.join(", ")} in access exclusive mode`);
    await refuseFilled(client);
    await setRulesAside(client, tables);
    await client.query(`truncate ${tables.join(", ")}`);
    for (const table of backup.manifest.tables) await fillTable(client, backup, table);
    await raiseSequences(client);
    const unsure = await settleWork(client);
    await bringRulesBack(client, tables);
    await client.query("commit");
    return unsure;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

/** The database was brought to the backup's own migrations, so that its columns are those of the file. */
async function refuseOther(client: pg.Client, { migrations }: Manifest): Promise<void> {
  const { rows } = await client.query("select number, name, hash from schema_migrations order by number");
  const key = (all: { number: number; hash: string }[]) =>
    all.map(({ number, hash }) => `${number} ${hash}`).join();
  if (key(rows) !== key(migrations))
    throw new Error(
      "Tệp sao lưu được làm bằng bản Cầu Nối mới hơn, hoặc cơ sở dữ liệu này đã mới hơn tệp; hãy dùng đúng bản và một cơ sở dữ liệu trống.",
    );
}

async function refuseFilled(client: pg.Client): Promise<void> {
  for (const table of TELLING) {
    const { rowCount } = await client.query(`select from ${pg.escapeIdentifier(table)} limit 1`);
    if (rowCount)
      throw new Error(
        `Cơ sở dữ liệu này không trống (bảng ${table} đã có dữ liệu). Chỉ khôi phục vào một cơ sở dữ liệu mới.`,
      );
  }
}

async function allTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'schema_migrations' order by 1`,
  );
  return rows.map(({ name }) => pg.escapeIdentifier(name));
}

/** Tables come in the order of their names, not of what refers to what, so that is checked at the end. */
async function setRulesAside(client: pg.Client, tables: string[]): Promise<void> {
  for (const { table, name } of await foreignKeys(client))
    await client.query(`alter table ${table} alter constraint ${name} deferrable initially deferred`);
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
}

async function bringRulesBack(client: pg.Client, tables: string[]): Promise<void> {
  await client.query("set constraints all immediate");
  for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
  for (const { table, name } of await foreignKeys(client))
    await client.query(`alter table ${table} alter constraint ${name} not deferrable`);
}

async function foreignKeys(client: pg.Client): Promise<{ table: string; name: string }[]> {
  const { rows } = await client.query<{ table: string; name: string }>(
    `select c.conrelid::regclass::text as table, quote_ident(c.conname) as name
     from pg_constraint c join pg_namespace n on n.oid = c.connamespace
     where c.contype = 'f' and n.nspname = 'public' order by 1, 2`,
  );
  return rows;
}

async function fillTable(
  client: pg.Client,
  { zip, entries }: Backup,
  { name, columns, rows, sha256 }: Manifest["tables"][number],
): Promise<void> {
  const entry = entries.get(entryOf(name));
  if (!entry) throw new Error(`Tệp sao lưu thiếu bảng ${name}.`);
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(", ");
  const taken = client.query(copyFrom(`copy ${pg.escapeIdentifier(name)} (${list}) from stdin`));
  const hash = createHash("sha256");
  await pipeline(hashed(await zip.openReadStreamPromise(entry), hash), taken);
  if (hash.digest("hex") !== sha256 || taken.rowCount !== rows)
    throw new Error(`Bảng ${name} trong tệp sao lưu đã bị sửa hoặc hỏng; chưa khôi phục gì.`);
}

async function raiseSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select quote_ident(table_name) as table, column_name as column from information_schema.columns
     where table_schema = 'public' and is_identity = 'YES'`,
  );
  for (const { table, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), (select coalesce(max(${pg.escapeIdentifier(column)}), 0) + 1 from ${table}), false)`,
      [table, column],
    );
}

/**
 * Nobody holds anything here. A question that was open is answered, since its answer was not in the backup; whether a reply
 * that was open went out after the backup cannot be known, so staff see it and send it again or not.
 */
async function settleWork(client: pg.Client): Promise<number> {
  await client.query(
    "update messages set lease_owner = null, lease_until = null where lease_owner is not null",
  );
  const { rowCount } = await client.query(
    `update messages set status = 'uncertain', reason = $1, finished_at = now() where direction = 'out' and status = 'open'`,
    ["đang được gửi lúc sao lưu, chưa rõ đã tới hay chưa"],
  );
  return rowCount ?? 0;
}
