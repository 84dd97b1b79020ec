import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSlips, slips } from "../../src/text/misspellings.ts";

const costOf = (typed: string, meant: string) =>
  Math.min(...slips(typed).flatMap(({ plain, cost }) => (plain === meant ? [cost] : [])));

describe("slips of the fingers", () => {
  it("finds a swap, a letter too many, one too few and a wrong one", () => {
    for (const typed of ["vno", "voon", "vn", "vob"]) expect(costOf(typed, "von")).toBeLessThan(10);
  });

  it("takes a neighbouring key for likelier than a far one, and a doubled letter than another one", () => {
    expect(costOf("vob", "von")).toBeLessThan(costOf("voq", "von"));
    expect(costOf("voon", "von")).toBeLessThan(costOf("voqn", "von"));
  });

  it("offers only words one letter longer or shorter", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{3,8}$/), (typed) => {
        for (const { plain } of slips(typed)) expect(Math.abs(plain.length - typed.length)).toBeLessThan(2);
      }),
    );
  });

  it("offers nothing for words too long to be syllables", () => {
    expect(slips("kubotaxyz")).toEqual([]);
  });
});

describe("the slips that are words", () => {
  it("are the same the second time, and after thousands of others", () => {
    const words = new Set(["von", "vong", "vo"]);
    const find = createSlips((plain) => words.has(plain));
    const first = find("vn");
    expect(new Set(first.map(({ plain }) => plain))).toEqual(new Set(["von", "vo"]));
    expect(find("vn")).toBe(first);
    for (let n = 0; n < 6_000; n++) find(`x${n.toString(36)}`);
    expect(find("vn")).toEqual(first);
  });
});
