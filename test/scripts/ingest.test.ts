import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { decree, writeFewFiles } from "../support/library-rig.ts";
import { runScript } from "../support/script.ts";

let fresh: FreshDatabase;
let folder: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "ingest-"));
  await mkdir(join(folder, "data"));
  await mkdir(join(folder, "new"));
  await writeFewFiles(join(folder, "knowledge"));
});
afterAll(async () => {
  await fresh.drop();
  await rm(folder, { recursive: true, force: true });
});

const run = (script: string, ...given: string[]) =>
  runScript(script, given, {
    settings: {
      DATABASE_URL: fresh.url,
      DATA_DIR: join(folder, "data"),
      KNOWLEDGE_DIR: join(folder, "knowledge"),
    },
  });
const rowsOf = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("npm run ingest", () => {
  it("takes in what it can, refuses the rest with reasons, publishes, and finds everything unchanged the next time", async () => {
    await writeFile(join(folder, "new/a.md"), decree("111 triệu"));
    await writeFile(join(folder, "new/b.docx"), "không phải DOCX");
    const first = await run("ingest", "--json", join(folder, "new"));
    expect(rowsOf(first.out)).toMatchObject([
      {
        file: "a.md",
        status: "added",
        document: "901/2025/NĐ-CP",
        clauses: 2,
        changed: 2,
        embedded: 2,
        removed: 0,
        reason: null,
      },
      { file: "b.docx", status: "refused", clauses: 0, reason: expect.stringMatching(/\p{L}/u) },
    ]);
    expect(first.code).toBe(1);

    await rm(join(folder, "new/b.docx"));
    const second = await run("ingest", "--json", join(folder, "new"));
    expect(rowsOf(second.out)).toMatchObject([{ file: "a.md", status: "unchanged", embedded: 0 }]);
    expect(second.code).toBe(0);

    const answer = await run("ask", "mức hỗ trợ máy sấy lúa thử nghiệm là bao nhiêu");
    expect(answer.out).toContain("111 triệu đồng");
  }, 120_000);

  it("counts one clause when one khoản was edited, and stops before publishing when told so", async () => {
    await writeFile(join(folder, "new/a.md"), decree("111 triệu", "Hồ sơ nộp tại Sở."));
    const staged = await run("ingest", "--json", "--stage-only", join(folder, "new/a.md"));
    expect(rowsOf(staged.out)).toMatchObject([
      { status: "updated", clauses: 2, changed: 1, embedded: 1, removed: 0 },
    ]);
    expect(staged.code).toBe(0);
    const list = await run("editions");
    expect(list.out).toMatch(/Đang dùng bản số 2[\s\S]*Chờ công bố: bản 3/);
  }, 120_000);

  it.each([
    ["nothing", [], "Thiếu tệp hoặc thư mục"],
    ["a place that does not exist", ["/khong/co"], "Không có tệp hay thư mục /khong/co"],
  ])("says what is wrong when given %s", async (_, given, said) => {
    const { code, err } = await run("ingest", ...(given as string[]));
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(said);
  });
});

describe("npm run editions", () => {
  it("publishes what is staged, goes back with a reason, and says what cannot be done", async () => {
    expect((await run("editions", "--publish", "3")).out).toContain("Đã công bố bản số 3");
    const refused = await run("editions", "--rollback", "2");
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("lý do")]);
    expect((await run("editions", "--rollback", "2", "--reason", "thử lại")).out).toContain("bản số 2");
    expect((await run("editions")).out).toMatch(/bản 2 \(quay lại\).*lý do: thử lại/);
  }, 120_000);
});
