import type pg from "pg";
import type { Author, Publication } from "../knowledge/edition.ts";

/** Which edition shall be in force, and which clauses it changes or takes away. */
export type Decision = Pick<Publication, "edition" | "kind" | "hash" | "reason"> & {
  author: Author;
  overtaken: string[];
};

/** Puts an edition in force in the place of the current one, and tells every replica once the transaction is committed. */
export async function publishIn(
  client: pg.PoolClient,
  decision: Decision,
  current: number | null,
): Promise<void> {
  const { edition, kind, hash, reason, overtaken, author } = decision;
  await client.query(
    `insert into publications (edition_id, previous_id, kind, hash, reason, overtaken, by_name, by_staff)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [edition, current, kind, hash, reason, overtaken, author.name, author.staffId],
  );
  await client.query("select pg_notify('editions', $1)", [String(edition)]);
}
