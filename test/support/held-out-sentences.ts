import { buildCorpus } from "../../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../../src/knowledge-files.ts";
import { sentences } from "../../src/text/sentences.ts";

/** Every tenth sentence of the clauses is held out; the rest, headings and sample questions may be learnt from. */
export async function heldOutSentences(): Promise<{ learnt: string[]; heldOut: string[] }> {
  const { passages } = buildCorpus(
    await readKnowledgeFiles(new URL("../../knowledge", import.meta.url).pathname),
  );
  const all = passages.flatMap(({ lead, parts }) =>
    [lead, ...parts.map((part) => part.text)].flatMap(sentences),
  );
  const learnt = [
    ...all.filter((_, i) => i % 10 !== 0),
    ...passages.flatMap(({ questions, headingPath }) => [...questions, ...headingPath]),
  ];
  const known = new Set(learnt);
  return { learnt, heldOut: all.filter((sentence, i) => i % 10 === 0 && !known.has(sentence)) };
}
