import type { Database } from "./database.ts";

/** Vectors that were worked out once, by model and SHA-256 of the text. */
export class VectorStore {
  constructor(private readonly database: Database) {}

  /** Those that are known, by hash. */
  async find(model: string, hashes: string[]): Promise<Map<string, number[]>> {
    const { rows } = await this.database.pool.query<{ hash: string; vector: Buffer }>(
      "select hash, vector from vectors where model = $1 and hash = any($2::text[])",
      [model, hashes],
    );
    return new Map(rows.map(({ hash, vector }) => [hash, fromBytes(vector)]));
  }

  async save(model: string, vectors: Map<string, number[]>): Promise<void> {
    await this.database.pool.query(
      `insert into vectors (model, hash, vector)
       select $1, hash, vector from unnest($2::text[], $3::bytea[]) as made (hash, vector) on conflict do nothing`,
      [model, [...vectors.keys()], [...vectors.values()].map(toBytes)],
    );
  }
}

function toBytes(vector: number[]): Buffer {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [i, value] of vector.entries()) bytes.writeFloatLE(value, i * 4);
  return bytes;
}

function fromBytes(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}
