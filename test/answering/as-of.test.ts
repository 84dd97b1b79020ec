import { describe, expect, it } from "vitest";
import { readAsOf } from "../../src/answering/as-of.ts";

const TODAY = "2026-11-25";

describe("the day a question is about", () => {
  it.each([
    ["năm 2022 vay được bao nhiêu", "2022-12-31"],
    ["nam 2025 ho tro may trieu", "2025-12-31"],
    ["hồi 2023 luật sao", "2023-12-31"],
    ["trước ngày 1/7/2025 nộp ở đâu", "2025-06-30"],
    ["truoc 1-1-2026 muc nao", "2025-12-31"],
    ["trước năm 2024 cần mấy người", "2023-12-31"],
    ["ngày 15/8/2024 mức nào", "2024-08-15"],
    ["giai đoạn 2021-2025 được gì", "2025-12-31"],
    ["từ 2021 đến 2025 được gì", "2025-12-31"],
  ])("'%s' is %s", (text, day) => {
    expect(readAsOf(text, TODAY).asOf).toBe(day);
  });

  it.each(["vay được bao nhiêu", "năm nay vay sao", "năm 2026 vay sao", "năm 2030 có gì", "vay 2022 triệu"])(
    "'%s' is today",
    (text) => {
      expect(readAsOf(text, TODAY)).toEqual({ asOf: null, rest: text });
    },
  );

  it("is taken out of the words that are looked up", () => {
    expect(readAsOf("năm 2022 hộ vay được bao nhiêu", TODAY).rest).toBe("hộ vay được bao nhiêu");
  });
});
