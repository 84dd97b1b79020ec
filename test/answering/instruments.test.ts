import { describe, expect, it } from "vitest";
import { createFindInstruments } from "../../src/answering/instruments.ts";

const find = createFindInstruments([
  { number: "55/2015/NĐ-CP", aliases: [] },
  { number: "57/2018/NĐ-CP", aliases: [] },
  { number: "1804/QĐ-TTg", aliases: ["chương trình 1804"] },
  { number: "124/2021/TT-BTC", aliases: [] },
  { number: "17/2023/QH15", aliases: ["luật htx mới"] },
]);
const numbers = (text: string) => [...new Set(find(text).map(({ number }) => number))];

describe("the instruments that a text names", () => {
  it.each([
    ["nđ 55 cho vay bao nhiêu", "55/2015/NĐ-CP"],
    ["nd55 lai sao", "55/2015/NĐ-CP"],
    ["nghị định số 55/2015 còn không", "55/2015/NĐ-CP"],
    ["55/2015/NĐ-CP", "55/2015/NĐ-CP"],
    ["nghị định 57 năm 2018 dành cho ai", "57/2018/NĐ-CP"],
    ["QĐ 1804 hỗ trợ gì", "1804/QĐ-TTg"],
    ["chuong trinh 1804", "1804/QĐ-TTg"],
    ["thông tư 124", "124/2021/TT-BTC"],
    ["luật HTX mới", "17/2023/QH15"],
    ["luật 17/2023/QH15", "17/2023/QH15"],
  ])("'%s' names %s", (text, number) => {
    expect(numbers(text)).toEqual([number]);
  });

  it.each(["vay 55 triệu", "nghị định 155", "nghị định 57 năm 2020", "mức 1804 đồng", "nghị định 55/2020"])(
    "'%s' names none",
    (text) => {
      expect(numbers(text)).toEqual([]);
    },
  );
});
