import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isBelow,
  locatorSlug,
  locatorText,
  readLocator,
  readLocators,
} from "../../src/knowledge/structure.ts";

describe("readLocator", () => {
  it.each([
    ["Điều 5. Mức hỗ trợ", "dieu", "5", "Mức hỗ trợ"],
    ["ĐIỀU 12a: Nợ", "dieu", "12a", "Nợ"],
    ["Điều 12đ", "dieu", "12đ", ""],
    ["Dieu 7 Ai duoc vay", "dieu", "7", "Ai duoc vay"],
    ["Khoản 2. Trần vay", "khoan", "2", "Trần vay"],
    ["Khoản 2a – Bổ sung", "khoan", "2a", "Bổ sung"],
    ["Khoản 3 Đất đai", "khoan", "3", "Đất đai"],
    ["Điểm a)", "diem", "a", ""],
    ["Điểm đ. Phần vốn", "diem", "đ", "Phần vốn"],
    ["Chương II", "chuong", "II", ""],
    ["CHƯƠNG IV QUY ĐỊNH CHUNG", "chuong", "IV", "QUY ĐỊNH CHUNG"],
    ["Chương thứ ba. Tín dụng", "chuong", "thứ ba", "Tín dụng"],
    ["Phần thứ nhất: Những quy định chung", "phan", "thứ nhất", "Những quy định chung"],
    ["Phần I", "phan", "I", ""],
    ["Mục 1. Vay vốn", "muc", "1", "Vay vốn"],
    ["Mục III.2d Hỗ trợ lương", "muc", "III.2d", "Hỗ trợ lương"],
    ["Mục A. Chung", "muc", "A", "Chung"],
  ])("reads %s", (heading, level, number, title) => {
    expect(readLocator(heading)).toEqual({ level, number, title });
  });

  it.each([
    "Mức hỗ trợ lương",
    "Mức cũ đã thay",
    "Mức 1: 5 triệu đồng",
    "Khoản nợ được khoanh",
    "Khoản 300 triệu đồng được giải ngân",
    "Khoản 1,5 lần lương",
    "Khoản 50% chi phí",
    "Phần vốn góp",
    "Phần vi phạm",
    "Phần 2 triệu đồng",
    "Mục tiêu tới năm 2030",
    "Mục a ghi gì",
    "Mục di dời",
    "Điều kiện để được hỗ trợ",
    "Điều lệ mẫu",
    "Điểm mạnh của hợp tác xã",
    "Điểm a ghi chú",
    "Chương trình 1804",
    "Phân 1 hạt",
    "",
  ])("takes '%s' for a named section", (heading) => {
    expect(readLocator(heading)).toBeNull();
  });

  it("reads back what it writes, for every article, clause and point", () => {
    const steps = fc.tuple(
      fc.integer({ min: 1, max: 400 }),
      fc.option(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.option(fc.constantFrom(..."abcdđeghik")))),
    );
    fc.assert(
      fc.property(steps, ([article, below]) => {
        const [clause, point] = below ?? [null, null];
        const text = [`Điều ${article}`, clause && `khoản ${clause}`, point && `điểm ${point}`]
          .filter(Boolean)
          .join(" ");
        expect(locatorText(readLocators(text))).toBe(text);
      }),
    );
  });

  it("takes any heading without failing", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        (heading) => void expect(() => readLocators(heading)).not.toThrow(),
      ),
    );
  });
});

describe("readLocators", () => {
  it("reads several steps in either order, outermost first", () => {
    const steps = ["dieu 9", "khoan 2", "diem a"];
    for (const text of ["Điều 9 khoản 2 điểm a", "điểm a khoản 2 Điều 9", "Điều 9, khoản 2, điểm a"]) {
      expect(readLocators(text).map(({ level, number }) => `${level} ${number}`)).toEqual(steps);
    }
  });

  it("does not take the first words of a title for a further step", () => {
    expect(readLocators("Điều 9. Khoản 2 được sửa")).toEqual([
      { level: "dieu", number: "9", title: "Khoản 2 được sửa" },
    ]);
    expect(readLocators("Điều 9, Điều 10")).toHaveLength(1);
  });
});

describe("locators", () => {
  it("cite from the article inwards, and from the chapter where there is none", () => {
    const path = [...readLocators("Chương II"), ...readLocators("Điều 9 khoản 2")];
    expect(locatorText(path)).toBe("Điều 9 khoản 2");
    expect(locatorSlug(path)).toBe("dieu-9.khoan-2");
    expect(locatorText(readLocators("Chương II mục 1"))).toBe("Chương II mục 1");
    expect(locatorSlug([...readLocators("Chương II"), ...readLocators("Mục 1")])).toBe("chuong-ii.muc-1");
  });

  it("tell points d and đ apart in an id", () => {
    expect(locatorSlug(readLocators("Điểm d"))).not.toBe(locatorSlug(readLocators("Điểm đ")));
  });

  it("know which level lies below which", () => {
    expect(isBelow("khoan", "dieu")).toBe(true);
    expect(isBelow("dieu", "khoan")).toBe(false);
    expect(isBelow("dieu", "dieu")).toBe(false);
  });
});
