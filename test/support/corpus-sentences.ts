import { join } from "node:path";
import { buildCorpus } from "../../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../../src/knowledge-files.ts";
import { sentences } from "../../src/text/sentences.ts";

/** A sentence of the real corpus with the clause it stands in. */
export type Told = { sentence: string; id: string; text: string; lines: string[] };

const KNOWLEDGE = join(import.meta.dirname, "../../knowledge");

/** Every sentence and bullet of every clause, short enough to be an answer. */
export async function corpusSentences(): Promise<Told[]> {
  const { passages } = buildCorpus(await readKnowledgeFiles(KNOWLEDGE));
  return passages.flatMap(({ id, lead, parts }) => {
    const text = [lead, ...parts.map((part) => part.text)].filter((line) => line !== "").join("\n");
    const lines = sentences(text);
    return lines.filter(({ length }) => length <= 400).map((sentence) => ({ sentence, id, text, lines }));
  });
}
