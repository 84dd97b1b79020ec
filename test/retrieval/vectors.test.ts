import { describe, expect, it } from "vitest";
import { hashedVector } from "../../src/retrieval/hashing.ts";
import { createVectorIndex } from "../../src/retrieval/vectors.ts";
import { syllables } from "../../src/text/syllables.ts";

const vectorOf = (text: string) => hashedVector(syllables(text));
const TEXTS = ["vay vốn không cần tài sản bảo đảm", "hồ sơ thành lập hợp tác xã", "lúa bị thiệt hại do bão"];

describe("the vector index", () => {
  const index = createVectorIndex(TEXTS.map(vectorOf));

  it("runs on hnswlib where it could be built, as on every machine of ours", () => {
    expect(index.engine).toBe("hnswlib");
  });

  it("finds the nearest text, a misspelt one too", () => {
    expect(index.search(vectorOf("ho so thanh lạp hop tác xa"), 1)[0]?.id).toBe(1);
  });

  it("gives cosine similarities, the nearest first", () => {
    const found = index.search(vectorOf(TEXTS[2] ?? ""), 3);
    expect(found[0]).toMatchObject({ id: 2, similarity: expect.closeTo(1, 4) });
    expect(found.map(({ similarity }) => similarity)).toEqual(
      found.map(({ similarity }) => similarity).sort((a, b) => b - a),
    );
  });

  it("gives no more than it holds", () => {
    expect(index.search(vectorOf("vay"), 50)).toHaveLength(TEXTS.length);
  });

  it("refuses what the native library would swallow", () => {
    expect(() => createVectorIndex([[1, Number.NaN]])).toThrow();
    expect(() => createVectorIndex([[1, 0], [1]])).toThrow();
    expect(index.search([Number.NaN], 1)).toEqual([]);
  });

  it("stands empty over nothing", () => {
    expect(createVectorIndex([]).search([1], 3)).toEqual([]);
  });
});

describe("a hashed vector", () => {
  it("has length one, and the zero text the zero vector", () => {
    expect(Math.hypot(...vectorOf("vay vốn"))).toBeCloseTo(1);
    expect(Math.hypot(...vectorOf(""))).toBe(0);
  });

  it("is the same with and without marks", () => {
    expect(vectorOf("hợp tác xã")).toEqual(vectorOf("hop tac xa"));
  });
});
