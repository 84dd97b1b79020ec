import type { Amendment, Clause, PolicyDocument } from "./document.ts";
import { slug } from "../text/fold.ts";

/** A clause with its document, and its own span of validity after every amendment in the corpus. */
export type Passage = Clause & {
  document: string;
  documentTitle: string;
  issuer: string;
  source: string;
  file: string;
  documentTopics: PolicyDocument["topics"];
  aliases: string[];
  /** The document that ended this clause before its own document ended, or null. */
  supersededBy: string | null;
};

export type Validity = "in-force" | "not-yet" | "ended";

/** Where a passage stands on an ISO day: `from` is its first day, `to` the first day on which it no longer applies. */
export function validityAt(passage: Pick<Passage, "from" | "to">, day: string): Validity {
  if (day < passage.from) return "not-yet";
  return passage.to !== null && day >= passage.to ? "ended" : "in-force";
}

/** Brings the clauses of all documents together and lets each amendment end what it replaces. */
export function toPassages(documents: PolicyDocument[]): Passage[] {
  const endings = new Map<string, (Amendment & { by: string })[]>();
  for (const document of documents) {
    for (const amendment of document.amends) {
      const key = slug(amendment.document);
      endings.set(key, [...(endings.get(key) ?? []), { ...amendment, by: document.number }]);
    }
  }
  return documents.flatMap((document) =>
    document.clauses.map((clause) => withEnding(toPassage(document, clause), endings.get(slug(document.number)) ?? [])),
  );
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
    supersededBy: null,
  };
}

function withEnding(passage: Passage, amendments: (Amendment & { by: string })[]): Passage {
  return amendments.reduce((current, amendment) => {
    const ends = ended(current, amendment) && (current.to === null || amendment.from <= current.to);
    return ends ? { ...current, to: amendment.from, supersededBy: amendment.by } : current;
  }, passage);
}

/** An amended clause no longer stands as it was written; a document amended elsewhere keeps its other clauses. */
function ended(passage: Passage, amendment: Amendment): boolean {
  if (!amendment.clause) return amendment.effect !== "amends";
  const target = slug(amendment.clause);
  const own = slug(passage.locator);
  return own === target || own.startsWith(`${target}-`);
}
