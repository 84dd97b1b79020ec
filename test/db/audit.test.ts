import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { note } from "../../src/db/audit.ts";
import { AuditLog } from "../../src/db/audit-log.ts";
import { openDatabase } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { StaffStore } from "../../src/db/staff.ts";
import { emptyDatabase, type FreshDatabase, freshDatabase } from "../support/database.ts";

const MIGRATIONS = join(import.meta.dirname, "../../src/db/migrations");

let fresh: FreshDatabase;
let log: AuditLog;
let by: number;

beforeAll(async () => {
  fresh = await freshDatabase();
  log = new AuditLog(fresh.database);
  const staff = new StaffStore(fresh.database);
  const account = { name: "Hạnh", email: "hanh@xa.test", role: "admin", passwordHash: "x" } as const;
  by = (await staff.create({ ...account, passwordExpiresAt: null })) ?? 0;
});

afterAll(() => fresh.drop());

const query = (text: string, values: unknown[] = []) => fresh.database.pool.query(text, values);
const linesOf = async (action: string) => {
  const { rows } = await query("select subject, staff_id, details from audit where action = $1", [action]);
  return rows;
};
const rename = (name: string) =>
  fresh.database.tx((client) => client.query("update staff set name = $2 where id = $1", [by, name]));
const during = (action: string, work: () => Promise<unknown>, isRefused = false) =>
  log.during({ by, action, subject: `staff:${by}` }, work, () => isRefused);

/** Does what only the owner of the server can: past the trigger. */
async function tamper(statement: string): Promise<void> {
  await fresh.database.tx(async (client) => {
    await client.query("set local session_replication_role = replica");
    await client.query(statement);
  });
}

describe("the line of an action", () => {
  test("tells who did what to what, and the state before and after", async () => {
    await during("renamed", () => rename("Hoa"));
    const [line, ...others] = await linesOf("renamed");
    expect(others).toEqual([]);
    expect(line).toMatchObject({ subject: `staff:${by}`, staff_id: by });
    expect(line.details.before).toMatch(/^[0-9a-f]{64}$/);
    expect(line.details.after).toMatch(/^[0-9a-f]{64}$/);
    expect(line.details.before).not.toBe(line.details.after);
  });

  test("is one, however many transactions the action takes and whatever notes it makes", async () => {
    await during("renamed-often", async () => {
      await rename("Lan");
      await rename("Mai");
      await log.add({ by, action: "other", subject: "x" });
    });
    expect(await linesOf("renamed-often")).toHaveLength(1);
    expect(await linesOf("other")).toHaveLength(0);
  });

  test("is in the transaction of the change: what is undone leaves none", async () => {
    const undone = () =>
      fresh.database.tx(async (client) => {
        await client.query("update staff set name = 'Không' where id = $1", [by]);
        throw new Error("no");
      });
    await expect(during("undone", undone)).rejects.toThrow("no");
    expect(await linesOf("undone")).toHaveLength(0);
  });

  test("is written when a transaction before it was undone", async () => {
    await during("second-try", async () => {
      await fresh.database
        .tx(async (client) => {
          await client.query("update staff set name = 'Không' where id = $1", [by]);
          throw new Error("no");
        })
        .catch(() => {});
      await rename("Cúc");
    });
    expect(await linesOf("second-try")).toHaveLength(1);
  });

  test("is not left by what was refused, nor by transactions that only read", async () => {
    const read = () => fresh.database.tx((client) => client.query("select 1"));
    await during("refused", read, true);
    expect(await linesOf("refused")).toHaveLength(0);
    await during("nothing-to-do", read);
    expect(await linesOf("nothing-to-do")).toHaveLength(1);
  });

  test("is not written for what still runs after the answer", async () => {
    let later: Promise<unknown> = Promise.resolve();
    await during("answered", async () => {
      later = new Promise((done) => setTimeout(done, 50)).then(() => rename("Đào"));
    });
    await later;
    expect(await linesOf("answered")).toHaveLength(1);
  });
});

describe("the chain", () => {
  test("is whole after twenty writers at once, and numbers its lines without a gap", async () => {
    const before = await log.end();
    await Promise.all(
      Array.from({ length: 20 }, async (_, writer) => {
        for (let i = 0; i < 10; i++) await log.add({ by, action: "crowd", subject: `${writer}:${i}` });
      }),
    );
    const state = await log.verify();
    expect(state).toMatchObject({ brokenAt: null, lines: before.lines + 200 });
    const { rows } = await query("select max(id) - count(*) as gaps from audit");
    expect(Number(rows[0].gaps)).toBe(0);
  });

  test.each([
    ["update", "update audit set action = 'no' where id = 1"],
    ["delete", "delete from audit where id = 1"],
    ["truncate", "truncate audit"],
    ["forget the end", "delete from audit_head"],
  ])("lets nobody %s", async (_, statement) => {
    await expect(query(statement)).rejects.toThrow();
  });

  test.each([
    ["a changed action", "update audit set action = 'nothing' where id = 5", 5],
    ["a changed person", "update audit set staff_id = null where id = 6", 6],
    ["a changed moment", "update audit set at = at + interval '1 second' where id = 7", 7],
    ["a changed detail", `update audit set details = '{"after": "x"}' where id = 8`, 8],
    ["a deleted line", "delete from audit where id = 9", 10],
  ])("shows %s", async (_, statement, brokenAt) => {
    await query("create table kept as table audit");
    await tamper(statement);
    expect((await log.verify()).brokenAt).toBe(brokenAt);
    await tamper("delete from audit; insert into audit select * from kept; drop table kept");
    expect((await log.verify()).brokenAt).toBeNull();
  });

  test("shows that the last line is gone", async () => {
    const { lines } = await log.end();
    await query("create table kept as table audit");
    await tamper(`delete from audit where id = (select max(id) from audit)`);
    expect(await log.verify()).toMatchObject({ brokenAt: lines, lines: lines - 1 });
    await tamper("delete from audit; insert into audit select * from kept; drop table kept");
  });

  test("shows a line whose hash was worked out anew, at the one after it", async () => {
    await query("create table kept as table audit");
    await tamper(`update audit set subject = 'x',
      hash = audit_hash(prev_hash, audit_line(id, at, staff_id, action, 'x', details)) where id = 3`);
    expect((await log.verify()).brokenAt).toBe(4);
    await tamper("delete from audit; insert into audit select * from kept; drop table kept");
  });
});

test("outside of an action a note is a line of its own, and a transaction without one leaves none", async () => {
  await fresh.database.tx(async (client) => note(client, { by: null, action: "command", subject: "x" }));
  expect(await linesOf("command")).toHaveLength(1);
  const { lines } = await log.end();
  await rename("Sen");
  expect((await log.end()).lines).toBe(lines);
});

test("lines of former days are taken into the chain", async () => {
  const empty = await emptyDatabase();
  const database = await openDatabase({ url: empty.url, dataDir: "", log: () => {} });
  const former = await mkdtemp(join(tmpdir(), "cau-noi-migrations-"));
  await cp(MIGRATIONS, former, { recursive: true, filter: (path) => !/\/0(0[89]|[1-9]\d)-/.test(path) });
  await migrate(database.pool, former);
  await database.pool.query(
    "insert into audit (staff_id, action, subject) select null, 'petition-viewed', 'KN-' || n from generate_series(1, 12) n",
  );
  await migrate(database.pool, MIGRATIONS);
  const chained = new AuditLog(database);
  expect(await chained.verify()).toMatchObject({ brokenAt: null, lines: 12 });
  await chained.add({ by: null, action: "command", subject: "x" });
  expect(await chained.verify()).toMatchObject({ brokenAt: null, lines: 13 });
  await database.close();
  await rm(former, { recursive: true });
  await empty.drop();
});
