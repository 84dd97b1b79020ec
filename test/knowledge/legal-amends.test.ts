import { describe, expect, it } from "vitest";
import { toPassages, validityAt } from "../../src/knowledge/validity.ts";
import { decree, paragraphs, read } from "./legal-fixtures.ts";

const A = "901/2024/NĐ-CP";
const B = { number: "902/2025/NĐ-CP", day: "01/01/2026" };
const SEVERAL = `Sửa đổi, bổ sung một số điều của Nghị định số ${A} ngày 05 tháng 3 năm 2024 của Chính phủ`;

/** What a decree of this title and body amends, each as "effect document clause by". */
function amendsOf(body: string, title = "Về việc khác"): string[] {
  return read(paragraphs(decree(body, { ...B, title }))).amends.map(
    ({ effect, document, clause = "-", by = "-" }) => [effect, document, clause, by].join(" | "),
  );
}
/** What one khoản of the usual first article amends. */
const underTitle = (clause: string) =>
  amendsOf(`Điều 1. ${SEVERAL}\n1. ${clause}\n“Lời mới.”`).map((line) =>
    line.replace(`| ${A} | `, "").replace(" | Điều 1 khoản 1", ""),
  );

describe("the amendments of a text", () => {
  it("are the whole document when only the title says so", () => {
    expect(amendsOf("Điều 1. Chung\nNói chung.", SEVERAL)).toEqual([`amends | ${A} | - | -`]);
  });

  it.each([
    ["Sửa đổi, bổ sung khoản 2 Điều 5 như sau:", ["amends Điều 5 khoản 2"]],
    ["Sửa đổi Điều 5 như sau:", ["amends Điều 5"]],
    [
      "Sửa đổi, bổ sung các điểm a, đ khoản 2 Điều 5 như sau:",
      ["amends Điều 5 khoản 2 điểm a", "amends Điều 5 khoản 2 điểm đ"],
    ],
    [
      "Bãi bỏ khoản 1, khoản 2 Điều 5 và Điều 7.",
      ["annuls Điều 5 khoản 1", "annuls Điều 5 khoản 2", "annuls Điều 7"],
    ],
    ["Thay thế Điều 5 bằng Điều 5 mới.", []],
    ["Bổ sung khoản 3a vào sau khoản 3 Điều 5 như sau:", []],
    ["Sửa đổi đoạn mở đầu khoản 2 Điều 5 như sau:", []],
    ["Sửa đổi tên Điều 5 như sau:", []],
    ["Thay thế cụm từ “xã” bằng “phường” tại khoản 2 Điều 5.", []],
    ["Sửa đổi khoản 2 như sau:", []],
    ["Bãi bỏ Điều 5, trừ khoản 2.", []],
  ])("under such a heading: %s", (clause, expected) => {
    expect(underTitle(clause).map((line) => line.replace(" | ", " "))).toEqual(
      expected.map((line) => line.replace(/^(\w+) /, "$1 ")),
    );
  });

  it("are named with their document in the heading, and in points below an article that is amended in parts", () => {
    expect(amendsOf(`Điều 3. Sửa đổi, bổ sung khoản 2 Điều 5 của Nghị định số ${A}\nCâu.`)).toEqual([
      `amends | ${A} | Điều 5 khoản 2 | Điều 3`,
    ]);
    const parts = `Điều 1. ${SEVERAL}\n1. Sửa đổi, bổ sung một số khoản của Điều 5 như sau:\na) Sửa đổi khoản 1 như sau:\n“1. Mới.”`;
    expect(amendsOf(parts)).toEqual([`amends | ${A} | Điều 5 khoản 1 | Điều 1 khoản 1 điểm a`]);
  });

  it("end whole documents in the article on effect", () => {
    const body = `Điều 8. Bãi bỏ\n1. Nghị định này thay thế Nghị định số ${A} về Luật Thử số 900/2001/QH9.\n2. Nghị định số 700/2010/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.`;
    expect(amendsOf(body)).toEqual([
      `replaces | ${A} | - | Điều 8 khoản 1`,
      "annuls | 700/2010/NĐ-CP | - | Điều 8 khoản 2",
    ]);
  });

  it("are not read from a quoted wording, and give way to the sidecar", () => {
    expect(amendsOf("Điều 1. Khác\n1. Viết như sau:\n“1. Bãi bỏ Nghị định số 700/2010/NĐ-CP.”")).toEqual([]);
    const text = paragraphs(decree("Điều 1. Chung\nNói.", { ...B, title: SEVERAL }));
    expect(read(text, { sidecar: "amends: []" }).amends).toEqual([]);
  });
});

describe("an amended clause", () => {
  const a = read(
    paragraphs(decree("Điều 5. Mức\n1. Được 111 triệu đồng.\n2. Hồ sơ:\na) Đơn;\nb) Giấy;\nc) Ảnh.")),
  );
  const wording =
    "1. Sửa đổi khoản 1 Điều 5 như sau:\n“1. Được 222 triệu đồng.”\n2. Bãi bỏ điểm a, b khoản 2 Điều 5.";
  const b = read(paragraphs(decree(`Điều 1. ${SEVERAL}\n${wording}`, { ...B, title: SEVERAL })));
  const inForce = (day: string) =>
    toPassages([a, b])
      .filter((passage) => validityAt(passage, day) === "in-force")
      .map(({ lead, parts }) => [lead, ...parts.map(({ text }) => text)].join(" "));

  it("ends on the day from which the new wording holds", () => {
    expect(inForce("2025-12-31")).toContain("Được 111 triệu đồng.");
    expect(inForce("2026-01-01")).not.toContain("Được 111 triệu đồng.");
    expect(inForce("2026-01-01").join()).toContain("1. Được 222 triệu đồng.");
  });

  it("loses two points on one day and stands on once", () => {
    expect(inForce("2026-01-01").filter((text) => text.startsWith("Hồ sơ"))).toEqual(["Hồ sơ: Ảnh."]);
    const ids = toPassages([a, b]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
