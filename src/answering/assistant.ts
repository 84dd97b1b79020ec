import { LRUCache } from "lru-cache";
import type { Glossary } from "../knowledge/catalog.ts";
import type { Corpus } from "../knowledge/corpus.ts";
import { type Keep, keepNothing } from "../knowledge/keep.ts";
import { type Analyse, type Analysed, createAnalyse } from "../retrieval/query.ts";
import { createRetriever, type Embed } from "../retrieval/retriever.ts";
import { createFindConcepts, type FindConcepts } from "../text/concepts.ts";
import { fold } from "../text/fold.ts";
import { createExpand, type Shorthand } from "../text/shorthand.ts";
import { inTurns } from "../text/steps.ts";
import { syllables } from "../text/syllables.ts";
import { type Ask, createAsk } from "./answer.ts";
import { answerableSteps, createReadAnswerable } from "./answerable.ts";
import type { Calibration } from "./confidence.ts";
import { createReadIntent, intentSteps } from "./intent.ts";
import { createReadMessage, learnWords } from "./meaning.ts";
import type { Rewording } from "./reword.ts";
import { createUnderstand } from "./understand.ts";

/** What an answerer works with beside its corpus. */
export type AssistantParts = {
  embed: Embed;
  /** Milliseconds, for the timings of the trace. */
  clock: () => number;
  calibration?: Calibration;
  rewording?: Rewording | null;
  /** Awaited between slices of the work, so that whoever makes it beside other work holds nothing up. */
  pause?: () => Promise<void>;
  keep?: Keep;
};

/** Makes the answerer for a corpus: text rules from its glossary, an index over its clauses, intents from its samples. */
export async function createAssistant(
  corpus: Corpus,
  {
    embed,
    clock,
    calibration = corpus.catalog.calibration,
    rewording = null,
    pause = async () => {},
    keep = keepNothing,
  }: AssistantParts,
): Promise<Ask> {
  const { golden, passages } = corpus;
  const { glossary, intents } = corpus.catalog;
  const shorthand = shorthandOf(glossary);
  const expand = createExpand(shorthand);
  const analyse = rememberingTheLast(readingOf(corpus, expand));
  // Only what people wrote: a document that brings no sample questions changes nothing in how messages are read.
  const clauses = corpus.documents.flatMap((document) => document.clauses);
  const intent = await keep("intents", () => inTurns(intentSteps(intents, clauses, golden, expand), pause));
  const answerable = await keep("answerable", () =>
    inTurns(answerableSteps(passages, golden, expand), pause),
  );
  const words = await keep("words", () => learnWords(corpus, expand, pause));
  return createAsk({
    understand: createUnderstand(
      intents,
      places(corpus)
        .flat()
        .map(fold)
        .sort((a, b) => b.length - a.length),
      corpus.documents,
      createReadIntent(intent, intents, expand),
      createReadMessage(words, shorthand),
    ),
    ...(await createRetriever(passages, analyse, embed, { pause, keep })),
    analyse,
    answerable: createReadAnswerable(answerable, expand),
    calibration,
    clock,
    rewording,
  });
}

/** How texts of this corpus are read: its synonyms and places are concepts, its phrases that set the scene are not counted. */
function readingOf(corpus: Corpus, expand: (text: string) => string): Analyse {
  const { synonyms, elsewhere, setting } = corpus.catalog.glossary;
  const groups = synonyms.map((group) => group.terms);
  return createAnalyse(
    expand,
    createFindConcepts([...groups, ...places(corpus), ...elsewhere.map((name) => [name])]),
    findSettingOf(setting.map((phrase) => [expand(phrase), phrase])),
    (concept) => concept >= groups.length,
  );
}

/** So many syllables are no other phrase when their marks are left out; "vậy" would be "vay". */
const TELLING_WITHOUT_MARKS = 3;

function findSettingOf(groups: string[][]): FindConcepts {
  const isLong = (group: string[]) =>
    group.every((phrase) => syllables(phrase).length >= TELLING_WITHOUT_MARKS);
  const findLong = createFindConcepts(groups.filter(isLong));
  const findAny = createFindConcepts(groups, "marked");
  return (words) => [...findLong(words), ...findAny(words)];
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
