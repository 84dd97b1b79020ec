import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AuditLog } from "../../src/db/audit-log.ts";
import { writeBackup } from "../../src/db/backup.ts";
import { LEFT_OUT } from "../../src/db/backup-file.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { migrate } from "../../src/db/migrate.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import { restoreBackup } from "../../src/db/restore.ts";
import { emptyDatabase, type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hire, incoming, newPetition } from "../support/samples.ts";
import { unzipped } from "../support/unzipped.ts";
import { zipFile } from "../support/zip-file.ts";

const MIGRATIONS = join(import.meta.dirname, "../../src/db/migrations");
const SECRET = "canary-refresh-token-4711";

let folder: string;
let source: FreshDatabase;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cau-noi-backup-"));
  source = await freshDatabase();
  await fill(source.database);
  file = await backUp("whole.zip");
});
afterAll(async () => {
  await source.drop();
  await rm(folder, { recursive: true, force: true });
});

/** One chat with a petition that its message refers to, an answered, an open and a waiting line, and secrets. */
async function fill(database: Database): Promise<void> {
  const said = incoming({ text: "Dòng một\nvới\ttab, \\ và 'nháy' “cong” 🌾" });
  const { conversationId, id } = await new MessageStore(database).receive(said);
  const by = await hire(database);
  const file = () =>
    database.tx(async (client) => {
      const petition = await new PetitionStore(database).create(
        client,
        conversationId,
        said.externalId,
        newPetition(),
      );
      await client.query("update messages set petition_id = $1 where id = $2", [petition, id]);
    });
  const action = { by, action: "thu", subject: `staff:${by}` };
  await new AuditLog(database).during(action, file, () => false);
  const add = (key: string, status: string, lease: string | null) =>
    database.pool.query(
      `insert into messages (conversation_id, direction, author, key, text, status, lease_owner, lease_until, provider_id)
       values ($1, 'out', 'bot', $2, $2, $3, $4, now() + interval '10 s', '9')`,
      [conversationId, key, status, lease],
    );
  await add("sent", "done", null);
  await add("on its way", "open", "1-dead");
  await add("waits for the member", "waiting", null);
  await database.pool.query(
    `insert into zalo_tokens (app_id, access_token, refresh_token, life_seconds, issued_at) values ('1', $1, $1, 1, now())`,
    [SECRET],
  );
  await database.pool.query(
    "insert into staff_sessions (token_hash, staff_id, csrf_token) values ($1, $2, $3)",
    [Buffer.from(SECRET), by, SECRET],
  );
}

async function backUp(name: string): Promise<string> {
  const path = join(folder, name);
  await writeBackup(source.database.pool, createWriteStream(path));
  return path;
}

/** Every row of every table that a backup holds, as text. */
async function contents({ pool }: Pick<Database, "pool">): Promise<Record<string, string[]>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all ($1) order by 1`,
    [LEFT_OUT],
  );
  const found: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
    found[name] = rows.map(({ row }) => row);
  }
  return found;
}

/** An empty database for each test. */
let target: Database;
beforeEach(async () => {
  const { url, drop } = await emptyDatabase();
  target = await openDatabase({ url, dataDir: "", log: () => {} });
  return async () => {
    await target.close();
    await drop();
  };
});
const restore = (path = file) => restoreBackup(target.pool, MIGRATIONS, path);
const count = async (table: string) =>
  (await target.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n;

describe("a backup that is restored", () => {
  it("gives every row of every table back, but for what was on its way", async () => {
    await restore();
    const { messages, ...others } = await contents(target);
    const { messages: before, ...othersBefore } = await contents(source.database);
    expect(others).toEqual(othersBefore);
    expect(messages).toHaveLength(before?.length ?? 0);
    const { rows } = await target.pool.query(
      "select text, status, lease_owner as owner from messages order by id",
    );
    expect(rows).toEqual([
      { text: expect.stringContaining("\t"), status: "open", owner: null },
      { text: "sent", status: "done", owner: null },
      { text: "on its way", status: "uncertain", owner: null },
      { text: "waits for the member", status: "waiting", owner: null },
    ]);
  });

  it("goes on where it stopped: ids, rules between rows, the chain of the audit", async () => {
    await restore();
    const { id } = await new MessageStore(target).receive(incoming());
    expect(id).toBeGreaterThan(4);
    await expect(target.pool.query("update messages set petition_id = 99")).rejects.toThrow("foreign key");
    await expect(target.pool.query("delete from audit")).rejects.toThrow();
    expect(await new AuditLog(target).verify()).toEqual(await new AuditLog(source.database).verify());
    const { rows } = await target.pool.query(
      "select conname from pg_constraint where contype = 'f' and condeferrable",
    );
    expect(rows).toEqual([]);
  });

  it("holds no token and no sign-in", async () => {
    const parts = await unzipped(await readFile(file));
    expect(Object.keys(parts)).not.toEqual(expect.arrayContaining(["zalo_tokens.copy"]));
    expect(JSON.stringify(parts)).not.toContain(SECRET);
    expect(JSON.stringify(parts)).not.toContain(Buffer.from(SECRET).toString("hex"));
    await restore();
    expect([await count("zalo_tokens"), await count("staff_sessions")]).toEqual([0, 0]);
  });

  it("may be older than the program, and is brought up to date when it is taken in", async () => {
    const old = await emptyDatabase();
    const before = await openDatabase({ url: old.url, dataDir: "", log: () => {} });
    try {
      await migrate(before.pool, MIGRATIONS, { upTo: 15 });
      await before.pool.query("insert into conversations (channel, chat_id) values ('web', 'từ bản trước')");
      const path = join(folder, "older.zip");
      await writeBackup(before.pool, createWriteStream(path));
      expect((await restore(path)).manifest.migrations).toHaveLength(15);
      expect(await migrate(target.pool, MIGRATIONS)).toEqual([]);
      expect((await target.pool.query("select chat_id from conversations")).rows).toEqual([
        { chat_id: "từ bản trước" },
      ]);
    } finally {
      await before.close();
      await old.drop();
    }
  });

  it("is of one moment, while members write on", async () => {
    const messages = new MessageStore(source.database);
    const store = new PetitionStore(source.database);
    let isDone = false;
    const writing = (async () => {
      for (let n = 0; !isDone; n++) {
        const said = incoming({ text: `${n}` });
        const { conversationId, id } = await messages.receive(said);
        await source.database.tx(async (client) => {
          const petition = await store.create(client, conversationId, said.externalId, newPetition());
          await client.query("update messages set petition_id = $1 where id = $2", [petition, id]);
        });
      }
    })();
    await sleep(100);
    const path = await backUp("busy.zip");
    isDone = true;
    await writing;
    await restore(path);
    const { rows } = await target.pool.query(
      "select count(*)::int as n from petitions p where not exists (select from conversations c where c.id = p.conversation_id)",
    );
    expect(rows[0].n).toBe(0);
    expect(await count("petitions")).toBeGreaterThan(1);
  });
});

describe("a backup is refused whole", () => {
  it.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
    ["no zip", () => Buffer.from("xin chào")],
    ["empty", () => Buffer.alloc(0)],
    ["a zip of something else", () => zipFile({ "a.txt": "xin chào" })],
    ["a zip with a broken manifest", () => zipFile({ "manifest.json": '{"format":1,"tables":"x"}' })],
  ])("when it is %s", async (_what, spoil) => {
    const path = join(folder, "spoilt.zip");
    await writeFile(path, spoil(await readFile(file)));
    await expect(restore(path)).rejects.toThrow("tệp sao lưu");
  });

  it("when a row was changed, and the database stays empty", async () => {
    const parts = await unzipped(await readFile(file));
    const path = join(folder, "changed.zip");
    await writeFile(
      path,
      zipFile({
        ...parts,
        "messages.copy": parts["messages.copy"]?.replace("on its way", "on its WAY") ?? "",
      }),
    );
    await expect(restore(path)).rejects.toThrow("messages trong tệp sao lưu đã bị sửa");
    expect(await count("conversations")).toBe(0);
    await restore();
    expect(await count("conversations")).toBe(1);
  });

  it("when a newer program made it", async () => {
    const parts = await unzipped(await readFile(file));
    const manifest = JSON.parse(parts["manifest.json"] ?? "");
    manifest.migrations.push({ number: 999, name: "999-later", hash: "x" });
    const path = join(folder, "newer.zip");
    await writeFile(path, zipFile({ ...parts, "manifest.json": JSON.stringify(manifest) }));
    await expect(restore(path)).rejects.toThrow("mới hơn");
  });

  it("when there is no such file", async () => {
    await expect(restore(join(folder, "none.zip"))).rejects.toThrow("Không có tệp");
  });

  it("where the database holds something already", async () => {
    await restore();
    await expect(restore()).rejects.toThrow("không trống");
  });
});

it("a database that holds nothing is said to hold nothing", async () => {
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  await expect(writeBackup(target.pool, sink)).rejects.toThrow("chưa có gì để sao lưu");
});

it("a receiver that fails ends the backup with its error", async () => {
  const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error("no space left")) });
  await expect(writeBackup(source.database.pool, full)).rejects.toThrow("no space left");
  await expect(source.database.pool.query("select 1")).resolves.toBeDefined();
});

it("a database that fails half-way ends the backup with its error", async () => {
  const large = await freshDatabase();
  try {
    const { pool } = large.database;
    await pool.query(
      "insert into conversations (channel, chat_id) select 'web', repeat('x', 200) || n from generate_series(1, 20000) n",
    );
    const kill =
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'copy %'";
    const receiver = new Writable({
      write: (_chunk, _encoding, done) => void pool.query(kill).then(() => done(), done),
    });
    await expect(writeBackup(pool, receiver)).rejects.toThrow();
  } finally {
    await large.drop();
  }
});
