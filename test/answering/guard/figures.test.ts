import { describe, expect, it } from "vitest";
import { supports } from "../../../src/answering/guard/figure.ts";
import { figuresOf } from "../../../src/answering/guard/figures.ts";
import { inWords } from "../../support/number-words.ts";
import { seeded } from "../../support/seeded.ts";

const canonical = (text: string) => figuresOf(text).map((figure) => figure.canonical);

describe("figures of a text", () => {
  it.each([
    ["1.000.000 đồng", "1,000,000 đồng", "một triệu đồng", "1 triệu", "1 000 000 đồng", "1.000.000đ"],
    ["5 tỷ", "5.000 triệu", "năm tỷ", "5 tỉ đồng", "5.000.000.000 đồng", "năm nghìn triệu đồng"],
    ["1 tỷ rưỡi", "1,5 tỷ đồng", "1.500 triệu", "1 tỷ 500 triệu đồng", "một tỷ rưỡi"],
    ["1,5 lần", "1.5 lần", "gấp rưỡi"],
    ["120", "một trăm hai mươi", "120,0"],
    ["2025 thành viên", "hai nghìn không trăm hai mươi lăm thành viên", "2.025 thành viên"],
    ["5%", "5 %", "năm phần trăm", "5 phần trăm", "05%"],
    ["5 điểm phần trăm", "năm điểm phần trăm", "5 điểm %"],
    [
      "01/01/2026",
      "1-1-2026",
      "1.1.2026",
      "ngày 1 tháng 1 năm 2026",
      "từ 1/1/2026",
      "ngày mùng một tháng một năm 2026",
    ],
    ["tháng 8/2025", "tháng 8 năm 2025", "tháng 08-2025", "tháng tám năm 2025"],
    ["trước 30/6", "ngày 30 tháng 6", "30/06"],
    ["30–70%", "từ 30% đến 70%", "30-70 %", "30 đến 70 phần trăm", "từ ba mươi đến bảy mươi phần trăm"],
    ["từ 3 đến 15 người", "3–15 người", "3-15 người", "ba đến mười lăm người"],
    ["từ 65 đến dưới 80 điểm", "65 – dưới 80 điểm"],
    ["giai đoạn 2021-2025", "từ năm 2021 đến năm 2025", "2021–2025"],
    ["2,5 ha", "2,5 héc-ta", "2,5 hecta", "2.5 ha"],
    ["800 m2", "800 m²", "800 mét vuông", "tám trăm mét vuông"],
    ["3 ngày làm việc", "03 ngày làm việc", "ba ngày làm việc"],
    ["5 triệu đồng/ha", "5 triệu đồng mỗi héc-ta", "5.000.000 đồng/ha", "năm triệu đồng một ha"],
    ["0,2%/năm", "0,2% mỗi năm", "0,2 phần trăm một năm"],
    ["1/2", "một nửa", "một phần hai"],
    ["5 thành viên", "năm thành viên", "05 thành viên"],
    ["mười lăm năm", "15 năm"],
    ["năm năm", "5 năm"],
    ["gấp đôi", "2 lần", "hai lần"],
    ["Vùng II", "vùng 2"],
    ["156/2025/NĐ-CP", "Nghị định số 156/2025/NĐ-CP", "Nghị định 156/2025/NĐ-CP"],
    ["0900 123 456", "0900.123.456", "+84 900 123 456", "0900123456"],
    ["https://htx.vn/vay", "htx.vn/vay", "www.htx.vn/vay."],
  ])("%s is written in several ways", (...ways) => {
    const [first, ...others] = ways.map(canonical);
    expect(first).toHaveLength(1);
    for (const other of others) expect(other).toEqual(first);
  });

  it.each([
    ["5%", "5 điểm phần trăm"],
    ["5%", "5"],
    ["5 ngày", "5 ngày làm việc"],
    ["5 tháng", "5 năm"],
    ["5 vụ", "5 năm"],
    ["5 triệu đồng", "5 tỷ đồng"],
    ["5 triệu đồng", "5 triệu USD"],
    ["5 ha", "5 m²"],
    ["5 sào", "5 công đất"],
    ["5 triệu đồng", "5 triệu đồng/ha"],
    ["30–70%", "30%"],
    ["30–70%", "30–80%"],
    ["từ 3 đến 15 người", "từ 15 đến 3 người"],
    ["1/7/2025", "7/1/2025"],
    ["1/7/2025", "1/7/2024"],
    ["tháng 7/2025", "1/7/2025"],
    ["tháng 7", "7 tháng"],
    ["năm 2025", "2025 người"],
    ["Điều 9 khoản 2", "Điều 2 khoản 9"],
    ["Nghị định 156/2025", "Nghị định 156/2024"],
    ["1,5 lần", "15 lần"],
    ["1.500", "1,5"],
    ["hai phần ba", "ba phần hai"],
    ["0900123456", "0900123457"],
    ["htx.vn", "htx.com"],
  ])("%s is not %s", (one, other) => {
    expect(canonical(one)).not.toEqual(canonical(other));
    expect(canonical(one).length * canonical(other).length).toBeGreaterThan(0);
  });

  it.each([
    ["một số thành viên, một phần vốn, theo một trong các cách", []],
    ["trong năm, mỗi năm, hằng năm, đầu tư, thông tư, tỷ lệ", []],
    ["Điều 9, 10 và 11", ["named điều 9", "named điều 10", "named điều 11"]],
    ["Điều 30–32", ["named điều 30..32"]],
    ["Điều 9 khoản 2 điểm a", ["named điều 9", "named khoản 2", "named điểm a"]],
    ["Luật 17/2023/QH15 và Luật năm 2012", ["legal 17/2023 qh15", "year 2012"]],
    [
      "100, 200 hoặc 300 triệu đồng",
      ["quantity 100000000 đồng", "quantity 200000000 đồng", "quantity 300000000 đồng"],
    ],
    ["1 đến 3 tỷ đồng", ["range 1000000000..3000000000 đồng"]],
    ["20-NQ/TW, 106/NQ-CP", ["legal 20/ nq/tw", "legal 106/ nq-cp"]],
  ])("of %s are %j", (text, figures) => {
    expect(canonical(text)).toEqual(figures);
  });

  it("are the same for 2,000 numbers in eight ways of writing them", () => {
    const chance = seeded(3);
    let compared = 0;
    for (let i = 0; i < 2000; i += 1) {
      const n = 1 + chance.below(chance.pick([9, 99, 999, 99_999]));
      const dots = String(n).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ".");
      const money = [
        `${n} triệu đồng`,
        `${dots} triệu`,
        `${dots}.000.000 đồng`,
        `${dots.replaceAll(".", ",")},000,000 đồng`,
        `${inWords(n)} triệu đồng`,
      ];
      const share = [`${dots}%`, `${inWords(n)} phần trăm`, `${dots} phần trăm`];
      for (const ways of [money, share]) {
        for (const way of ways) {
          expect([way, canonical(way)]).toEqual([way, canonical(ways[0] ?? "")]);
          compared += 1;
        }
      }
    }
    expect(compared).toBe(16_000);
  });
});

describe("a given figure", () => {
  const allows = (given: string, claimed: string) => {
    const [one, other] = [figuresOf(given)[0], figuresOf(claimed)[0]];
    if (!one || !other) throw new Error("both texts hold a figure");
    return supports(one, other);
  };

  it.each([
    ["156/2025/NĐ-CP", "Nghị định 156/2025"],
    ["Nghị định 156/2025", "156/2025/NĐ-CP"],
    ["156/2025/NĐ-CP", "Nghị định 156"],
    ["198/2025/QH15", "Nghị quyết 198/2025"],
    ["5 thành viên", "5"],
  ])("%s may be told as %s", (given, claimed) => expect(allows(given, claimed)).toBe(true));

  it.each([
    ["Nghị định 156", "Nghị định 156/2025"],
    ["156/2025/NĐ-CP", "Thông tư 156/2025"],
    ["Thông tư 60/2026", "60/2026/TT-BNV"],
    ["5", "5 thành viên"],
    ["5 triệu đồng", "5.000.000"],
    ["5 thành viên", "5 hộ"],
  ])("%s may not be told as %s", (given, claimed) => expect(allows(given, claimed)).toBe(false));
});
