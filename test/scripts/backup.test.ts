import { rmSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backupCommands } from "../../src/backup-commands.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { listen } from "../../src/listen.ts";
import { commandSocket } from "../../src/own-files.ts";
import { emptyDatabase, type FreshDatabase, freshDatabase } from "../support/database.ts";
import { incoming } from "../support/samples.ts";
import { runScript } from "../support/script.ts";
import { newFolder } from "../support/service-process.ts";

const folder = newFolder();
let source: FreshDatabase;
let target: { url: string; drop(): Promise<void> };
beforeAll(async () => {
  source = await freshDatabase();
  target = await emptyDatabase();
  await new MessageStore(source.database).receive(incoming({ text: "Cho hỏi vay vốn" }));
});
afterAll(async () => {
  await source.drop();
  await target.drop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (script: string, args: string[], databaseUrl: string, dataDir = folder) =>
  runScript(script, args, { settings: { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } });

describe("backup and restore", () => {
  it("take everything to another database, in a file that only its owner may read", async () => {
    const file = join(folder, "ngay-1.zip");
    const made = await run("backup", [file], source.url);
    expect(made).toMatchObject({ code: 0, err: "" });
    expect(made.out).toContain("Đã sao lưu");
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    const again = await run("backup", [file], source.url);
    expect(again).toMatchObject({ code: 1, out: "" });
    expect(again.err).toContain("Đã có tệp");

    const restored = await run("restore", [file], target.url);
    expect(restored).toMatchObject({ code: 0, err: "" });
    const twice = await run("restore", [file], target.url);
    expect(twice).toMatchObject({ code: 1, out: "" });
    expect(twice.err).toContain("không trống");
  }, 60_000);

  it("end with 2 and their help unless one file is named", async () => {
    for (const script of ["backup", "restore"]) {
      for (const args of [[], ["a.zip", "b.zip"], ["--nothing"]]) {
        const { code, err } = await run(script, args, source.url);
        expect([code, err]).toEqual([2, expect.stringContaining(`npm run ${script}`)]);
      }
    }
  }, 60_000);
});

/** A service on a folder of its own, as far as a backup needs one. */
async function serve(pool: pg.Pool) {
  const dataDir = newFolder();
  const app = new Hono().get("/healthz", (c) => c.text("ok")).route("/", backupCommands({ pool }));
  const service = await listen(app, { port: 0, host: "", socketPath: commandSocket(dataDir) });
  const stop = async () => {
    await service.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { dataDir, stop };
}

const NO_DATABASE = "postgres://nobody@127.0.0.1:1/none";

describe("beside a running service", () => {
  it("the backup comes through it, for it alone holds the database; nothing is restored", async () => {
    const { dataDir, stop } = await serve(source.database.pool);
    try {
      const file = join(folder, "ngay-2.zip");
      expect(await run("backup", [file], NO_DATABASE, dataDir)).toMatchObject({ code: 0, err: "" });
      const { code, err } = await run("restore", [file], target.url, dataDir);
      expect([code, err]).toEqual([1, expect.stringContaining("Dịch vụ đang chạy")]);
    } finally {
      await stop();
    }
  }, 60_000);

  it("a backup that breaks off leaves no file", async () => {
    const pool = new pg.Pool({ connectionString: NO_DATABASE });
    const { dataDir, stop } = await serve(pool);
    try {
      const { code, out, err } = await run("backup", [join(folder, "ngay-3.zip")], source.url, dataDir);
      expect([code, out]).toEqual([1, ""]);
      expect(err).not.toBe("");
      expect((await readdir(folder)).filter((name) => name.startsWith("ngay-3"))).toEqual([]);
    } finally {
      await stop();
      await pool.end();
    }
  }, 60_000);
});
