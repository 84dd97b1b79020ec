import { type Passage, validityAt } from "./validity.ts";

/** Where a whole document stands on a day. */
export type Standing = "in-force" | "not-yet" | "replaced" | "expired";

/** A document is in force while one of its clauses is; one whose clauses ended was replaced when another ended them. */
export function standingAt(clauses: Pick<Passage, "from" | "to" | "supersededBy">[], day: string): Standing {
  const found = new Set(clauses.map((clause) => validityAt(clause, day)));
  if (found.has("in-force")) return "in-force";
  if (found.has("not-yet")) return "not-yet";
  return clauses.some(({ supersededBy }) => supersededBy) ? "replaced" : "expired";
}
