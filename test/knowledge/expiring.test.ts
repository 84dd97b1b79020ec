import { describe, expect, it } from "vitest";
import { expiringWithin } from "../../src/knowledge/expiring.ts";
import { toPassages } from "../../src/knowledge/validity.ts";
import { parse } from "./documents.ts";

const ending = (number: string, expires: string, effective = "2024-01-01") =>
  parse("## Điều 1. Mức\nMức là 5 triệu đồng.", { number, expires, effective });

const soon = (...documents: ReturnType<typeof ending>[]) =>
  expiringWithin(toPassages(documents), "2026-10-10").map(({ document }) => document);

describe("what expires soon", () => {
  it("lists what ends within 90 days, the soonest first", () => {
    expect(soon(ending("1/2024/QĐ", "2026-12-31"), ending("2/2024/QĐ", "2026-10-11"))).toEqual([
      "2/2024/QĐ",
      "1/2024/QĐ",
    ]);
  });

  it("counts the ninetieth day and not the one after", () => {
    expect(soon(ending("1/2024/QĐ", "2027-01-08"), ending("2/2024/QĐ", "2027-01-09"))).toEqual(["1/2024/QĐ"]);
  });

  it("leaves out what ended already, what has not begun and what has no end", () => {
    expect(
      soon(
        ending("1/2024/QĐ", "2026-10-10"),
        ending("2/2024/QĐ", "2026-12-01", "2026-11-01"),
        ending("3/2024/QĐ", "null"),
      ),
    ).toEqual([]);
  });
});
