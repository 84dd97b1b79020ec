import type { Passage } from "../knowledge/validity.ts";
import { type Bm25Lists, createBm25Builder, type Pause, type WeightedTerm } from "./bm25.ts";
import type { Analyse, Analysed } from "./query.ts";

/** Letters analysed between two pauses: about 10 ms. */
const SLICE = 8_000;

/** Indexes what clauses say, in slices. */
export async function indexClauses(passages: Passage[], analyse: Analyse, pause: Pause): Promise<Bm25Lists> {
  const rest = createRests(pause);
  const builder = createBm25Builder();
  for (const passage of passages) {
    builder.add(bodyTerms(passage, analyse));
    await rest([passage.lead, passage.documentTitle, ...passage.parts.map(({ text }) => text)]);
  }
  return builder.build(pause);
}

/** The sample questions of clauses, those of one clause taken together, and which clauses are asked each, by its bare words. */
export type IndexedQuestions = { lists: Bm25Lists; askedOf: Map<string, number[]> };

/** Indexes what clauses are asked, in slices. */
export async function indexQuestions(
  passages: Passage[],
  analyse: Analyse,
  pause: Pause,
): Promise<IndexedQuestions> {
  const rest = createRests(pause);
  const builder = createBm25Builder();
  const askedOf = new Map<string, number[]>();
  for (const [clause, { questions }] of passages.entries()) {
    const analysed = questions.map(analyse);
    builder.add(analysed.flatMap(({ terms }) => terms));
    for (const question of analysed) {
      const key = bareOf(question);
      askedOf.set(key, [...(askedOf.get(key) ?? []), clause]);
    }
    await rest(questions);
  }
  return { lists: await builder.build(pause), askedOf };
}

/** A question by its bare words. */
export function bareOf({ words }: Analysed): string {
  return words.map(({ plain }) => plain).join(" ");
}

/** The terms of a clause: its own words count full, its heading as much, the document's title a little. */
function bodyTerms(passage: Passage, analyse: Analyse): WeightedTerm[] {
  const fields: [text: string, weight: number][] = [
    [[passage.lead, ...passage.parts.map((part) => part.text)].join(" "), 1],
    [passage.headingPath.join(" "), 1],
    [`${passage.documentTitle} ${passage.document} ${passage.aliases.join(" ")}`, 0.3],
  ];
  return fields.flatMap(([text, weight]) =>
    analyse(text).terms.map((term) => ({ text: term.text, weight: term.weight * weight })),
  );
}

/** Counts letters of work, and pauses when a slice of it is done. */
function createRests(pause: Pause): (done: readonly string[]) => Promise<void> {
  let letters = 0;
  return async (done) => {
    letters += done.reduce((sum, text) => sum + text.length, 0);
    if (letters < SLICE) return;
    letters = 0;
    await pause();
  };
}
