import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { runScript } from "../support/script.ts";

const folder = mkdtempSync(join(tmpdir(), "cau-noi-structure-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES = [
  { id: "Luật Thử#1", title: "Phạm vi", text: "Phạm vi\n\n1. Một.\n2. Hai:\na) A;\nb) B." },
  { id: "Luật Thử#2", title: "Nhảy số", text: "Nhảy số\n1. Một.\n3. Ba." },
  { id: "q", text: "hỏi?", relevant: ["Luật Thử#1"] },
];

describe("npm run structure", () => {
  it("counts articles, khoản and điểm of a packed set, and groups what is doubtful", async () => {
    const file = join(folder, "set.jsonl.gz");
    writeFileSync(file, gzipSync(LINES.map((line) => JSON.stringify(line)).join("\n")));
    const { code, out } = await runScript("structure", [file, "--json", "--misses", "1"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        ...{ file: "set.jsonl.gz", lines: 3, articles: 2, recognised: 2, whole: 1 },
        ...{ khoan: 4, diem: 2, tables: 0, clauses: 4 },
        misses: {
          "số khoản không liền nhau": { count: 1, examples: ["Luật Thử#2"] },
          "câu hỏi, không phải điều luật": { count: 1, examples: [JSON.stringify(LINES[2])] },
        },
      },
    ]);
  });

  it("tells how it is used", async () => {
    expect(await runScript("structure", [])).toMatchObject({ code: 2 });
    expect((await runScript("structure", ["--help"])).out).toContain("npm run structure");
  });
});
