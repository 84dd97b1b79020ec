import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createExpand } from "../../src/text/shorthand.ts";
import { syllables } from "../../src/text/syllables.ts";
import { vietnamese } from "./arbitraries.ts";

const expand = createExpand([
  { short: "htx", full: "hợp tác xã" },
  { short: "lh htx", full: "liên hiệp hợp tác xã" },
  { short: "tụi tui", full: "chúng tôi" },
  { short: "tui", full: "tôi" },
  { short: "tr", full: "triệu", only: "after-number" },
  { short: "nd", full: "nghị định", only: "before-number" },
  { short: "k", full: "không", only: "not-after-number" },
]);

describe("expand", () => {
  it("writes short and Southern forms out", () => {
    expect(expand("HTX tui vay k?")).toBe("hợp tác xã tôi vay không");
  });

  it("lets a longer form win over the shorter one in it", () => {
    expect(expand("lh htx tụi tui")).toBe("liên hiệp hợp tác xã chúng tôi");
  });

  it("looks at the neighbour where a form has two readings", () => {
    expect(expand("50tr, 50 tr, tr ơi")).toBe("50 triệu 50 triệu tr ơi");
    expect(expand("nd 55 của nd xã")).toBe("nghị định 55 của nd xã");
    expect(expand("50k hay k")).toBe("50 k hay không");
  });

  it("keeps every word that is no short form, in order", () => {
    const nothing = createExpand([]);
    fc.assert(
      fc.property(
        vietnamese,
        (text) =>
          void expect(nothing(text)).toBe(
            syllables(text)
              .map((word) => word.marked)
              .join(" "),
          ),
      ),
    );
  });

  it("has nothing left to write out in what it wrote", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("htx", "tui", "tụi", "lh", "vay", "50", "tr", "k", "nd")),
        (words) => {
          const once = expand(words.join(" "));
          expect(once).not.toMatch(/\bhtx\b|\btui\b/);
          expect(expand(once)).toBe(once);
        },
      ),
    );
  });
});
