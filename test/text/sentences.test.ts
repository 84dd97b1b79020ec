import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutAtSentences, sentences } from "../../src/text/sentences.ts";
import { anyText } from "./arbitraries.ts";

describe("sentences", () => {
  it("ends at a full stop, a question mark or a line end before a capital, a digit or a quotation", () => {
    expect(sentences("Mức vay là 5 tỷ đồng. Hồ sơ nộp ở xã?\nĐúng vậy! “Có” là đủ.")).toEqual([
      "Mức vay là 5 tỷ đồng.",
      "Hồ sơ nộp ở xã?",
      "Đúng vậy!",
      "“Có” là đủ.",
    ]);
  });

  it("does not end inside numbers and numbers of instruments", () => {
    expect(sentences("Theo Nghị định 156/2025/NĐ-CP, mức 1.500.000 đồng bằng 1,5 lần. Hết.")).toEqual([
      "Theo Nghị định 156/2025/NĐ-CP, mức 1.500.000 đồng bằng 1,5 lần.",
      "Hết.",
    ]);
  });

  it("does not end after TP. or after the number that opens a line", () => {
    expect(sentences("Sở Tài chính TP. Cần Thơ trả lời. Bà con chờ.")).toEqual([
      "Sở Tài chính TP. Cần Thơ trả lời.",
      "Bà con chờ.",
    ]);
    expect(sentences("1. Đơn đề nghị\n2. Giấy chứng nhận")).toEqual(["1. Đơn đề nghị", "2. Giấy chứng nhận"]);
  });

  it("keeps a list of amounts together, since half of it would say something else", () => {
    expect(sentences("Mức vay là 300 triệu; 500 triệu; 3 tỷ đồng.")).toHaveLength(1);
  });

  it("loses no character but spaces", () => {
    fc.assert(
      fc.property(
        anyText,
        (text) => void expect(sentences(text).join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, "")),
      ),
    );
  });
});

describe("cutAtSentences", () => {
  const limits = fc.integer({ min: 2, max: 60 });

  it("loses no character but spaces and exceeds no limit", () => {
    fc.assert(
      fc.property(anyText, limits, (text, limit) => {
        const parts = cutAtSentences(text, limit);
        expect(parts.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 400 },
    );
  });

  it("never splits a character in two", () => {
    const emoji = fc
      .array(fc.constantFrom("👍", "🌾", "a", " ", "."), { maxLength: 60 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(emoji, limits, (text, limit) => {
        for (const part of cutAtSentences(text, limit)) expect(part.isWellFormed()).toBe(true);
      }),
    );
  });

  it("prefers an empty line, then a line end, then a sentence end, then a space", () => {
    expect(cutAtSentences("một hai. ba\n\nbốn năm sáu", 14)).toEqual(["một hai. ba", "bốn năm sáu"]);
    expect(cutAtSentences("một hai. ba\nbốn năm sáu", 14)).toEqual(["một hai. ba", "bốn năm sáu"]);
    expect(cutAtSentences("một hai ba. bốn năm sáu", 14)).toEqual(["một hai ba.", "bốn năm sáu"]);
    expect(cutAtSentences("một hai ba bốn năm", 13)).toEqual(["một hai ba", "bốn năm"]);
  });

  it("fills a part up to the limit when a sentence ends exactly there", () => {
    expect(cutAtSentences("Một hai ba. Bốn năm.", 11)).toEqual(["Một hai ba.", "Bốn năm."]);
  });

  it("gives one part for a short text and one empty part for none", () => {
    expect(cutAtSentences("  chào  ", 100)).toEqual(["chào"]);
    expect(cutAtSentences("", 100)).toEqual([""]);
  });

  it("refuses a limit that has no room for one character, instead of never ending", () => {
    expect(() => cutAtSentences("👍👍", 1)).toThrow(RangeError);
  });

  it("cuts a megabyte in well under a second", () => {
    const started = performance.now();
    expect(cutAtSentences("Câu này dài vừa phải. ".repeat(45_000), 1800).length).toBeGreaterThan(500);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
