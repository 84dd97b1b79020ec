import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandSocket, ownSecret } from "../src/own-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cau-noi-own-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the secret of an installation", () => {
  it("is made once, and read by its owner alone", async () => {
    const secret = await ownSecret(folder);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(await ownSecret(folder)).toBe(secret);
    expect(statSync(join(folder, "session-secret")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["session-secret"]);
  });

  it("differs between two installations", async () => {
    const other = mkdtempSync(join(tmpdir(), "cau-noi-own-"));
    expect(await ownSecret(folder)).not.toBe(await ownSecret(other));
    rmSync(other, { recursive: true });
  });

  it("is made anew when a kill or a power cut left the file empty", async () => {
    writeFileSync(join(folder, "session-secret"), "\n");
    const secret = await ownSecret(folder);
    expect(secret).toHaveLength(43);
    expect(readFileSync(join(folder, "session-secret"), "utf8")).toBe(secret);
  });
});

describe("the socket for commands", () => {
  it("stands in the data folder, however that is written", () => {
    expect(commandSocket("data")).toBe(resolve("data/cau-noi.sock"));
    expect(commandSocket(`${folder}/../${folder.split("/").at(-1)}`)).toBe(join(folder, "cau-noi.sock"));
  });

  it("moves to a short path of its own when the system could not open it there", () => {
    const long = join(folder, "dữ liệu ".repeat(12));
    expect(Buffer.byteLength(commandSocket(long))).toBeLessThan(104);
    expect(commandSocket(long)).toMatch(/^\/tmp\/cau-noi-[0-9a-f]{32}\.sock$/);
    expect(commandSocket(long)).not.toBe(commandSocket(`${long}2`));
    expect(commandSocket(long)).toBe(commandSocket(long));
  });
});
