import { expect, it } from "vitest";
import { standingAt } from "../../src/knowledge/standing.ts";

const clause = (from: string, to: string | null, supersededBy: string | null = null) => ({
  from,
  to,
  supersededBy,
});
const TODAY = "2026-11-25";

it.each([
  ["in-force", [clause("2025-01-01", null), clause("2020-01-01", "2024-01-01", "5/NĐ")]],
  ["not-yet", [clause("2027-01-01", null), clause("2020-01-01", "2024-01-01")]],
  ["replaced", [clause("2020-01-01", "2024-01-01", "5/NĐ"), clause("2020-01-01", "2023-01-01")]],
  ["expired", [clause("2020-01-01", "2026-11-25")]],
] as const)("a document is %s", (standing, clauses) => {
  expect(standingAt([...clauses], TODAY)).toBe(standing);
});
