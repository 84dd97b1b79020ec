import type { Glossary } from "../knowledge/catalog.ts";
import type { Corpus } from "../knowledge/corpus.ts";
import { createAnalyse } from "../retrieval/query.ts";
import { createRetriever, type Embed } from "../retrieval/retriever.ts";
import { createFindConcepts } from "../text/concepts.ts";
import { createExpand, type Shorthand } from "../text/shorthand.ts";
import { type Ask, createAsk } from "./answer.ts";
import type { Calibration } from "./confidence.ts";
import { createReadIntent } from "./intent.ts";
import { createUnderstand } from "./understand.ts";

/** Fitted on the building part of the golden set; `npm run evaluate` prints what it gives. */
const CALIBRATION: Calibration = {
  bias: -4.2,
  weights: { score: 5, coverage: 3.2, likeness: 3, margin: 1.2, fits: 0.8 },
};
const THRESHOLD = 0.5;

/** Makes the answerer for a corpus: text rules from its glossary, an index over its clauses, intents from its samples. */
export async function createAssistant(corpus: Corpus, embed: Embed, clock: () => number): Promise<Ask> {
  const { glossary, intents } = corpus.catalog;
  const expand = createExpand(shorthandOf(glossary));
  const analyse = createAnalyse(expand, createFindConcepts(glossary.synonyms.map((group) => group.terms)));
  const readIntent = createReadIntent(intents, corpus.passages, corpus.golden, expand);
  return createAsk({
    understand: createUnderstand(intents, corpus.documents, readIntent),
    retrieve: await createRetriever(corpus.passages, analyse, embed),
    analyse,
    calibration: CALIBRATION,
    threshold: THRESHOLD,
    clock,
  });
}

/** Every short and Southern form of the glossary, as the rewriting takes them. */
export function shorthandOf(glossary: Glossary): Shorthand[] {
  const words = [...glossary.southern, ...glossary.shorthand];
  return [...glossary.abbreviations, ...words.map(({ word, standard, only }) => ({ short: word, full: standard, only }))];
}
