import { MAX_TRIES, type OpinionImport } from "../petitions/opinion-import.ts";
import type { RefusedRow } from "../petitions/opinions.ts";
import { concerns } from "./audit.ts";
import type { Database } from "./database.ts";

export type ClaimedFile = { id: number; name: string; file: Uint8Array };

/** Long enough to read the largest file; afterwards every chunk renews it. */
const LEASE = "2 minutes";

const COLUMNS = `i.id, i.file_name as "fileName", s.name as by, i.started_at as "startedAt", i.finished_at as "finishedAt",
  i.total, i.done, coalesce(i.added, 0) as added, i.fault, i.tries,
  coalesce(i.refused, (select count(*)::int from opinion_import_refusals r where r.import_id = i.id)) as refused,
  coalesce(i.by_stance, '{}') as "byStance", coalesce(i.by_topic, '{}') as "byTopic",
  coalesce(i.lease_until > now(), false) as "isHeld", i.file is not null as "hasFile"
  from opinion_imports i left join staff s on s.id = i.by_staff`;

/** Files of opinions on their way: queued, taken under a lease by one process at a time, and remembered with their report. */
export class OpinionImportStore {
  constructor(private readonly database: Database) {}

  /** Keeps a file until some process takes it; returns its id. */
  async queue(given: { name: string; hash: string; by: number; file: Uint8Array }): Promise<number> {
    return this.database.tx(async (client) => {
      const { rows } = await client.query<{ id: number }>(
        "insert into opinion_imports (file_name, file_hash, by_staff, file) values ($1, $2, $3, $4) returning id",
        [given.name, given.hash, given.by, Buffer.from(given.file)],
      );
      if (!rows[0]) throw new Error("the database returned no row");
      concerns(client, `import:${rows[0].id}`);
      return rows[0].id;
    });
  }

  /** Takes the oldest file that nobody works on; null when there is none. */
  async claim(): Promise<ClaimedFile | null> {
    const { rows } = await this.database.pool.query<ClaimedFile>(
      `update opinion_imports set tries = tries + 1, done = 0, lease_until = now() + interval '${LEASE}'
       where id = (
         select id from opinion_imports
         where finished_at is null and file is not null and tries < $1 and (lease_until is null or lease_until < now())
         order by id limit 1 for update skip locked)
       returning id, file_name as name, file`,
      [MAX_TRIES],
    );
    return rows[0] ?? null;
  }

  /** Gives a file back whose import was stopped in good order; that was no failed try. */
  async release(id: number): Promise<void> {
    await this.database.pool.query(
      "update opinion_imports set lease_until = null, tries = tries - 1 where id = $1 and finished_at is null",
      [id],
    );
  }

  /** Frees the files of processes that are known to be dead. */
  async freeAll(): Promise<void> {
    await this.database.pool.query("update opinion_imports set lease_until = null where finished_at is null");
  }

  /** Lets an interrupted import go on at once; false when there is nothing to go on with. */
  async resume(id: number): Promise<boolean> {
    const { rowCount } = await this.database.tx((client) =>
      client.query(
        `update opinion_imports set lease_until = null, tries = 0
         where id = $1 and finished_at is null and file is not null and (lease_until is null or lease_until < now())`,
        [id],
      ),
    );
    return rowCount === 1;
  }

  /** Ends an import whose whole file was refused. */
  async refuse(id: number, fault: string): Promise<void> {
    await this.database.pool.query(
      `update opinion_imports set fault = $2, file = null, lease_until = null, finished_at = now()
       where id = $1 and finished_at is null`,
      [id, fault],
    );
  }

  async find(id: number): Promise<OpinionImport | null> {
    const { rows } = await this.database.pool.query<OpinionImport>(`select ${COLUMNS} where i.id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** Imports, the newest first. */
  async list(page: number, perPage = 50): Promise<OpinionImport[]> {
    const { rows } = await this.database.pool.query<OpinionImport>(
      `select ${COLUMNS} order by i.id desc limit $1 offset $2`,
      [perPage, (page - 1) * perPage],
    );
    return rows;
  }

  /** Rows that were refused, in the order of the file. */
  async refusals(id: number, page: number, perPage = 200): Promise<RefusedRow[]> {
    const { rows } = await this.database.pool.query<RefusedRow>(
      "select row, reason from opinion_import_refusals where import_id = $1 order by row limit $2 offset $3",
      [id, perPage, (page - 1) * perPage],
    );
    return rows;
  }
}
