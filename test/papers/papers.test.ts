import mammoth from "mammoth";
import { readSheet } from "read-excel-file/node";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { Agency, parseCatalog, Topic } from "../../src/knowledge/catalog.ts";
import { makePapers, type Paper } from "../../src/papers/papers.ts";
import { REGISTER_COLUMNS, type RegisterRow, toRegister } from "../../src/petitions/register.ts";
import type { Figure } from "../../src/petitions/report.ts";
import { readKnowledge } from "../support/knowledge-file.ts";
import { registerRow } from "../support/register-rows.ts";
import { seeded } from "../support/seeded.ts";
import { unzipped } from "../support/unzipped.ts";

const names = {
  topics: parseCatalog("topics.yaml", z.array(Topic), readKnowledge("topics.yaml")),
  agencies: parseCatalog("agencies.yaml", z.array(Agency), readKnowledge("agencies.yaml")),
};
const edition = {
  period: { from: "2026-03-01", to: "2026-03-31" },
  issuer: "Liên minh Hợp tác xã",
  place: "Cần Thơ",
  signerTitle: "Chủ tịch",
};
const make = (rows: RegisterRow[]) => makePapers(rows, names, edition);
const named = (papers: Paper[], name: string): Buffer => {
  const found = papers.find((paper) => paper.name === name);
  if (!found) throw new Error(`no ${name} among ${papers.map((paper) => paper.name)}`);
  return Buffer.from(found.bytes);
};

function manyRows(): RegisterRow[] {
  const { below, pick } = seeded(7);
  return Array.from({ length: 300 }, (_, i) =>
    registerRow({
      ma: `KN-${i}`,
      noi_dung: `Ý kiến của bà con: ${pick(["xin nạo vét kênh", "xin vay vốn", "đường hư hoài"])}, việc thứ ${i}.`,
      loai: pick(["kien-nghi", "phan-anh", "de-xuat", "dong-thuan"]),
      chu_de: pick(["von-vay", "ha-tang", "tap-huan", "khac"]),
      co_quan: pick(["so-nn-mt", "lien-minh-htx", "ubnd-xa", ""]),
      xa_phuong: pick(["xã Tân Bình", "xã Hòa An", "phường Vị Thanh", ""]),
      kenh: pick(["giay", "telegram", ""]),
      trang_thai: pick(["received", "answered"]),
      han: pick(["", `2026-12-${10 + below(20)}`]),
    }),
  );
}

describe("the papers", () => {
  const rows = manyRows();
  let papers: Paper[];
  beforeAll(async () => {
    papers = await make(rows);
  });

  it("are a register, a summary, one memo per agency of the register, and the numbers", () => {
    expect(papers.map(({ name }) => name)).toEqual([
      "register.xlsx",
      "summary.docx",
      "memo-lien-minh-htx.docx",
      "memo-so-nn-mt.docx",
      "memo-ubnd-xa.docx",
      "numbers.json",
    ]);
  });

  it("hold one row per petition below the headings of the contract, on the first sheet", async () => {
    const [heading, ...cells] = await readSheet(named(papers, "register.xlsx"));
    expect(heading).toEqual([...REGISTER_COLUMNS]);
    expect(cells).toEqual(rows.map((row) => REGISTER_COLUMNS.map((column) => row[column] || null)));
  });

  it("state no count that the register does not give under the stated filter", async () => {
    const [heading = [], ...cells] = await readSheet(named(papers, "register.xlsx"));
    const read = cells.map((row) => Object.fromEntries(heading.map((name, i) => [name, row[i] ?? ""])));
    const figures = JSON.parse(named(papers, "numbers.json").toString()) as Figure[];
    expect(figures.length).toBeGreaterThan(100);
    for (const { value, filter, label } of figures) {
      const found = read.filter((row) =>
        Object.entries(filter).every(([column, text]) => row[column] === text),
      );
      expect(found.length, label).toBe(value);
    }
  });

  it("state in every cell of every table a number that numbers.json explains, and all of those", async () => {
    const figures = JSON.parse(named(papers, "numbers.json").toString()) as Figure[];
    for (const { name } of papers.filter((paper) => paper.name.endsWith(".docx"))) {
      const { value: html } = await mammoth.convertToHtml({ buffer: named(papers, name) });
      const inTables = [...html.matchAll(/<td[^>]*><p>(?:<strong>)?(\d+)(?:<\/strong>)?<\/p><\/td>/g)].map(
        ([, n]) => Number(n),
      );
      const inText = [...html.matchAll(/(?:có|tiếp nhận|Số ý kiến:) (\d+)| \((\d+)\)[;.]/g)].map(([, a, b]) =>
        Number(a ?? b),
      );
      const stated = figures.filter(({ document }) => document === name).map(({ value }) => value);
      expect(inTables.length).toBeGreaterThan(20);
      for (const n of [...inTables, ...inText]) expect(stated, `${name} says ${n}`).toContain(n);
      for (const n of stated) expect([...inTables, ...inText], `${name} must say ${n}`).toContain(n);
    }
  });

  it("quote members word for word with their codes", async () => {
    const { value } = await mammoth.extractRawText({ buffer: named(papers, "memo-so-nn-mt.docx") });
    const quoted = [...value.matchAll(/“([^”]+)” \((KN-\d+)\)/g)];
    expect(quoted.length).toBeGreaterThan(4);
    for (const [, text, code] of quoted)
      expect(rows).toContainEqual(expect.objectContaining({ ma: code, noi_dung: text }));
  });

  it("stand in the form of Nghị định 30/2020/NĐ-CP: A4, margins, type, the state's name, number, place, receivers, signature", async () => {
    const document = (await unzipped(named(papers, "memo-so-nn-mt.docx")))["word/document.xml"] ?? "";
    expect(/<w:pgSz [^>]*>/.exec(document)?.[0]).toMatch(/w:w="11906".*w:h="16838"/);
    expect(/<w:pgMar [^>]*>/.exec(document)?.[0]).toMatch(
      /w:top="1134".*w:right="1134".*w:bottom="1134".*w:left="1701"/,
    );
    const styles = (await unzipped(named(papers, "memo-so-nn-mt.docx")))["word/styles.xml"] ?? "";
    expect(/w:ascii="[^"]*"/.exec(styles)?.[0]).toBe('w:ascii="Times New Roman"');
    expect(/<w:sz [^>]*>/.exec(styles)?.[0]).toBe('<w:sz w:val="28"/>');
    const { value } = await mammoth.extractRawText({ buffer: named(papers, "memo-so-nn-mt.docx") });
    for (const part of [
      "LIÊN MINH HỢP TÁC XÃ",
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "Số:",
      "V/v xem xét, giải quyết kiến nghị",
      "Cần Thơ, ngày",
      "Kính gửi: Sở Nông nghiệp và Môi trường TP Cần Thơ",
      "từ ngày 01/03/2026 đến ngày 31/03/2026",
      "Hạn trả lời:",
      "Nơi nhận:",
      "CHỦ TỊCH",
    ])
      expect(value).toContain(part);
    const summary = await mammoth.extractRawText({ buffer: named(papers, "summary.docx") });
    expect(summary.value).toContain("BÁO CÁO");
  });

  it("exist for a period without petitions", async () => {
    const empty = await make([]);
    expect(empty.map(({ name }) => name)).toEqual(["register.xlsx", "summary.docx", "numbers.json"]);
    expect(await readSheet(named(empty, "register.xlsx"))).toEqual([[...REGISTER_COLUMNS]]);
  });
});

describe("a cell of the register", () => {
  const STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "＝",
    "＋",
    "－",
    "＠",
    ";=",
    " =",
    "   =",
    '"=',
    "'=",
    "%0A=",
    "\u00a0=",
    "\u200b=",
    ",=",
  ];
  const COMMANDS = [
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x.vn","a")',
    "SUM(A1:A9)",
    "IMPORTXML(A1)",
  ];
  const hostile = STARTS.flatMap((start) => COMMANDS.map((command) => `${start}${command}`));

  it("is text whatever a member begins it with, and says what he wrote", async () => {
    expect(hostile).toHaveLength(100);
    const rows = toRegister(
      hostile.map((text, i) => ({
        code: `KN-${i}`,
        content: text,
        stance: "kien-nghi",
        topic: "khac",
        agency: null,
        commune: text,
        channel: "telegram",
        status: "received",
        receivedOn: "2026-03-01",
        dueOn: null,
        answeredOn: null,
      })),
      () => "thue",
    );
    const bytes = named(await make(rows), "register.xlsx");
    const [, ...cells] = await readSheet(bytes, { trim: false });
    expect(cells.map((row) => row[1])).toEqual(hostile.map((text) => text.replaceAll("\r", "\n")));
    const files = await unzipped(bytes);
    const sheet = files["xl/worksheets/sheet1.xml"] ?? "";
    expect(sheet).not.toMatch(/<f[\s>/]/);
    const kinds = [...sheet.matchAll(/<c [^>]*>/g)].map(([tag]) => /t="(\w+)"/.exec(tag)?.[1] ?? "number");
    expect(new Set(kinds)).toEqual(new Set(["s"]));
    const formats = /<cellXfs[\s\S]*<\/cellXfs>/.exec(files["xl/styles.xml"] ?? "")?.[0] ?? "";
    expect(formats.match(/<xf /g)?.length).toBe(formats.match(/<xf quotePrefix="1"/g)?.length);
    expect(formats.match(/<xf /g)?.length).toBeGreaterThan(0);
  });
});
