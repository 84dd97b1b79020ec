import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalize } from "../../src/text/normalize.ts";
import { anyText, vietnamese } from "./arbitraries.ts";

describe("normalize", () => {
  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(anyText, (text) => void expect(normalize(normalize(text))).toBe(normalize(text))),
      { numRuns: 400 },
    );
  });

  it("composes letters, also those that an invisible character parted from their mark", () => {
    expect(normalize("ho\u031B\u0323p ta\u0301c")).toBe("hợp tác");
    expect(normalize("a\u200D\u0301")).toBe("á");
  });

  it("keeps every word of a Vietnamese text", () => {
    const wordsOf = (text: string) => text.match(/[\p{L}\d]+/gu) ?? [];
    fc.assert(
      fc.property(
        vietnamese,
        (text) => void expect(wordsOf(normalize(text))).toEqual(wordsOf(text.normalize("NFC"))),
      ),
    );
  });

  it("takes away what hides words: zero-width, direction, tag and control characters", () => {
    expect(normalize("v\u200Bay\u202E vốn\u{E0041} \u0007\uFEFFkh\u00ADông\u0000")).toBe("vay vốn không");
  });

  it("takes away halves of characters and marks stacked on a letter", () => {
    expect(normalize("vay \uD83D vốn \uDE00")).toBe("vay vốn");
    expect(normalize(`z${"\u0336\u0321".repeat(50)}alo`)).toBe("zalo");
  });

  it("leaves Khmer, emoji and signs alone", () => {
    expect(normalize("ខេត្តហូវយ៉ាង 👍 5 %")).toBe("ខេត្តហូវយ៉ាង 👍 5 %");
  });

  it("makes one space of many and at most one empty line, whatever the line ends", () => {
    expect(normalize(" a \t b\r\n\r\n\r\n\rc\u2028d\fe ")).toBe("a b\n\nc\nd\ne");
  });

  it("takes a hundred thousand characters in well under a second", () => {
    const started = performance.now();
    for (const text of [" \n".repeat(50_000), "!".repeat(100_000), "a\u0301".repeat(50_000)]) normalize(text);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
