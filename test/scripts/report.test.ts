import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../../src/listen.ts";
import { commandSocket } from "../../src/own-files.ts";
import type { Figure } from "../../src/petitions/report.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Run, runScript } from "../support/script.ts";
import { newFolder } from "../support/service-process.ts";

const folder = newFolder();
let fresh: FreshDatabase;
const settings = () => ({ DATABASE_URL: fresh.url, DATA_DIR: folder });
const run = (args: string[]): Promise<Run> => runScript("report", args, { settings: settings() });

beforeAll(async () => {
  fresh = await freshDatabase();
  const file = join(folder, "y-kien.csv");
  writeFileSync(
    file,
    "noi_dung,loai,chu_de,xa_phuong,nguoi_gui,lien_he,ngay\nXin nạo vét kênh trục,kien-nghi,ha-tang,Cây Dương,Thành viên 1,0900000001,2026-03-01\nĐồng ý với chủ trương,dong-thuan,khac,,,,2026-03-31\nXin vay vốn mua phân,kien-nghi,von-vay,,,,2026-04-01\n",
  );
  expect((await runScript("import-opinions", [file], { settings: settings() })).err).toBe("");
}, 120_000);
afterAll(async () => {
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("report", () => {
  it("writes the papers of a period, whose numbers the register bears out, without who sent an opinion", async () => {
    const out = join(folder, "bao-cao");
    const { code, err } = await run(["--out", out, "--from", "2026-03-01", "--to", "2026-03-31"]);
    expect([code, err]).toEqual([0, ""]);
    expect(readdirSync(out).sort()).toEqual([
      "memo-lien-minh-htx.docx",
      "memo-so-nn-mt.docx",
      "numbers.json",
      "register.xlsx",
      "summary.docx",
    ]);
    const [heading, ...rows] = await readSheet(readFileSync(join(out, "register.xlsx")));
    expect(heading?.slice(0, 3)).toEqual(["ma", "noi_dung", "loai"]);
    expect(rows.map((row) => row.slice(1, 9))).toEqual([
      [
        "Xin nạo vét kênh trục",
        "kien-nghi",
        "ha-tang",
        "so-nn-mt",
        "xã Hiệp Hưng",
        "giay",
        "received",
        "2026-03-01",
      ],
      [
        "Đồng ý với chủ trương",
        "dong-thuan",
        "khac",
        "lien-minh-htx",
        null,
        "giay",
        "received",
        "2026-03-31",
      ],
    ]);
    expect(rows[0]?.[9]).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(rows[1]?.[9] ?? null).toBeNull();
    const figures = JSON.parse(readFileSync(join(out, "numbers.json"), "utf8")) as Figure[];
    expect(figures[0]).toEqual({ document: "summary.docx", label: "Tổng số ý kiến", value: 2, filter: {} });
    expect(JSON.stringify(rows)).not.toMatch(/Thành viên 1|0900000001/);
  }, 120_000);

  it("ends with 2 on wrong use", async () => {
    for (const args of [
      [],
      ["--out", folder, "--from", "01/03/2026"],
      ["--out", folder, "--from", "2026-04-01", "--to", "2026-03-01"],
    ]) {
      const { code, err } = await run(args);
      expect(code).toBe(2);
      expect(err).toContain("npm run report");
    }
  }, 120_000);

  it("asks a running service for the rows", async () => {
    const asked: string[] = [];
    const app = new Hono();
    app.get("/healthz", (c) => c.text("ok"));
    app.get("/commands/register", (c) => {
      asked.push(new URL(c.req.url).search);
      return c.json({ rows: [] });
    });
    const listening = await listen(app, { port: 0, host: "", socketPath: commandSocket(folder) });
    const { code, out } = await run(["--out", join(folder, "trong"), "--from", "2026-03-01"]);
    await listening.close();
    expect(code).toBe(0);
    expect(out).toContain("Đã lập từ 0 ý kiến");
    expect(asked).toEqual(["?from=2026-03-01"]);
  }, 120_000);
});
