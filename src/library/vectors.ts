import { createHash } from "node:crypto";
import type { VectorStore } from "../db/vectors.ts";
import type { Embed } from "../retrieval/retriever.ts";

/** Vectors that are worked out once and kept; `model` tells which model made them. */
export type KeptVectors = {
  /** Embeds the texts that are not known yet, and returns which those were. Throws when the model cannot be reached. */
  learn(texts: string[]): Promise<Set<string>>;
  /** Serves kept vectors for the given texts, and asks the model for any other text without keeping it. */
  over(texts: string[]): Promise<Embed>;
};

const BATCH = 64;

export function keepVectors(store: VectorStore, model: string, embed: Embed): KeptVectors {
  return { learn, over };

  async function learn(texts: string[]): Promise<Set<string>> {
    const wanted = new Map(texts.map((text) => [hashOf(text), text]));
    const known = await store.find(model, [...wanted.keys()]);
    const missing = [...wanted].filter(([hash]) => !known.has(hash));
    for (let i = 0; i < missing.length; i += BATCH) {
      const batch = missing.slice(i, i + BATCH);
      const vectors = await embed(batch.map(([, text]) => text));
      await store.save(model, new Map(batch.map(([hash], n) => [hash, vectors[n] ?? []])));
    }
    return new Set(missing.map(([, text]) => text));
  }

  async function over(texts: string[]): Promise<Embed> {
    await learn(texts);
    const byHash = await store.find(model, texts.map(hashOf));
    const kept = new Map(texts.map((text) => [text, byHash.get(hashOf(text))]));
    return async (asked) => {
      const unknown = asked.filter((text) => !kept.get(text));
      const fresh = unknown.length > 0 ? await embed(unknown) : [];
      const made = new Map(unknown.map((text, i) => [text, fresh[i] ?? []]));
      return asked.map((text) => kept.get(text) ?? made.get(text) ?? []);
    };
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
