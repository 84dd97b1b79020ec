import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listen } from "../../src/listen.ts";
import { commandSocket } from "../../src/own-files.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Run, runScript } from "../support/script.ts";
import { newFolder } from "../support/service-process.ts";

const folder = newFolder();
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(async () => {
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

function given(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const run = (args: string[]): Promise<Run> =>
  runScript("import-opinions", args, { settings: { DATABASE_URL: fresh.url, DATA_DIR: folder } });

const RIGHT =
  "Nội dung;Loại;Người gửi;Ngày\nXin nạo vét kênh trục;Kiến nghị;Thành viên 1;01/03/2026\nBà con đồng tình;;;\n";

describe("import-opinions", () => {
  it("prints one JSON object, adds what is new, and nothing the second time", async () => {
    const file = given("y-kien.csv", RIGHT);
    const first = await run([file, "--json"]);
    expect(first.err).toBe("");
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({
      rows: 2,
      added: 2,
      known: 0,
      refused: [],
      byStance: { "kien-nghi": 1, "dong-thuan": 1 },
      byTopic: { "ha-tang": 1 },
    });
    expect(JSON.parse((await run([file, "--json"])).out)).toMatchObject({ rows: 2, added: 0, known: 2 });
    const { rows } = await fresh.database.pool.query("select code, sender from petitions order by id");
    expect(rows).toEqual([
      { code: expect.stringMatching(/^KN-[2-9A-HJKMNP-Z]{6}$/), sender: "Thành viên 1" },
      { code: expect.stringMatching(/^KN-[2-9A-HJKMNP-Z]{6}$/), sender: null },
    ]);
  }, 120_000);

  it("ends with 1 when a row was refused, after it has kept the others", async () => {
    const { code, out, err } = await run([
      given("sai.csv", "noi_dung,loai\nXin vay vốn mùa tới,\nXin vay,khen\n"),
    ]);
    expect(code).toBe(1);
    expect(out).toContain("Đã đọc 2 ý kiến: thêm 1, đã có từ trước 0, không nhận 1.");
    expect(err).toContain("Dòng 3: loai “khen” không có");
  }, 60_000);

  it("ends with 1 and one plain line at a file that cannot be read", async () => {
    for (const [file, reason] of [
      [join(folder, "khong-co.csv"), "Không có tệp"],
      [given("a.pdf", "%PDF"), "Chỉ nhận tệp .xlsx hoặc .csv."],
    ] as const) {
      const { code, out, err } = await run([file]);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain(reason);
      expect(err.trim().split("\n")).toHaveLength(1);
    }
  }, 60_000);

  it("ends with 2 on wrong use", async () => {
    for (const args of [[], ["a.csv", "b.csv"], ["--nhanh", "a.csv"]]) expect((await run(args)).code).toBe(2);
  }, 60_000);
});

describe("import-opinions beside a running service", () => {
  let listening: Listening;
  const received: { name: string | undefined; bytes: string }[] = [];
  beforeAll(async () => {
    const app = new Hono();
    app.get("/healthz", (c) => c.text("ok"));
    app.post("/commands/opinions", async (c) => {
      received.push({ name: c.req.query("name"), bytes: await c.req.text() });
      if (c.req.query("name") === "hu.csv") return c.json({ error: "Tệp trống." }, 422);
      return c.json({
        importId: 7,
        rows: 1,
        added: 0,
        known: 0,
        refused: [{ row: 2, reason: "thiếu nội dung" }],
        byStance: {},
        byTopic: {},
      });
    });
    listening = await listen(app, { port: 0, host: "", socketPath: commandSocket(folder) });
  });
  afterAll(() => listening.close());

  it("hands it the file and tells what it answers", async () => {
    const { code, out } = await run([given("ý kiến.csv", RIGHT), "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out).refused).toEqual([{ row: 2, reason: "thiếu nội dung" }]);
    expect(received.at(-1)).toEqual({ name: "ý kiến.csv", bytes: RIGHT });
    const refused = await run([given("hu.csv", RIGHT)]);
    expect([refused.code, refused.err.trim()]).toEqual([1, "Tệp trống."]);
  }, 60_000);
});
