import { describe, expect, it } from "vitest";
import { TYPINGS, typed, withTypos } from "../../src/answering/typing.ts";

const QUESTION =
  "hợp tác xã vay không thế chấp tối đa 5 tỷ đồng hay 300 triệu theo nghị định 156/2025 vậy em";
const words = (text: string) => text.split(" ");

describe("a question in another typing", () => {
  it("stays as it was, loses its marks, or gets typos", () => {
    expect(TYPINGS).toEqual(["marks", "noMarks", "typos"]);
    expect(typed("Vay được mấy tỷ?", "marks")).toBe("Vay được mấy tỷ?");
    expect(typed("Vay được mấy tỷ?", "noMarks")).toBe("vay duoc may ty?");
    expect(typed(QUESTION, "typos", 3)).toBe(withTypos(QUESTION, 3));
  });
});

describe("typos", () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed);

  it("are the same for the same seed and differ between seeds", () => {
    expect(withTypos(QUESTION, 7)).toBe(withTypos(QUESTION, 7));
    expect(new Set(seeds.map((seed) => withTypos(QUESTION, seed))).size).toBeGreaterThan(100);
  });

  it("never touch a digit, a word with one, or the number of words", () => {
    for (const seed of seeds) {
      const changed = withTypos(QUESTION, seed);
      expect(words(changed)).toHaveLength(words(QUESTION).length);
      expect(changed.match(/\S*\d\S*/g)).toEqual(QUESTION.match(/\S*\d\S*/g));
    }
  });

  it("hit about one word of six, by at most one slip", () => {
    const hits = seeds.map((seed) => {
      const changed = words(withTypos(QUESTION, seed));
      const slips = words(QUESTION).flatMap((word, i) =>
        changed[i] === word ? [] : [(changed[i] ?? "").length - word.length],
      );
      expect(slips.every((grown) => Math.abs(grown) <= 1)).toBe(true);
      return slips.length;
    });
    const perWord = hits.reduce((sum, hit) => sum + hit, 0) / seeds.length / words(QUESTION).length;
    expect(perWord).toBeGreaterThan(1 / 9);
    expect(perWord).toBeLessThan(1 / 5);
  });

  it("are of all four kinds: swapped, dropped, doubled, beside", () => {
    const kinds = new Set(
      seeds.flatMap((seed) => {
        const changed = withTypos("nghiep", seed);
        if (changed === "nghiep") return [];
        if (changed.length !== 6) return [changed.length < 6 ? "dropped" : "doubled"];
        return [[...changed].sort().join("") === [..."nghiep"].sort().join("") ? "swapped" : "beside"];
      }),
    );
    expect([...kinds].sort()).toEqual(["beside", "doubled", "dropped", "swapped"]);
  });
});
