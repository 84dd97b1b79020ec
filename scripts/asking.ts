import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Answer } from "../src/answering/answer.ts";
import { createAssistant } from "../src/answering/assistant.ts";
import type { Config } from "../src/config.ts";
import { buildCorpus } from "../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../src/knowledge-files.ts";
import { commandSocket } from "../src/own-files.ts";
import { createEmbed } from "../src/providers/embeddings.ts";
import { todayInVietnam } from "../src/today.ts";
import { openLibraryCall } from "./library-call.ts";
import { isRunning } from "./local-call.ts";

/** Answers from what is in force. */
export type Asking = { ask(text: string, context: string[]): Promise<Answer>; close(): Promise<void> };

/** Through the running service or the database; where there is neither yet, from the folder that a new database would start from. */
export async function openAsking(config: Config): Promise<Asking> {
  const hasKnowledge =
    config.databaseUrl !== null ||
    ["postgres", "postgres-location"].some((name) => existsSync(join(config.dataDir, name))) ||
    (await isRunning(commandSocket(config.dataDir)));
  return hasKnowledge ? fromDatabase(config) : fromFolder(config);
}

async function fromDatabase(config: Config): Promise<Asking> {
  const call = await openLibraryCall(config);
  return {
    ask: async (text, context) => (await call.post("/commands/ask", { text, context })) as Answer,
    close: call.close,
  };
}

async function fromFolder(config: Config): Promise<Asking> {
  const corpus = buildCorpus(await readKnowledgeFiles(config.knowledgeDir));
  for (const { file, reason } of corpus.refused) console.error(`Bỏ qua ${file}: ${reason}`);
  const embed = await createEmbed(config.embeddings);
  const ask = await createAssistant(corpus, { embed, clock: () => performance.now() });
  return { ask: (text, context) => ask({ text, context, today: todayInVietnam() }), close: async () => {} };
}
