import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, slug } from "../../src/text/fold.ts";
import { anyText, vietnamese } from "./arbitraries.ts";

describe("fold", () => {
  it("takes off every Vietnamese mark and every capital", () => {
    expect(fold("Hợp tác xã ĐƯỜNG RỪNG Ấp Ỷ Ỹ")).toBe("hop tac xa duong rung ap y y");
  });

  it("reads composed and decomposed letters alike", () => {
    fc.assert(
      fc.property(
        vietnamese,
        (text) => void expect(fold(text.normalize("NFD"))).toBe(fold(text.normalize("NFC"))),
      ),
    );
  });

  it("keeps the length of any text in NFC, so that offsets carry over", () => {
    fc.assert(
      fc.property(anyText, (text) => void expect(fold(text)).toHaveLength(text.normalize("NFC").length)),
    );
  });

  it("keeps the length of letters that change size when lower-cased or decomposed", () => {
    for (const text of ["İstanbul", "각", "ខេត្តហូវយ៉ាង", "が", "𝒜ß", "a\u0323\u0302\u0301\u0301"]) {
      expect(fold(text)).toHaveLength(text.normalize("NFC").length);
    }
  });

  it("leaves folded Vietnamese as it is", () => {
    fc.assert(fc.property(vietnamese, (text) => void expect(fold(fold(text))).toBe(fold(text))));
  });
});

describe("slug", () => {
  it("makes a number safe for an id", () => {
    expect(slug("156/2025/NĐ-CP")).toBe("156-2025-nd-cp");
    expect(slug("  Quyết định 1804/QĐ-TTg! ")).toBe("quyet-dinh-1804-qd-ttg");
  });

  it("holds only letters, digits and single dashes, none at an end", () => {
    fc.assert(
      fc.property(anyText, (text) => void expect(slug(text)).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/)),
    );
  });
});
