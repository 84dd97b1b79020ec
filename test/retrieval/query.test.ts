import { describe, expect, it } from "vitest";
import { createAnalyse } from "../../src/retrieval/query.ts";
import { createFindConcepts } from "../../src/text/concepts.ts";

const analyse = createAnalyse(
  (text) => text,
  createFindConcepts([["vay", "mượn"]]),
  createFindConcepts([["vậy"], ["lúa"]], "marked"),
);

describe("what only sets the scene", () => {
  it("is told by its marks, so that a loan is no particle", () => {
    expect([...analyse("lúa trúng mùa vậy").setting]).toEqual(["lua", "vay"]);
    expect([...analyse("vay vốn trồng lúa").setting]).toEqual(["lua"]);
  });

  it("is nothing that stands for something else in the same text", () => {
    expect(analyse("vay vốn vậy").setting.size).toBe(0);
  });
});
