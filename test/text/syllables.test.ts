import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareWords, syllables, terms } from "../../src/text/syllables.ts";
import { placeTones } from "../../src/text/tones.ts";
import { anyText, vietnamese } from "./arbitraries.ts";

const marked = (text: string) => syllables(text).map((word) => word.marked);

describe("syllables", () => {
  it("splits at spaces and signs, keeps marks beside the bare form", () => {
    expect(syllables("Vay vốn, được?")).toEqual([
      { marked: "vay", plain: "vay" },
      { marked: "vốn", plain: "von" },
      { marked: "được", plain: "duoc" },
    ]);
  });

  it("keeps a number with its signs whole and parts it from its unit", () => {
    expect(marked("1,5 lần; 1.500.000đ; 156/2025/NĐ-CP; 50%")).toEqual([
      "1,5",
      "lần",
      "1.500.000",
      "đ",
      "156/2025",
      "nđ",
      "cp",
      "50",
    ]);
  });

  it("reads 03 as 3 and 01/07/2025 as 1/7/2025, but keeps 0, 0,5 and 1.005", () => {
    expect(marked("03 01/07/2025 0 0,5 1.005")).toEqual(["3", "1/7/2025", "0", "0,5", "1.005"]);
  });

  it("reads both ways of placing a tone alike", () => {
    expect(marked("hoà khoẻ thuỷ quý toán hoàn")).toEqual(["hòa", "khỏe", "thủy", "quý", "toán", "hoàn"]);
  });

  it("reads composed and decomposed text alike", () => {
    fc.assert(
      fc.property(
        vietnamese,
        (text) => void expect(syllables(text.normalize("NFD"))).toEqual(syllables(text)),
      ),
    );
  });

  it("gives the same words again when it reads its own words", () => {
    fc.assert(
      fc.property(vietnamese, (text) => void expect(marked(marked(text).join(" "))).toEqual(marked(text))),
    );
  });

  it("takes any text without failing", () => {
    fc.assert(fc.property(anyText, (text) => void expect(() => terms(syllables(text))).not.toThrow()));
  });
});

describe("bareWords", () => {
  it("tells what was said apart from how it was typed", () => {
    for (const typed of ["Bỏ qua", "BỎ QUA!!!", " bo   qua.", "👉 Bỏ qua"])
      expect(bareWords(typed)).toBe("bo qua");
    expect(bareWords("?!")).toBe("");
  });
});

describe("terms", () => {
  it("counts syllables, pairs, gapped pairs, and marked forms less", () => {
    expect(terms(syllables("vay vốn nhanh"))).toEqual([
      { text: "vay", weight: 1 },
      { text: "vay von", weight: 1 },
      { text: "vay_nhanh", weight: 0.5 },
      { text: "von", weight: 1 },
      { text: "vốn", weight: 0.35 },
      { text: "von nhanh", weight: 1 },
      { text: "nhanh", weight: 1 },
    ]);
  });
});

describe("placeTones", () => {
  it("keeps capitals, words with qu, and closed syllables", () => {
    expect(placeTones("HOÀ Thuý QUÝ quỷ hoàng TOÀN")).toBe("HÒA Thúy QUÝ quỷ hoàng TOÀN");
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(vietnamese, (text) => void expect(placeTones(placeTones(text))).toBe(placeTones(text))),
    );
  });
});
