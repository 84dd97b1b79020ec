import { expect, test } from "vitest";
import { createAssistant } from "../../src/answering/assistant.ts";
import { SAMPLES } from "../../src/channels/web-chat/page.tsx";
import { buildCorpus } from "../../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../../src/knowledge-files.ts";
import { createEmbed } from "../../src/providers/embeddings.ts";

test("what a first visitor may tap has an answer", async () => {
  const corpus = buildCorpus(await readKnowledgeFiles("knowledge"));
  const ask = await createAssistant(corpus, {
    embed: await createEmbed(null),
    clock: () => performance.now(),
  });
  const outcomes = await Promise.all(SAMPLES.map((text) => ask({ text, context: [], today: "2026-11-24" })));
  expect(outcomes.map(({ outcome }) => outcome.split("_")[0])).toEqual(SAMPLES.map(() => "answered"));
}, 120_000);
