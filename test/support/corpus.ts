import type { Answer, Ask } from "../../src/answering/answer.ts";
import { createAssistant } from "../../src/answering/assistant.ts";
import { buildCorpus, type Corpus, type KnowledgeFile } from "../../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../../src/knowledge-files.ts";
import { createEmbed } from "../../src/providers/embeddings.ts";

export const TODAY = "2026-11-25";

/** The knowledge folder as it stands. */
export async function ownFiles(): Promise<KnowledgeFile[]> {
  return readKnowledgeFiles(new URL("../../knowledge", import.meta.url).pathname);
}

/** The catalog of the knowledge folder over documents of a test's own; the golden set stays out. */
export async function corpusOf(documents: Record<string, string>): Promise<Corpus> {
  const catalog = (await ownFiles()).filter(({ path }) => !/^(documents|golden)\//.test(path));
  const own = Object.entries(documents).map(([name, text]) => ({ path: `documents/${name}.md`, text }));
  return buildCorpus([...catalog, ...own]);
}

export async function assistantOf(corpus: Corpus): Promise<Ask> {
  return createAssistant(corpus, { embed: await createEmbed(null), clock: () => 0 });
}

/** Asks as a member would today, or on another day. */
export function asker(ask: Ask): (text: string, context?: string[], today?: string) => Promise<Answer> {
  return (text, context = [], today = TODAY) => ask({ text, context, today });
}
