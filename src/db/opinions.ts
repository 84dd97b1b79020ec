import type pg from "pg";
import { Deadlines } from "../knowledge/catalog.ts";
import { createOfficeTime, type OfficeTime } from "../petitions/clock.ts";
import type { Opinion } from "../petitions/opinions.ts";
import type { Database } from "./database.ts";
import { refreshDues } from "./petition-changes.ts";

/** An opinion with the key under which it is stored once and never again. */
export type KeyedOpinion = Opinion & { originKey: string };

export type ImportedFile = { name: string; hash: string; by: number | null };
export type ImportCounts = { rows: number; added: number; known: number; refused: number };

/** Told after each committed chunk. */
export type Progress = (done: number, total: number) => void;

const CHUNK = 500;
const LOCK = 4_815_163;
/** Two codes of one chunk or of years before may be the same; a third draw in a row that fails means that codes ran out. */
const DRAWS = 10;

/** Opinions collected on paper: petitions without a conversation, and the ledger of the files they came in. */
export class OpinionStore {
  constructor(
    private readonly database: Database,
    private readonly newCode: () => string,
    private readonly time: OfficeTime = createOfficeTime(Deadlines.parse({}), []),
  ) {}

  /** Opens the ledger's line of a file; returns its id. */
  async begin({ name, hash, by }: ImportedFile): Promise<number> {
    const { rows } = await this.database.pool.query<{ id: number }>(
      "insert into opinion_imports (file_name, file_hash, by_staff) values ($1, $2, $3) returning id",
      [name, hash, by],
    );
    if (!rows[0]) throw new Error("the database returned no row");
    return rows[0].id;
  }

  /** Stores those that are not stored yet, chunk by chunk, each with its event; returns how many were added. */
  async add(importId: number, opinions: KeyedOpinion[], progress: Progress = () => {}): Promise<number> {
    let added = 0;
    for (let at = 0; at < opinions.length; at += CHUNK) {
      const chunk = opinions.slice(at, at + CHUNK);
      added += await this.database.tx((client) => this.addChunk(client, importId, chunk));
      progress(at + chunk.length, opinions.length);
    }
    return added;
  }

  async finish(importId: number, { rows, added, known, refused }: ImportCounts): Promise<void> {
    await this.database.pool.query(
      `update opinion_imports set rows = $2, added = $3, known = $4, refused = $5, finished_at = now() where id = $1`,
      [importId, rows, added, known, refused],
    );
  }

  private async addChunk(client: pg.PoolClient, importId: number, chunk: KeyedOpinion[]): Promise<number> {
    // Two files at once that share opinions in another order would wait for each other.
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    let added = 0;
    let left = chunk;
    for (let draw = 0; left.length > 0; draw += 1) {
      if (draw === DRAWS) throw new Error("no free petition code was drawn");
      added += await this.insert(client, importId, left);
      left = await notStored(client, left);
    }
    return added;
  }

  /**
   * Skips opinions that are known as well as codes that are taken; `notStored` tells the two apart. An opinion is received on
   * the day it was given, but the office's time runs from now: a deadline before the import could be met by nobody.
   */
  private async insert(client: pg.PoolClient, importId: number, opinions: KeyedOpinion[]): Promise<number> {
    const rows = opinions.map(({ identity: _, ...opinion }) => ({ ...opinion, code: this.newCode() }));
    const { rows: added } = await client.query<{ id: number }>(
      `with added as (
         insert into petitions (code, origin_key, content, stance, topic, cooperative, commune, contact, sender, import_id, received_at)
         select code, "originKey", content, stance, topic, cooperative, commune, contact, sender, $2,
                coalesce(day::timestamp at time zone 'Asia/Ho_Chi_Minh', now())
         from jsonb_to_recordset($1::jsonb) as given (code text, "originKey" text, content text, stance text,
              topic text, cooperative text, commune text, contact text, sender text, day date)
         on conflict do nothing
         returning id
       )
       insert into petition_events (petition_id, kind, status_to)
       select id, 'received', 'received' from added returning petition_id as id`,
      [JSON.stringify(rows), importId],
    );
    const ids = added.map(({ id }) => id);
    await refreshDues(client, ids, this.time);
    return ids.length;
  }
}

async function notStored(client: pg.PoolClient, opinions: KeyedOpinion[]): Promise<KeyedOpinion[]> {
  const { rows } = await client.query<{ key: string }>(
    "select origin_key as key from petitions where origin_key = any($1)",
    [opinions.map(({ originKey }) => originKey)],
  );
  const stored = new Set(rows.map(({ key }) => key));
  return opinions.filter(({ originKey }) => !stored.has(originKey));
}
