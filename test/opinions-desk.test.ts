import { afterAll, beforeAll, describe, expect, it } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { z } from "zod";
import { OpinionStore } from "../src/db/opinions.ts";
import { Commune, parseCatalog, Topic } from "../src/knowledge/catalog.ts";
import { createImportOpinions, type ImportOpinions, type ImportReport } from "../src/opinions-desk.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { readKnowledge } from "./support/knowledge-file.ts";

let fresh: FreshDatabase;
let importOpinions: ImportOpinions;
beforeAll(async () => {
  fresh = await freshDatabase();
  let code = 0;
  importOpinions = createImportOpinions({
    store: new OpinionStore(fresh.database, () => `KN-${++code}`),
    topics: parseCatalog("topics.yaml", z.array(Topic), readKnowledge("topics.yaml")),
    communes: parseCatalog("communes.yaml", z.array(Commune), readKnowledge("communes.yaml")),
    triage: () => ({ stance: "phan-anh", topic: "khac" }),
    today: () => "2026-11-25",
  });
});
afterAll(() => fresh.drop());

async function take(text: string, name = "y-kien.csv"): Promise<ImportReport> {
  const report = await importOpinions(Buffer.from(text), name, { by: null });
  if ("fault" in report) throw new Error(report.fault);
  return report;
}
const count = async () =>
  (await fresh.database.pool.query("select count(*)::int as n from petitions")).rows[0].n;

const MEETING = `noi_dung;loai;chu_de;nguoi_gui;lien_he;ngay
Xin nhà kho;Kiến nghị;ha-tang;Thành viên 1;0900000001;01/03/2026
Đồng ý;đồng thuận;khac;Thành viên 2;;01/03/2026
Đồng ý;đồng thuận;khac;Thành viên 3;;01/03/2026
Đồng ý;đồng thuận;khac;Thành viên 3;;01/03/2026
;;;;;
Xin vay vốn;khen;von-vay;Thành viên 4;;01/03/2026
"Kênh cạn
không ai vét";;;;;31/02/2026
"Đường hư, chưa ai sửa";;;;;
`;

describe("the import of a file", () => {
  it("keeps the right rows, reports the wrong ones by their number, and counts by stance and topic", async () => {
    const report = await take(MEETING);
    expect(report).toMatchObject({ rows: 7, added: 5, known: 0 });
    expect(report.refused).toEqual([
      { row: 7, reason: expect.stringContaining("loai “khen”") },
      { row: 8, reason: expect.stringContaining("ngay “31/02/2026”") },
    ]);
    expect(report.byStance).toEqual({ "kien-nghi": 1, "phan-anh": 1, "de-xuat": 0, "dong-thuan": 3 });
    expect(report.byTopic).toMatchObject({ "ha-tang": 1, khac: 4, "von-vay": 0 });
    expect(Object.keys(report.byTopic)).toHaveLength(14);
    expect(await count()).toBe(5);
  });

  it("adds nothing the second time, nor from the same rows in another order, another form or another file name", async () => {
    const [heading, ...rows] = MEETING.split("\n");
    const short = rows.slice(0, 4);
    const text = [heading, ...short.reverse()]
      .join("\n")
      .replaceAll(";", ",")
      .replaceAll("0900000001", "900000001");
    const cell = (value: string) => ({ value, type: String });
    const book = [heading ?? "", ...short].map((line) => line.split(";").map(cell));
    const xlsx = await writeExcelFile(book).toBuffer();
    expect(await take(MEETING)).toMatchObject({ rows: 7, added: 0, known: 5 });
    expect(await take(`\uFEFF${text.replaceAll("\n", "\r\n")}`, "khac.csv")).toMatchObject({
      rows: 4,
      added: 0,
      known: 4,
    });
    expect(await importOpinions(xlsx, "a.xlsx", { by: null })).toMatchObject({ rows: 4, added: 0, known: 4 });
    expect(await count()).toBe(5);
  });

  it("adds the row that was put right, and only that", async () => {
    expect(await take(MEETING.replace(";khen;", ";kien-nghi;"))).toMatchObject({ added: 1, known: 5 });
  });

  it("reads up to a quote that never closes", async () => {
    const report = await take('noi_dung\nMột ý kiến trước\n"Hai ý kiến\nBa ý kiến\n');
    expect(report).toMatchObject({
      rows: 2,
      added: 1,
      refused: [{ row: 3, reason: expect.stringContaining("dấu ngoặc kép") }],
    });
  });

  it.each([
    ["whose heading has no content", "loai,ngay\nkien-nghi,2026-03-01\n", "a.csv", "noi_dung"],
    ["that is no table", "%PDF", "a.pdf", "Chỉ nhận tệp"],
  ])("refuses a file %s and leaves no line in the ledger", async (_what, text, name, reason) => {
    const lines = async () =>
      (await fresh.database.pool.query("select count(*)::int as n from opinion_imports")).rows[0].n;
    const before = await lines();
    expect(await importOpinions(Buffer.from(text), name, { by: null })).toEqual({
      fault: expect.stringContaining(reason),
    });
    expect(await lines()).toBe(before);
  });

  it("takes 692 opinions and tells how far it is, while the service keeps its turn", async () => {
    const rows = Array.from({ length: 692 }, (_, i) => `Ý kiến ${i},${i < 262 ? "dong-thuan" : "de-xuat"}`);
    const progress: [number, number][] = [];
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const report = await importOpinions(Buffer.from(`noi_dung,loai\n${rows.join("\n")}`), "a.csv", {
      by: null,
      onProgress: (done, total) => progress.push([done, total]),
    });
    clearInterval(beat);
    expect(report).toMatchObject({ rows: 692, added: 692, byStance: { "dong-thuan": 262, "de-xuat": 430 } });
    expect(progress).toEqual([100, 200, 300, 400, 500, 600, 692].map((done) => [done, 692]));
    expect(longest).toBeLessThan(500);
  });
});
