import type { Embeddings } from "@langchain/core/embeddings";
import { OpenAIEmbeddings } from "@langchain/openai";
import type { Embed } from "../retrieval/retriever.ts";
import { LocalEmbeddings } from "./local-embeddings.ts";

export type EmbeddingSettings = { baseUrl: string; name: string; apiKey: string | null };

/** A server that does not answer within this time is passed over; the question is then ranked by words alone. */
const TIMEOUT_MS = 5000;

/** The embeddings in use: an OpenAI-compatible server when one is set, else the embedded vectors. */
export function createEmbeddings(settings: EmbeddingSettings | null): Embeddings {
  if (!settings) return new LocalEmbeddings();
  return new OpenAIEmbeddings({
    model: settings.name,
    apiKey: settings.apiKey ?? "none",
    configuration: { baseURL: settings.baseUrl },
    timeout: TIMEOUT_MS,
    maxRetries: 0,
  });
}

/** What the retriever calls: vectors of unit length, as its index expects. */
export function createEmbed(settings: EmbeddingSettings | null): Embed {
  const embeddings = createEmbeddings(settings);
  return async (texts) => (await embeddings.embedDocuments(texts)).map(toUnit);
}

function toUnit(vector: number[]): number[] {
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector : vector.map((value) => value / norm);
}
