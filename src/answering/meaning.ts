import type { Corpus } from "../knowledge/corpus.ts";
import { createBigrams, type WordCounts } from "../text/bigrams.ts";
import { createReadMeant, type ReadMeant } from "../text/meant.ts";
import { countTexts, createRestore } from "../text/restore.ts";
import { createFindShort, type Expand, type Shorthand, shortForms } from "../text/shorthand.ts";

/** Learns the language of a corpus and of its members. */
export async function learnWords(
  corpus: Corpus,
  expand: Expand,
  pause: () => Promise<void>,
): Promise<WordCounts> {
  return countTexts(linesOf(corpus, expand), pause);
}

/** With the language that was learnt, a message can be read as it was meant. */
export function createReadMessage(learnt: WordCounts, shorthand: Shorthand[]): ReadMeant {
  const all = shortForms(shorthand);
  const find = createFindShort(all);
  return createReadMeant(createRestore(createBigrams(learnt), { all, find }), find);
}

/** All that is written in the corpus and all that members are known to write, with short forms written out. */
function* linesOf({ passages, catalog, golden }: Corpus, expand: Expand): Generator<string> {
  for (const { lead, parts, headingPath, documentTitle, aliases, questions } of passages) {
    const lines = [
      lead,
      ...parts.map((part) => part.text),
      ...headingPath,
      documentTitle,
      ...aliases,
      ...questions,
    ];
    yield lines.map(expand).join("\n");
  }
  const { topics, agencies, communes, glossary, intents, opinions } = catalog;
  yield topics
    .flatMap(({ name, phrases }) => [name, ...phrases])
    .map(expand)
    .join("\n");
  yield agencies
    .flatMap(({ name, formerly, handles }) => [name, ...formerly, handles])
    .map(expand)
    .join("\n");
  yield communes.flatMap(({ name, kind, formerly }) => [`${kind} ${name}`, ...formerly]).join("\n");
  yield glossary.synonyms
    .flatMap(({ terms }) => terms)
    .map(expand)
    .join("\n");
  yield [...glossary.southern.map(({ word }) => word), ...glossary.setting].join("\n");
  yield [...intents.followUps, ...intents.openings, ...Object.values(intents.examples).flat()]
    .map(expand)
    .join("\n");
  yield opinions.samples.map(({ text }) => expand(text)).join("\n");
  yield golden
    .filter(({ split }) => split === "build")
    .map(({ text }) => expand(text))
    .join("\n");
}
