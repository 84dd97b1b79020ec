import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { withPatientClient } from "./connection.ts";

type Migration = { number: number; name: string; sql: string; hash: string };
type Applied = { number: number; name: string; hash: string };

/** Two processes that start together take turns. */
const LOCK = 4_815_162;
const LOCK_NOT_AVAILABLE = "55P03";

/** How far and how patiently to migrate: up to this number, and so long for another process to be done. */
export type MigrateOptions = { patienceMs?: number; upTo?: number };

/** Brings the database up to the numbered .sql files of the folder; returns the names of those it applied. */
export async function migrate(
  pool: pg.Pool,
  folder: string,
  { patienceMs = 30_000, upTo = Number.POSITIVE_INFINITY }: MigrateOptions = {},
): Promise<string[]> {
  return withPatientClient(pool, async (client) => {
    await takeTurn(client, patienceMs);
    return applyMissing(
      client,
      readMigrations(folder).filter(({ number }) => number <= upTo),
    );
  });
}

async function takeTurn(client: pg.Client, patienceMs: number): Promise<void> {
  await client.query(`set statement_timeout = 0; set lock_timeout = ${patienceMs}`);
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
  } catch (error) {
    if ((error as pg.DatabaseError).code === LOCK_NOT_AVAILABLE)
      throw new Error(OTHER_AT_WORK, { cause: error });
    throw error;
  }
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  const migrations = names.map((name) => readMigration(folder, name)).sort((a, b) => a.number - b.number);
  const twice = migrations.find((each, at) => migrations[at + 1]?.number === each.number);
  if (twice) throw new Error(`Có hai tệp migration cùng số ${twice.number} trong ${folder}.`);
  return migrations;
}

function readMigration(folder: string, file: string): Migration {
  const number = /^(\d{3})-[a-z0-9-]+\.sql$/.exec(file)?.[1];
  if (!number) throw new Error(`Tên tệp migration ${file} không đúng dạng 001-ten-viec.sql.`);
  const sql = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n");
  const hash = createHash("sha256").update(sql).digest("hex");
  return { number: Number(number), name: file.replace(/\.sql$/, ""), sql, hash };
}

async function applyMissing(client: pg.Client, migrations: Migration[]): Promise<string[]> {
  const applied = await appliedOnes(client);
  refuseDifferences(applied, migrations);
  const missing = migrations.filter((each) => !applied.has(each.number));
  for (const migration of missing) await apply(client, migration);
  return missing.map((each) => each.name);
}

async function appliedOnes(client: pg.Client): Promise<Map<number, Applied>> {
  await client.query(`create table if not exists schema_migrations (
    number integer primary key,
    name text not null,
    hash text not null,
    applied_at timestamptz not null default now()
  )`);
  const { rows } = await client.query<Applied>(
    "select number, name, hash from schema_migrations order by number",
  );
  return new Map(rows.map((row) => [row.number, row]));
}

function refuseDifferences(applied: Map<number, Applied>, migrations: Migration[]): void {
  const known = new Map(migrations.map((each) => [each.number, each]));
  for (const { number, name, hash } of applied.values()) {
    const file = known.get(number);
    if (!file) throw new Error(newerDatabase(name));
    if (file.hash !== hash) throw new Error(changedFile(file.name));
  }
  const newest = Math.max(0, ...applied.keys());
  const late = migrations.find((each) => each.number < newest && !applied.has(each.number));
  if (late) throw new Error(lateFile(late.name, newest));
}

async function apply(client: pg.Client, { number, name, sql, hash }: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(sql);
    await client.query("insert into schema_migrations (number, name, hash) values ($1, $2, $3)", [
      number,
      name,
      hash,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw new Error(`Migration ${name} không chạy được${lineOf(error, sql)}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function lineOf(error: unknown, sql: string): string {
  const position = error instanceof pg.DatabaseError ? Number(error.position) : Number.NaN;
  return position > 0 ? ` (dòng ${sql.slice(0, position).split("\n").length})` : "";
}

const OTHER_AT_WORK = "Một tiến trình khác vẫn đang cập nhật cơ sở dữ liệu. Hãy chờ nó xong rồi chạy lại.";

function newerDatabase(name: string): string {
  return `Cơ sở dữ liệu mới hơn chương trình: đã có migration ${name} mà bản này không có. Hãy cập nhật Cầu Nối.`;
}

function changedFile(name: string): string {
  return `Tệp migration ${name} đã bị sửa sau khi chạy. Hãy trả lại tệp cũ và viết thay đổi vào một tệp mới.`;
}

function lateFile(name: string, newest: number): string {
  return `Migration ${name} có số nhỏ hơn migration đã chạy gần nhất (${newest}). Hãy đổi sang số tiếp theo.`;
}
