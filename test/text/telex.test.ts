import { describe, expect, it } from "vitest";
import { fromKeys } from "../../src/text/telex.ts";

describe("keys of Telex and VNI that were left over", () => {
  it.each([
    ["voosn", "vốn"],
    ["vo61n", "vốn"],
    ["dduowcj", "được"],
    ["tieefn", "tiền"],
    ["hafng", "hàng"],
    ["khoong", "không"],
    ["ddieeuf", "điều"],
    ["giaf", "già"],
  ])("%s was meant as %s", (typed, meant) => {
    expect(fromKeys(typed)).toBe(meant);
  });

  it.each(["vay", "hop", "vốn", "the", "156", "", "x".repeat(100)])("%s holds none", (typed) => {
    expect(fromKeys(typed)).toBeNull();
  });
});
