import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdDataDir } from "../../src/db/data-lock.ts";
import { startChild } from "../support/child.ts";

const HOLDER = join(import.meta.dirname, "../support/hold-data-dir.ts");

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "cau-noi-lock-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe.each([process.platform, "darwin"])("a data folder, locked as on %s", (platform) => {
  it("refuses a second process within two seconds, naming the folder", async () => {
    const first = startChild(HOLDER, [dataDir, platform]);
    await first.line("held");
    const started = Date.now();
    await expect(holdDataDir(dataDir, platform)).rejects.toThrow(
      `Cầu Nối đang chạy với dữ liệu ở ${dataDir}`,
    );
    expect(Date.now() - started).toBeLessThan(2_000);
    await first.kill();
  });

  it("is free as soon as its process is killed", async () => {
    const first = startChild(HOLDER, [dataDir, platform]);
    await first.line("held");
    await first.kill();
    const lock = await holdDataDir(dataDir, platform);
    await lock.release();
  });

  it("is free after release, and nothing is left in it", async () => {
    const first = await holdDataDir(dataDir, platform);
    await first.release();
    const second = await holdDataDir(dataDir, platform);
    await second.release();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it("goes to one of those who come at the same moment, also over a dead one's lock", async () => {
    const dead = startChild(HOLDER, [dataDir, platform]);
    await dead.line("held");
    await dead.kill();
    const results = await Promise.allSettled([1, 2, 3].map(() => holdDataDir(dataDir, platform)));
    const locks = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(locks).toHaveLength(1);
    await locks[0]?.release();
  });

  it("may have a path longer than a socket's", async () => {
    const deep = join(dataDir, "x".repeat(120));
    mkdirSync(deep);
    const lock = await holdDataDir(deep, platform);
    await expect(holdDataDir(deep, platform)).rejects.toThrow(deep);
    await lock.release();
  });
});
