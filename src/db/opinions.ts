import type pg from "pg";
import { Deadlines } from "../knowledge/catalog.ts";
import { createOfficeTime, type OfficeTime } from "../petitions/clock.ts";
import type { Opinion, RefusedRow } from "../petitions/opinions.ts";
import { concerns } from "./audit.ts";
import type { Database } from "./database.ts";
import { refreshDues } from "./petition-changes.ts";

/** An opinion with the key under which it is stored once and never again. */
export type KeyedOpinion = Opinion & { originKey: string };

export type ImportedFile = { name: string; hash: string; by: number | null };
export type ImportCounts = { rows: number; added: number; known: number; refused: number };
/** How many of the opinions taken, added and known alike, are of each stance and each topic. */
export type ImportSorts = { byStance: Record<string, number>; byTopic: Record<string, number> };

/** Told after each committed chunk. */
export type Progress = (done: number, total: number) => void;

/** Small enough that a bar of progress moves. */
const CHUNK = 100;
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
    return this.database.tx(async (client) => {
      const { rows } = await client.query<{ id: number }>(
        "insert into opinion_imports (file_name, file_hash, by_staff) values ($1, $2, $3) returning id",
        [name, hash, by],
      );
      if (!rows[0]) throw new Error("the database returned no row");
      concerns(client, `import:${rows[0].id}`);
      return rows[0].id;
    });
  }

  /** Notes what a file holds, and which of its rows cannot be taken; once more when it is read again. */
  async noteRead(importId: number, total: number, refused: RefusedRow[]): Promise<void> {
    await this.database.tx(async (client) => {
      await client.query("update opinion_imports set total = $2 where id = $1", [importId, total]);
      await client.query("delete from opinion_import_refusals where import_id = $1", [importId]);
      await client.query(
        `insert into opinion_import_refusals (import_id, row, reason)
         select $1, row, reason from unnest($2::int[], $3::text[]) as t (row, reason)`,
        [importId, refused.map(({ row }) => row), refused.map(({ reason }) => reason)],
      );
    });
  }

  /**
   * Stores those that are not stored yet, chunk by chunk, each with its event; returns how many were added. How far it is
   * is committed with each chunk. `signal` stops it between two chunks.
   */
  async add(
    importId: number,
    opinions: KeyedOpinion[],
    progress: Progress = () => {},
    signal?: AbortSignal,
  ): Promise<number> {
    let added = 0;
    for (let at = 0; at < opinions.length; at += CHUNK) {
      signal?.throwIfAborted();
      const chunk = opinions.slice(at, at + CHUNK);
      added += await this.database.tx(async (client) => {
        const stored = await this.addChunk(client, importId, chunk);
        await noteProgress(client, importId, at + chunk.length);
        return stored;
      });
      progress(at + chunk.length, opinions.length);
    }
    return added;
  }

  /** How many opinions an import has added so far, in however many tries. */
  async addedBy(importId: number): Promise<number> {
    const { rows } = await this.database.pool.query<{ added: number }>(
      "select count(*)::int as added from petitions where import_id = $1",
      [importId],
    );
    return rows[0]?.added ?? 0;
  }

  /** Closes the ledger's line; the file itself is no longer needed. */
  async finish(importId: number, counts: ImportCounts, sorts: ImportSorts): Promise<void> {
    await this.database.pool.query(
      `update opinion_imports set rows = $2, added = $3, known = $4, refused = $5, by_stance = $6, by_topic = $7,
         finished_at = now(), file = null, lease_until = null where id = $1`,
      [
        importId,
        counts.rows,
        counts.added,
        counts.known,
        counts.refused,
        JSON.stringify(sorts.byStance),
        JSON.stringify(sorts.byTopic),
      ],
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

/** A lease is renewed by those that have one. */
async function noteProgress(client: pg.PoolClient, importId: number, done: number): Promise<void> {
  await client.query(
    `update opinion_imports set done = $2, added = (select count(*) from petitions where import_id = $1),
       lease_until = case when lease_until is null then null else now() + interval '1 minute' end where id = $1`,
    [importId, done],
  );
}

async function notStored(client: pg.PoolClient, opinions: KeyedOpinion[]): Promise<KeyedOpinion[]> {
  const { rows } = await client.query<{ key: string }>(
    "select origin_key as key from petitions where origin_key = any($1)",
    [opinions.map(({ originKey }) => originKey)],
  );
  const stored = new Set(rows.map(({ key }) => key));
  return opinions.filter(({ originKey }) => !stored.has(originKey));
}
