import { slug } from "../text/fold.ts";
import { sentences } from "../text/sentences.ts";
import { syllables } from "../text/syllables.ts";
import type { PolicyDocument } from "./document.ts";
import { readLocators } from "./structure.ts";
import { isUnder, type Passage } from "./validity.ts";

/**
 * Gives clauses that nobody wrote sample questions for those that their own words answer: their heading and their first
 * sentence; and a clause that took the place of another one is also asked what that one was asked.
 */
export function withNaturalQuestions(passages: Passage[], documents: PolicyDocument[]): Passage[] {
  const natural = passages.map((passage) =>
    passage.questions.length > 0 || passage.certainty === "unknown"
      ? passage
      : { ...passage, questions: ownQuestions(passage) },
  );
  const inherited = new Map<string, string[]>();
  for (const [i, old] of passages.entries()) {
    const heir = heirOf(old, passages, documents);
    const questions = natural[i]?.questions ?? [];
    if (heir && heir.questions.length === 0)
      inherited.set(heir.id, [...(inherited.get(heir.id) ?? []), ...questions]);
  }
  return natural.map((passage) => {
    const more = inherited.get(passage.id) ?? [];
    return more.length === 0
      ? passage
      : { ...passage, questions: [...new Set([...more, ...passage.questions])] };
  });
}

/** "Hồ sơ" is asked of every document; with the title of its own it is asked of this one. */
function ownQuestions({ headingPath, documentTitle, lead, parts }: Passage): string[] {
  const heading = headingPath.at(-1) ?? "";
  const title = readLocators(heading).at(-1)?.title ?? heading;
  const first = sentences(lead)[0] ?? parts[0]?.text ?? "";
  const own = [...new Set([title, first])].filter((text) => text.length >= 3);
  return [...own, ...own.map((text) => `${text} ${documentTitle}`)];
}

/** The clause that says now what a replaced one said: below the place that replaced it, the nearest to its words. */
function heirOf(old: Passage, passages: Passage[], documents: PolicyDocument[]): Passage | null {
  if (!old.supersededBy) return null;
  const amendment = documents
    .find(({ number }) => number === old.supersededBy)
    ?.amends.find(
      (each) => slug(each.document) === slug(old.document) && each.clause && isUnder(old, each.clause),
    );
  if (!amendment) return null;
  const candidates = passages.filter(
    (passage) => passage.document === old.supersededBy && (!amendment.by || isUnder(passage, amendment.by)),
  );
  const words = new Set(wordsOf(old));
  const shared = (passage: Passage) => new Set(wordsOf(passage).filter((word) => words.has(word))).size;
  return candidates.reduce<Passage | null>(
    (best, passage) => (best === null || shared(passage) > shared(best) ? passage : best),
    null,
  );
}

function wordsOf({ lead, parts }: Passage): string[] {
  return syllables([lead, ...parts.map((part) => part.text)].join(" ")).map((syllable) => syllable.plain);
}
