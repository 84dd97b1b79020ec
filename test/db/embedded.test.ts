import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { type Embedded, startEmbedded } from "../../src/db/embedded.ts";
import { startChild } from "../support/child.ts";
import { isRunning, serverPid, socketFolder } from "../support/processes.ts";

const WRITER = join(import.meta.dirname, "../support/write-rows.ts");
const log = () => {};

let dataDir: string;
let location: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), "cau-noi-data-"));
  chmodSync(dataDir, 0o755);
  location = join(dataDir, "postgres");
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function ask(server: Embedded, statement: string): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client(server.config);
  await client.connect();
  try {
    return (await client.query(statement)).rows[0];
  } finally {
    await client.end();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe("a first start", () => {
  it("leaves no half-made database when it is killed on the way", async () => {
    for (const delay of [200, 400, 800]) {
      const writer = startChild(WRITER, [dataDir]);
      await writer.line("started");
      await pause(delay);
      await writer.kill();
    }
    const server = await startEmbedded({ dataDir, log });
    expect(server.location).toBe(location);
    expect(await ask(server, "select 1 as n")).toEqual({ n: 1 });
    await server.stop();
    expect(readdirSync(dataDir).filter((name) => name !== ".running")).toEqual(["postgres"]);
  }, 60_000);

  it("speaks Vietnamese, keeps what is written and opens no port", async () => {
    const first = await startEmbedded({ dataDir, log });
    await ask(first, "create table kept as select 1 as n");
    expect(
      await ask(
        first,
        `select lower('ĐẤT') as lower, current_setting('timezone') as zone, current_setting('fsync') as fsync,
                current_setting('server_encoding') as encoding, current_setting('listen_addresses') as addresses`,
      ),
    ).toEqual({ lower: "đất", zone: "Asia/Ho_Chi_Minh", fsync: "on", encoding: "UTF8", addresses: "" });
    await first.stop();
    const lines: string[] = [];
    const second = await startEmbedded({ dataDir, log: (line) => lines.push(line) });
    expect(await ask(second, "select n from kept")).toEqual({ n: 1 });
    expect(lines).toEqual([`Dữ liệu nằm ở ${location}`]);
    await second.stop();
  });
});

describe("a stop", () => {
  it("leaves no process and no socket behind, however often it is asked for", async () => {
    const server = await startEmbedded({ dataDir, log });
    const pid = serverPid(location);
    await Promise.all([server.stop(), server.stop()]);
    expect(isRunning(pid)).toBe(false);
    expect(existsSync(server.config.host ?? "")).toBe(false);
  });

  it("does not wait for those who are still connected", async () => {
    const server = await startEmbedded({ dataDir, log });
    const client = new pg.Client(server.config);
    client.on("error", () => {});
    await client.connect();
    const started = Date.now();
    await server.stop();
    expect(Date.now() - started).toBeLessThan(8_000);
  });
});

describe("a server that dies by itself", () => {
  it("tells so", async () => {
    const server = await startEmbedded({ dataDir, log });
    process.kill(serverPid(location), "SIGKILL");
    expect(await server.exited).toBeTruthy();
    await server.stop();
  });

  it("is the fault of the database", async () => {
    const database = await openDatabase({ dataDir, log });
    expect(database.fault()).toBeNull();
    process.kill(serverPid(location), "SIGKILL");
    await vi.waitFor(() => expect(database.fault()).toContain("PostgreSQL đã dừng"), { timeout: 5_000 });
    await expect(database.pool.query("select 1")).rejects.toThrow();
    await database.close();
  });
});

describe("a process that is killed", () => {
  it("loses no row that it reported, over several rounds, and can be started again at once", async () => {
    const reported: string[] = [];
    for (const delay of [200, 300, 400, 500]) {
      const writer = startChild(WRITER, [dataDir]);
      await writer.line("ready");
      await pause(delay);
      await writer.kill();
      reported.push(...writer.lines.filter((line) => line.startsWith("wrote ")));
    }
    const database = await openDatabase({ dataDir, log });
    const { rows } = await database.pool.query<{ n: number }>("select n from written");
    await database.close();
    const kept = new Set(rows.map((row) => `wrote ${row.n}`));
    expect(reported.length).toBeGreaterThan(20);
    expect(reported.filter((line) => !kept.has(line))).toEqual([]);
  }, 60_000);

  it("takes the server with it, and its socket", async () => {
    const writer = startChild(WRITER, [dataDir]);
    await writer.line("ready");
    const pid = serverPid(location);
    const socket = socketFolder(location);
    await writer.kill();
    await vi.waitFor(() => expect(existsSync(socket)).toBe(false), { timeout: 10_000 });
    expect(isRunning(pid)).toBe(false);
    expect(existsSync(join(location, "postmaster.pid"))).toBe(false);
  });

  it("takes the server with it also while that is only just starting", async () => {
    for (const delay of [0, 20, 40]) {
      const writer = startChild(WRITER, [dataDir]);
      await writer.line("log Dữ liệu nằm ở");
      await pause(delay);
      await writer.kill();
    }
    const started = Date.now();
    const server = await startEmbedded({ dataDir, log });
    expect(Date.now() - started).toBeLessThan(10_000);
    await server.stop();
  }, 60_000);

  it("keeps its data folder from a second one while it lives", async () => {
    const first = startChild(WRITER, [dataDir]);
    await first.line("ready");
    const started = Date.now();
    await expect(openDatabase({ dataDir, log })).rejects.toThrow(
      `Cầu Nối đang chạy với dữ liệu ở ${dataDir}`,
    );
    expect(Date.now() - started).toBeLessThan(2_000);
    await first.kill();
  });
});
