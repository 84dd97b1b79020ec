import type { Embeddings } from "@langchain/core/embeddings";
import type { Embed } from "../retrieval/retriever.ts";
import { LocalEmbeddings } from "./local-embeddings.ts";

export type EmbeddingSettings = { baseUrl: string; name: string; apiKey: string | null };

/** A server that does not answer within this time is passed over; the question is then ranked by words alone. */
const TIMEOUT_MS = 5000;

/** The embeddings in use: an OpenAI-compatible server when one is set, else the embedded vectors. */
async function createEmbeddings(settings: EmbeddingSettings | null): Promise<Embeddings> {
  if (!settings) return new LocalEmbeddings();
  // Loading it takes a second of every start, and most installations never call it.
  const { OpenAIEmbeddings } = await import("@langchain/openai");
  return new OpenAIEmbeddings({
    model: settings.name,
    apiKey: settings.apiKey ?? "none",
    configuration: { baseURL: settings.baseUrl },
    timeout: TIMEOUT_MS,
    maxRetries: 0,
  });
}

/** What the retriever calls: vectors of unit length, as its index expects. */
export async function createEmbed(settings: EmbeddingSettings | null): Promise<Embed> {
  const embeddings = await createEmbeddings(settings);
  return async (texts) => (await embeddings.embedDocuments(texts)).map(toUnit);
}

function toUnit(vector: number[]): number[] {
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector : vector.map((value) => value / norm);
}
