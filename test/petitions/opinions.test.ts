import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Commune, parseCatalog, Topic } from "../../src/knowledge/catalog.ts";
import { createOpinionReader, type Opinion, type RefusedRow } from "../../src/petitions/opinions.ts";
import { readKnowledge } from "../support/knowledge-file.ts";

const topics = parseCatalog("topics.yaml", z.array(Topic), readKnowledge("topics.yaml"));
const communes = parseCatalog("communes.yaml", z.array(Commune), readKnowledge("communes.yaml"));
const rules = {
  topics,
  communes,
  triage: () => ({ stance: "phan-anh", topic: "ha-tang" }) as const,
  today: "2026-11-25",
};
const HEADING = ["noi_dung", "loai", "chu_de", "hop_tac_xa", "xa_phuong", "nguoi_gui", "lien_he", "ngay"];

function reader(heading = HEADING) {
  const read = createOpinionReader(heading, rules);
  if ("fault" in read) throw new Error(read.fault);
  return read;
}
/** Reads one row of a file of its own. */
function readOne(row: Partial<Record<string, string>>): Opinion {
  const result = reader()(cellsOf(row), 2);
  if (!result || "reason" in result) throw new Error(result?.reason);
  return result;
}
function refuse(row: Partial<Record<string, string>>): RefusedRow {
  const result = reader()(cellsOf(row), 2);
  if (!result || !("reason" in result)) throw new Error("was taken");
  return result;
}
const cellsOf = (row: Partial<Record<string, string>>) =>
  HEADING.map((column) => ({ noi_dung: "Xin nạo vét kênh", ...row })[column] ?? "");

describe("the heading", () => {
  it("is understood as people write it, in any order, with columns that say nothing to us", () => {
    const heading = [
      "STT",
      "Ngày",
      "Liên hệ",
      "Người gửi",
      "Xã, phường",
      "HỢP TÁC XÃ",
      "Chủ đề",
      "Loại",
      "Nội dung",
    ];
    const cells = [
      "1",
      "01/03/2026",
      "0900000012",
      "Thành viên 12",
      "Cây Dương",
      "HTX 7",
      "Vốn vay",
      "Kiến nghị",
      "Xin vay",
    ];
    expect(reader(heading)(cells, 2)).toMatchObject({
      content: "Xin vay",
      stance: "kien-nghi",
      topic: "von-vay",
      cooperative: "HTX 7",
      commune: "xã Hiệp Hưng",
      sender: "Thành viên 12",
      contact: "0900000012",
      day: "2026-03-01",
    });
  });

  it("needs the content and nothing else", () => {
    expect(reader(["Nội dung ý kiến"])(["Xin vay"], 2)).toMatchObject({ content: "Xin vay", sender: null });
    expect(createOpinionReader(["loai", "ngay"], rules)).toEqual({
      fault: expect.stringContaining("noi_dung"),
    });
    expect(createOpinionReader([], rules)).toEqual({ fault: expect.stringContaining("Dòng 1") });
  });

  it("may not name one column twice", () => {
    expect(createOpinionReader(["Nội dung", "Ý kiến"], rules)).toEqual({
      fault: expect.stringContaining("hai cột"),
    });
  });
});

describe("a row", () => {
  it("without cells is no opinion", () => {
    expect(reader()([], 2)).toBeNull();
    expect(reader()([" ", "\t", ""], 2)).toBeNull();
  });

  it.each([
    ["kien-nghi", "kien-nghi"],
    ["Kiến nghị", "kien-nghi"],
    ["PHẢN ÁNH", "phan-anh"],
    ["de xuat", "de-xuat"],
    ["đồng thuận", "dong-thuan"],
    ["Đồng tình", "dong-thuan"],
  ])("may give its stance as %s", (loai, stance) => {
    expect(readOne({ loai }).stance).toBe(stance);
  });

  it.each([
    ["von-vay", "von-vay"],
    ["Vốn vay, tín dụng", "von-vay"],
    ["nhà kho", "ha-tang"],
    ["VIỆC KHÁC", "khac"],
  ])("may give its topic as %s", (chu_de, topic) => {
    expect(readOne({ chu_de }).topic).toBe(topic);
  });

  it("gets the guess for what it leaves open, and only for that", () => {
    expect(readOne({})).toMatchObject({ stance: "phan-anh", topic: "ha-tang" });
    expect(readOne({ loai: "đồng thuận" })).toMatchObject({ stance: "dong-thuan", topic: "ha-tang" });
    expect(readOne({ chu_de: "khac" })).toMatchObject({ stance: "phan-anh", topic: "khac" });
  });

  it.each([
    ["2026-03-09", "2026-03-09"],
    ["2026-03-09T00:00:00Z", "2026-03-09"],
    ["09/03/2026", "2026-03-09"],
    ["9/3/2026", "2026-03-09"],
    ["29/02/2024", "2024-02-29"],
    ["25/11/2026", "2026-11-25"],
  ])("may be dated %s", (ngay, day) => {
    expect(readOne({ ngay }).day).toBe(day);
  });

  it.each([
    ["ngay", "31/02/2026", "không phải ngày"],
    ["ngay", "29/02/2026", "không phải ngày"],
    ["ngay", "03/13/2026", "không phải ngày"],
    ["ngay", "tháng ba", "không phải ngày"],
    ["ngay", "46082", "không phải ngày"],
    ["ngay", "26/11/2026", "chưa tới"],
    ["ngay", "01/01/1900", "quá xa"],
    [
      "loai",
      "khen",
      "kien-nghi (Kiến nghị), phan-anh (Phản ánh), de-xuat (Đề xuất), dong-thuan (Đồng thuận)",
    ],
    ["chu_de", "bóng đá", "von-vay (Vốn vay, tín dụng)"],
    ["xa_phuong", "Sa Pa", "phường Vị Thanh, phường Vị Tân, xã Hỏa Lựu"],
    ["noi_dung", "x".repeat(10_001), "noi_dung dài quá 10000 ký tự"],
    ["nguoi_gui", "x".repeat(201), "nguoi_gui dài quá"],
  ])("is refused for a %s like %s", (column, value, reason) => {
    expect(refuse({ [column]: value })).toEqual({ row: 2, reason: expect.stringContaining(reason) });
  });

  it("is refused with all its faults at once, and no more of a cell than shows which it is", () => {
    const { reason } = refuse({ noi_dung: " ", loai: "y".repeat(90), ngay: "?" });
    expect(reason).toMatch(/^thiếu nội dung; loai .*; ngay /);
    expect(reason).not.toContain("y".repeat(41));
  });

  it("loses the control characters that neither database nor document can hold", () => {
    expect(readOne({ noi_dung: "\u0000Xin\u0007 vay\r\nvốn\uD800 " }).content).toBe("Xin  vay\nvốn\uFFFD");
  });
});

describe("the identity of an opinion", () => {
  const identity = (row: Partial<Record<string, string>>) => readOne(row).identity;

  it("is another for another person, place, day or wording", () => {
    const all = [
      {},
      { nguoi_gui: "Thành viên 1" },
      { nguoi_gui: "Thành viên 2" },
      { lien_he: "0900000001" },
      { hop_tac_xa: "HTX 1" },
      { xa_phuong: "Tân Bình" },
      { ngay: "2026-03-01" },
      { noi_dung: "Xin nạo vét kênh gấp" },
    ].map(identity);
    expect(new Set(all).size).toBe(all.length);
  });

  it("stays when a spreadsheet writes the same row in its own way", () => {
    expect(identity({ noi_dung: "Xin nạo vét\nkênh", lien_he: "0900 000.001", ngay: "01/03/2026" })).toBe(
      identity({ noi_dung: "Xin nạo vét\r\nkênh ", lien_he: "900000001", ngay: "2026-03-01" }),
    );
    expect(identity({ xa_phuong: "Cây Dương" })).toBe(identity({ xa_phuong: "xã Hiệp Hưng" }));
  });

  it("stays when somebody fills in what was only guessed", () => {
    expect(identity({})).toBe(identity({ loai: "kien-nghi", chu_de: "von-vay" }));
  });

  it("tells the same words twice in one file apart, in any order of the rows", () => {
    const rows = [{}, { nguoi_gui: "Thành viên 1" }, {}, { nguoi_gui: "Thành viên 1" }].map(cellsOf);
    const all = (order: string[][]) => {
      const read = reader();
      return order.map((cells, i) => (read(cells, i + 2) as Opinion).identity).sort();
    };
    expect(new Set(all(rows)).size).toBe(4);
    expect(all([...rows].reverse())).toEqual(all(rows));
  });
});
