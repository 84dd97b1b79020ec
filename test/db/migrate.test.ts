import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { migrate } from "../../src/db/migrate.ts";
import { emptyDatabase } from "../support/database.ts";

let folder: string;
let pool: pg.Pool;
let drop: () => Promise<void>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cau-noi-migrations-"));
  const empty = await emptyDatabase();
  pool = new pg.Pool({ connectionString: empty.url });
  drop = empty.drop;
  write("001-boxes.sql", "create table boxes (n integer);");
  write("002-first-box.sql", "insert into boxes values (1);");
});
afterEach(async () => {
  await pool.end();
  await drop();
  rmSync(folder, { recursive: true });
});

function write(name: string, sql: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), sql);
}

async function boxes(): Promise<number[]> {
  const { rows } = await pool.query<{ n: number }>("select n from boxes order by n");
  return rows.map((row) => row.n);
}

it("applies the files in order, once", async () => {
  expect(await migrate(pool, folder)).toEqual(["001-boxes", "002-first-box"]);
  expect(await migrate(pool, folder)).toEqual([]);
  expect(await boxes()).toEqual([1]);
});

it("applies only what is new", async () => {
  await migrate(pool, folder);
  write("003-second-box.sql", "insert into boxes values (2);");
  expect(await migrate(pool, folder)).toEqual(["003-second-box"]);
  expect(await boxes()).toEqual([1, 2]);
});

it("applies everything once when two start at the same moment", async () => {
  const applied = await Promise.all([migrate(pool, folder), migrate(pool, folder)]);
  expect(applied.flat()).toEqual(["001-boxes", "002-first-box"]);
  expect(await boxes()).toEqual([1]);
});

it("gives up when another holds its turn for too long", async () => {
  const other = await pool.connect();
  await other.query("select pg_advisory_lock(4815162)");
  await expect(migrate(pool, folder, { patienceMs: 200 })).rejects.toThrow("Một tiến trình khác");
  other.release(true);
});

it("gives up when a table is locked for too long", async () => {
  await migrate(pool, folder);
  write("003-wider-boxes.sql", "alter table boxes add column width integer;");
  const other = await pool.connect();
  await other.query("begin; lock table boxes");
  await expect(migrate(pool, folder, { patienceMs: 200 })).rejects.toThrow("lock timeout");
  other.release(true);
});

it("leaves nothing of a file that fails, keeps those before it, and names the line", async () => {
  write("003-broken.sql", "insert into boxes values (2);\n\ninsert into nowhere values (1);");
  await expect(migrate(pool, folder)).rejects.toThrow(/003-broken .*dòng 3.*nowhere/);
  expect(await boxes()).toEqual([1]);
  write("003-broken.sql", "insert into boxes values (3);");
  expect(await migrate(pool, folder)).toEqual(["003-broken"]);
});

it("refuses a file that changed after it was applied", async () => {
  await migrate(pool, folder);
  write("001-boxes.sql", "create table boxes (n bigint);");
  await expect(migrate(pool, folder)).rejects.toThrow("001-boxes đã bị sửa");
});

it("takes the line ends of another system for the same file", async () => {
  write("003-lines.sql", "select 1;\nselect 2;\n");
  await migrate(pool, folder);
  write("003-lines.sql", "select 1;\r\nselect 2;\r\n");
  expect(await migrate(pool, folder)).toEqual([]);
});

it("refuses a database that is newer than the code", async () => {
  write("003-later.sql", "select 1;");
  await migrate(pool, folder);
  rmSync(join(folder, "003-later.sql"));
  await expect(migrate(pool, folder)).rejects.toThrow("mới hơn chương trình");
});

it("refuses a number below those applied, a number twice, and a name of another form", async () => {
  write("005-five.sql", "select 1;");
  await migrate(pool, folder);
  write("004-four.sql", "select 1;");
  await expect(migrate(pool, folder)).rejects.toThrow("004-four có số nhỏ hơn");
  write("005-again.sql", "select 1;");
  await expect(migrate(pool, folder)).rejects.toThrow("cùng số 5");
  rmSync(join(folder, "005-again.sql"));
  write("six.sql", "select 1;");
  await expect(migrate(pool, folder)).rejects.toThrow("six.sql không đúng dạng");
});

it("is not cut short by the timeouts of the pool", async () => {
  const hasty = new pg.Pool({ ...pool.options, query_timeout: 100, statement_timeout: 100 });
  write("003-slow.sql", "select pg_sleep(0.5);");
  expect(await migrate(hasty, folder)).toContain("003-slow");
  await hasty.end();
});
