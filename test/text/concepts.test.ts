import { describe, expect, it } from "vitest";
import { createFindConcepts } from "../../src/text/concepts.ts";
import { syllables } from "../../src/text/syllables.ts";

const find = createFindConcepts([
  ["vay tín chấp", "vay không thế chấp"],
  ["thế chấp", "tài sản bảo đảm"],
  ["vay", "mượn"],
]);
const groups = (text: string) => find(syllables(text)).map(({ group, start, end }) => [group, start, end]);

describe("findConcepts", () => {
  it("finds phrases with and without marks and tells where they stand", () => {
    expect(groups("cần vay tín chấp")).toEqual([[0, 1, 4]]);
    expect(groups("can vay tin chap")).toEqual([[0, 1, 4]]);
  });

  it("takes the longest phrase and none inside another", () => {
    expect(groups("vay không thế chấp, vay có thế chấp")).toEqual([
      [0, 0, 4],
      [2, 4, 5],
      [1, 6, 8],
    ]);
  });

  it("finds nothing in other words, in no words, and for an empty phrase", () => {
    expect(groups("giá lúa")).toEqual([]);
    expect(groups("")).toEqual([]);
    expect(createFindConcepts([["", "?"]])(syllables("vay"))).toEqual([]);
  });

  it("tells words apart by their marks where it is asked to", () => {
    const particle = createFindConcepts([["vậy"]], "marked");
    expect(particle(syllables("vay vốn vậy"))).toEqual([{ group: 0, start: 2, end: 3 }]);
  });
});
