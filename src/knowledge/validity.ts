import { slug } from "../text/fold.ts";
import type { Amendment, Clause, PolicyDocument } from "./document.ts";
import { type Locator, readLocators } from "./structure.ts";

/** A clause with its document, and its own span of validity after every amendment in the corpus. */
export type Passage = Clause & {
  document: string;
  documentTitle: string;
  issuer: string;
  source: string;
  file: string;
  documentTopics: PolicyDocument["topics"];
  aliases: string[];
  /** Numbers of the documents that this one replaces or amends. */
  replaces: string[];
  /** The document that ended this clause before its own document ended, or null. */
  supersededBy: string | null;
  /** That document and those which changed it since: where the rule of this clause stands today. */
  successors: string[];
};

export type Validity = "in-force" | "not-yet" | "ended";

/** Where a passage stands on an ISO day: `from` is its first day, `to` the first day on which it no longer applies. */
export function validityAt(passage: Pick<Passage, "from" | "to">, day: string): Validity {
  if (day < passage.from) return "not-yet";
  return passage.to !== null && day >= passage.to ? "ended" : "in-force";
}

type Ending = Amendment & { amender: string };

/** Brings the clauses of all documents together and lets each amendment end what it replaces. */
export function toPassages(documents: PolicyDocument[]): Passage[] {
  const endings = new Map<string, Ending[]>();
  for (const document of documents) {
    for (const amendment of document.amends) {
      const key = slug(amendment.document);
      endings.set(key, [...(endings.get(key) ?? []), { ...amendment, amender: document.number }]);
    }
  }
  return documents.flatMap((document) => {
    const own = (endings.get(slug(document.number)) ?? []).sort((a, b) => (a.from < b.from ? -1 : 1));
    return document.clauses
      .flatMap((clause) => versions(toPassage(document, clause), document.effective, own))
      .map((passage) => ({ ...passage, successors: successorsOf(passage.supersededBy, endings) }));
  });
}

function successorsOf(first: string | null, endings: Map<string, Ending[]>): string[] {
  const found = new Set<string>();
  const follow = (number: string) => {
    if (found.has(number)) return;
    found.add(number);
    for (const { amender } of endings.get(slug(number)) ?? []) follow(amender);
  };
  if (first) follow(first);
  return [...found];
}

function toPassage(document: PolicyDocument, clause: Clause): Passage {
  return {
    ...clause,
    document: document.number,
    documentTitle: document.title,
    issuer: document.issuer,
    source: document.source,
    file: document.file,
    documentTopics: document.topics,
    aliases: document.aliases,
    replaces: [...new Set(document.amends.map((amendment) => amendment.document))],
    supersededBy: null,
    successors: [],
  };
}

/** The clause as first written up to its end; and what an amended point leaves of it stands on from that day. */
function versions(passage: Passage, effective: string, endings: Ending[]): Passage[] {
  let past: Passage[] = [];
  let current = passage;
  for (const ending of endings) {
    const isNewText = passage.from > effective && passage.from >= ending.from;
    const isOver = current.to !== null && ending.from > current.to;
    const scope = isNewText || isOver ? "none" : scopeOf(passage, ending);
    if (scope === "none") continue;
    if (scope === "named") {
      current = current.to === ending.from ? { ...current, supersededBy: ending.amender } : current;
      continue;
    }
    const ended = { ...current, to: ending.from, supersededBy: ending.amender };
    const isSameDay = past.length > 0 && current.from === ending.from;
    const before = isSameDay ? past : [...past, ended];
    if (scope === "whole") return before;
    const parts = current.parts.filter((part) => part.locator !== scope.point);
    if (parts.length === current.parts.length) continue;
    if (parts.length === 0) return before;
    past = before;
    current = { ...current, id: `${passage.id}@${ending.from}`, from: ending.from, parts };
  }
  return [...past, current];
}

/**
 * What of a clause an amendment ends. A document amended elsewhere keeps its clauses;
 * the amendment only gives its name to those whose own end falls on its day.
 */
function scopeOf(
  passage: Passage,
  { clause, effect }: Amendment,
): "whole" | "named" | "none" | { point: string } {
  if (!clause) return effect === "amends" ? "named" : "whole";
  const target = readLocators(clause);
  if (target.length === 0 || isAnnexed(passage))
    return slug(clause) === slug(passage.locator) ? "whole" : "none";
  const own = ownSteps(passage);
  const missing = target.filter((step) => !own.has(keyOf(step)));
  if (missing.length === 0) return isAnchored(target, own) ? "whole" : "none";
  const point = missing.length === 1 && missing[0]?.level === "diem" ? missing[0].number : null;
  return point && target.length > 1 ? { point: `điểm ${point}` } : "none";
}

/** Whether a clause is, or stands below, the place that a text such as "Điều 9 khoản 2" names. */
export function isUnder(passage: Passage, clause: string): boolean {
  return scopeOf(passage, { document: "", clause, effect: "replaces", from: passage.from }) === "whole";
}

/** An annexed regulation has a Điều 5 of its own, which an amendment of the document's Điều 5 leaves alone. */
function isAnnexed({ headingPath: [top = "", ...below] }: Passage): boolean {
  const isArticle = (heading: string) => readLocators(heading).some(({ level }) => level === "dieu");
  return readLocators(top).length === 0 && below.some(isArticle);
}

/** "Khoản 2" alone names one clause only where no Điều stands above it. */
function isAnchored(target: Locator[], own: Map<string, Locator>): boolean {
  const level = target[0]?.level;
  if (level !== "khoan" && level !== "diem") return true;
  return ![...own.values()].some((step) => step.level === "dieu");
}

function ownSteps(passage: Passage): Map<string, Locator> {
  const steps = [...passage.headingPath.flatMap(readLocators), ...readLocators(passage.locator)];
  return new Map(steps.map((step) => [keyOf(step), step]));
}

function keyOf({ level, number }: Locator): string {
  return `${level} ${number.toLowerCase()}`;
}
