import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runScript } from "../support/script.ts";
import { newFolder } from "../support/service-process.ts";

const folder = newFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("demo", () => {
  it("prints help, and ends with 2 at what it does not know", async () => {
    const help = await runScript("demo", ["--help"]);
    expect(help).toMatchObject({ code: 0, err: "" });
    expect(help.out).toContain("npm run demo");
    for (const args of [["--refresh"], ["now"]]) {
      const { code, out, err } = await runScript("demo", args);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain("npm run demo");
    }
  }, 60_000);

  it("leaves a folder alone in which somebody keeps his own data, also when it is to begin anew", async () => {
    const own = join(folder, "own");
    mkdirSync(own);
    writeFileSync(join(own, "session-secret"), "mine");
    for (const args of [[], ["--fresh"]]) {
      const { code, out, err } = await runScript("demo", args, { settings: { DATA_DIR: own } });
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain("không phải của bản mẫu");
    }
    expect(readFileSync(join(own, "session-secret"), "utf8")).toBe("mine");
  }, 60_000);
});
