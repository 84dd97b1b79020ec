import type { Passage } from "./validity.ts";

/** What of a clause is no longer as it was. */
export type ChangedPart = "text" | "heading" | "validity" | "certainty" | "questions";

/** One clause that a new state of the corpus brings, takes or changes; `before` and `after` are null where it does not exist. */
export type ClauseChange = {
  id: string;
  document: string;
  locator: string;
  kind: "added" | "removed" | "changed";
  what: ChangedPart[];
  before: ClauseState | null;
  after: ClauseState | null;
};

/** What a person needs to see of a clause to judge a change. */
export type ClauseState = { text: string; from: string; to: string | null; supersededBy: string | null };

/** Compares two states of the corpus clause by clause, in the order of the new one, removed clauses last. */
export function changesBetween(before: Passage[], after: Passage[]): ClauseChange[] {
  const old = new Map(before.map((passage) => [passage.id, passage]));
  const kept = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((passage) => changeOf(old.get(passage.id) ?? null, passage)),
    ...before.filter(({ id }) => !kept.has(id)).flatMap((passage) => changeOf(passage, null)),
  ];
}

/** Ids of clauses whose earlier citations may mislead now: gone, reworded, or with another span of validity or certainty. */
export function overtaken(changes: ClauseChange[]): string[] {
  return changes
    .filter(({ kind, what }) => kind === "removed" || (kind === "changed" && what.some(MATTERS.has, MATTERS)))
    .map(({ id }) => id);
}

const MATTERS: ReadonlySet<ChangedPart> = new Set(["text", "validity", "certainty"]);

/** The clause in the words that are quoted from it. */
export function clauseText({ lead, parts }: Pick<Passage, "lead" | "parts">): string {
  const items = parts.map((part) => (part.locator ? `${part.locator}) ${part.text}` : part.text));
  return [lead, ...items].filter((line) => line !== "").join("\n");
}

function changeOf(before: Passage | null, after: Passage | null): ClauseChange[] {
  const shown = after ?? before;
  const what = before && after ? differences(before, after) : [];
  if (!shown || (before && after && what.length === 0)) return [];
  return [
    {
      id: shown.id,
      document: shown.document,
      locator: shown.locator,
      kind: before ? (after ? "changed" : "removed") : "added",
      what,
      before: before && stateOf(before),
      after: after && stateOf(after),
    },
  ];
}

function differences(before: Passage, after: Passage): ChangedPart[] {
  const told: [part: ChangedPart, of: (passage: Passage) => unknown][] = [
    ["text", clauseText],
    ["heading", (passage) => [passage.headingPath, passage.documentTitle, passage.issuer]],
    ["validity", (passage) => [passage.from, passage.to, passage.supersededBy]],
    ["certainty", (passage) => [passage.certainty, passage.verifiedBy]],
    ["questions", (passage) => passage.questions],
  ];
  return told
    .filter(([, of]) => JSON.stringify(of(before)) !== JSON.stringify(of(after)))
    .map(([part]) => part);
}

function stateOf(passage: Passage): ClauseState {
  const { from, to, supersededBy } = passage;
  return { text: clauseText(passage), from, to, supersededBy };
}
