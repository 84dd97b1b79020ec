import type pg from "pg";
import {
  type Author,
  type EditionFile,
  type EditionSummary,
  NotPossible,
  type Provenance,
  type Publication,
} from "../knowledge/edition.ts";
import { concerns } from "./audit.ts";
import type { Database } from "./database.ts";
import { type NewFile, putFile, takeBack } from "./edition-files.ts";
import { type Decision, publishIn } from "./publish.ts";

const SUMMARY = `e.id, e.base, e.note, e.by_name as by, e.by_staff as "byStaff", e.at, e.checked_at as "checkedAt", e.dropped_at as "droppedAt"`;
const PUBLICATION = `id, edition_id as edition, previous_id as previous, kind, hash, reason, cardinality(overtaken) as overtaken, by_name as by, at`;
const FILE = `f.path, t.text, f.text_hash as "textHash", f.original_hash as "originalHash", f.name, f.sidecar, f.document, f.clauses, f.since`;
/** Held by whoever decides what is in force, so that two decisions never cross. */
const DECIDING = 715_001;

/** Editions of the knowledge, their files, and which one is in force. */
export class EditionStore {
  constructor(private readonly database: Database) {}

  /** The id of the edition in force; null before the first. */
  async current(client: pg.Pool | pg.PoolClient = this.database.pool): Promise<number | null> {
    const { rows } = await client.query<{ edition: number }>(
      "select edition_id as edition from publications order by id desc limit 1",
    );
    return rows[0]?.edition ?? null;
  }

  /** Begins an edition as a copy of another one, or empty. */
  async open(base: number | null, author: Author, note: string | null): Promise<number> {
    return this.database.tx(async (client) => {
      const id = await this.copy(client, base, author, note);
      concerns(client, `edition:${id}`);
      return id;
    });
  }

  async copy(
    client: pg.PoolClient,
    base: number | null,
    author: Author,
    note: string | null,
  ): Promise<number> {
    const { rows } = await client.query<{ id: number }>(
      "insert into editions (base, note, by_name, by_staff) values ($1, $2, $3, $4) returning id",
      [base, note, author.name, author.staffId],
    );
    const id = rows[0]?.id;
    if (id === undefined) throw new Error("the database returned no row");
    await client.query(
      `insert into edition_files (edition_id, path, text_hash, original_hash, name, sidecar, document, clauses, since)
       select $1, path, text_hash, original_hash, name, sidecar, document, clauses, since from edition_files where edition_id = $2`,
      [id, base],
    );
    return id;
  }

  async find(id: number): Promise<(EditionSummary & { report: unknown }) | null> {
    const { rows } = await this.database.pool.query(
      `select ${SUMMARY}, e.report from editions e where e.id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** Editions that wait to be published, the newest first. */
  async staged(): Promise<EditionSummary[]> {
    const { rows } = await this.database.pool.query<EditionSummary>(
      `select ${SUMMARY} from editions e
       where e.dropped_at is null and not exists (select from publications p where p.edition_id = e.id) order by e.id desc`,
    );
    return rows;
  }

  /** What was in force when, the newest first. */
  async history(limit = 50): Promise<Publication[]> {
    const { rows } = await this.database.pool.query<Publication>(
      `select ${PUBLICATION} from publications order by id desc limit $1`,
      [limit],
    );
    return rows;
  }

  async publication(id: number): Promise<Publication | null> {
    const { rows } = await this.database.pool.query<Publication>(
      `select ${PUBLICATION} from publications where id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }

  async files(id: number): Promise<EditionFile[]> {
    const { rows } = await this.database.pool.query<EditionFile>(
      `select ${FILE} from edition_files f join knowledge_texts t on t.hash = f.text_hash
       where f.edition_id = $1 order by f.path collate "C"`,
      [id],
    );
    return rows;
  }

  /** Puts files into a staged edition; a document takes the place of the one with its number, whatever its path was. */
  async put(id: number, files: NewFile[]): Promise<void> {
    await this.database.tx(async (client) => {
      await this.change(client, id);
      for (const file of files) await putFile(client, id, file);
    });
  }

  async remove(id: number, path: string): Promise<boolean> {
    return this.database.tx(async (client) => {
      await this.change(client, id);
      const { rowCount } = await client.query(
        "delete from edition_files where edition_id = $1 and path = $2",
        [id, path],
      );
      return rowCount === 1;
    });
  }

  /** Undoes what a staged edition did to a path of its own or of its base. */
  async undo(id: number, path: string): Promise<void> {
    await this.database.tx(async (client) => {
      const base = await this.change(client, id);
      await takeBack(client, id, base, path);
    });
  }

  /** What was changed since its base is put on top of the edition in force; nothing to do when that is its base. */
  async bringUpToDate(id: number): Promise<void> {
    await this.database.tx(async (client) => {
      const base = await this.change(client, id);
      const current = await this.current(client);
      if (current === null || base === current) return;
      const { rows: taken } = await client.query<{ path: string }>(
        `select path from edition_files where edition_id = $2
         except select path from edition_files where edition_id = $1`,
        [id, base],
      );
      await client.query(
        `delete from edition_files f using edition_files b
         where f.edition_id = $1 and b.edition_id = $2 and b.path = f.path and b.text_hash = f.text_hash`,
        [id, base],
      );
      // What the staged edition took out of its base stays out; what it brought wins over what was published meanwhile.
      await client.query(
        `insert into edition_files (edition_id, path, text_hash, original_hash, name, sidecar, document, clauses, since)
         select $1, c.path, c.text_hash, c.original_hash, c.name, c.sidecar, c.document, c.clauses, c.since from edition_files c
         where c.edition_id = $2 and c.path <> all ($3::text[])
           and not exists (
             select from edition_files o where o.edition_id = $1 and (o.path = c.path or o.document = c.document))`,
        [id, current, taken.map(({ path }) => path)],
      );
      await client.query("update editions set base = $2 where id = $1", [id, current]);
    });
  }

  async saveReport(id: number, base: number | null, report: unknown): Promise<void> {
    const statement =
      "update editions set report = $2, checked_at = now() where id = $1 and base is not distinct from $3";
    await this.database.tx((client) => client.query(statement, [id, JSON.stringify(report), base]));
  }

  async drop(id: number): Promise<void> {
    await this.database.tx(async (client) => {
      await this.change(client, id);
      await client.query("update editions set dropped_at = now() where id = $1", [id]);
    });
  }

  /** Fills a database without knowledge; false when it has some already. Whole or not at all, and once among replicas. */
  async first(files: NewFile[], hash: string, author: Author, note: string): Promise<boolean> {
    return this.database.tx(async (client) => {
      await client.query("select pg_advisory_xact_lock($1)", [DECIDING]);
      if ((await this.current(client)) !== null) return false;
      const edition = await this.copy(client, null, author, note);
      for (const file of files) await putFile(client, edition, file);
      await publishIn(client, { edition, kind: "first", hash, reason: null, author, overtaken: [] }, null);
      return true;
    });
  }

  /** Makes an edition the one in force and tells every replica. `allow` sees what is in force now and may throw NotPossible. */
  async decide(decision: Decision, allow: (current: number | null) => Promise<void> | void): Promise<void> {
    await this.database.tx(async (client) => {
      await client.query("select pg_advisory_xact_lock($1)", [DECIDING]);
      const current = await this.current(client);
      await allow(current);
      await publishIn(client, decision, current);
    });
  }

  async wasPublished(id: number): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      "select from publications where edition_id = $1 limit 1",
      [id],
    );
    return (rowCount ?? 0) > 0;
  }

  /** Where each file of an edition comes from, by its path. */
  async provenance(id: number): Promise<Map<string, Provenance>> {
    const { rows } = await this.database.pool.query<Provenance & { path: string }>(
      `select f.path, f.since as edition, f.name, f.original_hash as "originalHash",
              p.by_name as "publishedBy", p.at as "publishedAt"
       from edition_files f
       left join lateral (select by_name, at from publications where edition_id = f.since order by id limit 1) p on true
       where f.edition_id = $1`,
      [id],
    );
    return new Map(rows.map(({ path, ...from }) => [path, from]));
  }

  /** The name under which an original was handed in last. */
  async nameOf(hash: string): Promise<string | null> {
    const { rows } = await this.database.pool.query<{ name: string }>(
      "select name from edition_files where original_hash = $1 order by edition_id desc limit 1",
      [hash],
    );
    return rows[0]?.name ?? null;
  }

  async original(hash: string): Promise<Buffer | null> {
    const { rows } = await this.database.pool.query<{ bytes: Buffer }>(
      "select bytes from originals where hash = $1",
      [hash],
    );
    return rows[0]?.bytes ?? null;
  }

  /** Locks a staged edition for a change, which makes its check void; returns its base. Throws NotPossible when it is no longer staged. */
  private async change(client: pg.PoolClient, id: number): Promise<number | null> {
    // Nobody changes an edition while it is being decided on, so what is put in force is what was looked at.
    await client.query("select pg_advisory_xact_lock($1)", [DECIDING]);
    const { rows } = await client.query<{ base: number | null }>(
      `update editions set report = null, checked_at = null where id = $1 and dropped_at is null
         and not exists (select from publications p where p.edition_id = $1) returning base`,
      [id],
    );
    if (!rows[0]) throw new NotPossible(`Bản soạn số ${id} không còn ở trạng thái chờ công bố.`);
    return rows[0].base;
  }
}
