import { LRUCache } from "lru-cache";
import type { Glossary } from "../knowledge/catalog.ts";
import type { Corpus } from "../knowledge/corpus.ts";
import { type Analyse, type Analysed, createAnalyse } from "../retrieval/query.ts";
import { createRetriever, type Embed } from "../retrieval/retriever.ts";
import { createFindConcepts } from "../text/concepts.ts";
import { fold } from "../text/fold.ts";
import { createExpand, type Shorthand } from "../text/shorthand.ts";
import { inTurns } from "../text/steps.ts";
import { type Ask, createAsk } from "./answer.ts";
import { readAnswerableSteps } from "./answerable.ts";
import type { Calibration } from "./confidence.ts";
import { readIntentSteps } from "./intent.ts";
import { learnMeaning } from "./meaning.ts";
import type { Rewording } from "./reword.ts";
import { createUnderstand } from "./understand.ts";

/**
 * Makes the answerer for a corpus: text rules from its glossary, an index over its clauses, intents from its samples.
 * `pause` is awaited between slices of the work, so that whoever makes it beside other work holds nothing up.
 */
export async function createAssistant(
  corpus: Corpus,
  embed: Embed,
  clock: () => number,
  calibration: Calibration = corpus.catalog.calibration,
  rewording: Rewording | null = null,
  pause: () => Promise<void> = async () => {},
): Promise<Ask> {
  const { glossary, intents } = corpus.catalog;
  const shorthand = shorthandOf(glossary);
  const synonyms = glossary.synonyms.map((group) => group.terms);
  const expand = createExpand(shorthand);
  const read = createAnalyse(
    expand,
    createFindConcepts([...synonyms, ...places(corpus), ...glossary.elsewhere.map((name) => [name])]),
    createFindConcepts(
      glossary.setting.map((phrase) => [expand(phrase), phrase]),
      "marked",
    ),
    (concept) => concept >= synonyms.length,
  );
  const analyse = rememberingTheLast(read);
  // Only what people wrote: a document that brings no sample questions changes nothing in how messages are read.
  const clauses = corpus.documents.flatMap((document) => document.clauses);
  const readIntent = await inTurns(readIntentSteps(intents, clauses, corpus.golden, expand), pause);
  const answerable = await inTurns(readAnswerableSteps(corpus.passages, corpus.golden, expand), pause);
  const readMeant = await learnMeaning(corpus, shorthand, expand, pause);
  return createAsk({
    understand: createUnderstand(
      intents,
      places(corpus)
        .flat()
        .map(fold)
        .sort((a, b) => b.length - a.length),
      corpus.documents,
      readIntent,
      readMeant,
    ),
    ...(await createRetriever(corpus.passages, analyse, embed, { pause })),
    analyse,
    answerable,
    calibration,
    clock,
    rewording,
  });
}

/** One answer reads its question and the headings of clauses again and again; longer texts seldom come back. */
const TEXTS_KEPT = 1_000;
const LONGEST_KEPT = 200;

function rememberingTheLast(analyse: Analyse): Analyse {
  const kept = new LRUCache<string, Analysed>({ max: TEXTS_KEPT });
  return (text) => {
    const analysed = kept.get(text) ?? analyse(text);
    if (text.length <= LONGEST_KEPT) kept.set(text, analysed);
    return analysed;
  };
}

/** Every short and Southern form of the glossary, as the rewriting takes them. */
export function shorthandOf(glossary: Glossary): Shorthand[] {
  const words = [...glossary.southern, ...glossary.shorthand];
  return [
    ...glossary.abbreviations,
    ...words.map(({ word, standard, only }) => ({ short: word, full: standard, only })),
  ];
}

/** Each place name is a concept of its own, so that "Đông Thạnh" is one thing and not two common syllables. */
function places({ catalog }: Corpus): string[][] {
  const names = catalog.communes
    .flatMap(({ name, formerly }) => [name, ...formerly])
    .map((name) => name.replace(/[[(].*$/, "").trimEnd());
  return [...new Set(names)].filter((name) => name.includes(" ")).map((name) => [name]);
}
