import { Embeddings } from "@langchain/core/embeddings";
import { hashedVector } from "../retrieval/hashing.ts";
import { syllables } from "../text/syllables.ts";

/** The embedded vectors: no model, no download, no network. */
export class LocalEmbeddings extends Embeddings {
  constructor() {
    super({});
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    return texts.map((text) => hashedVector(syllables(text)));
  }

  override async embedQuery(text: string): Promise<number[]> {
    return hashedVector(syllables(text));
  }
}
