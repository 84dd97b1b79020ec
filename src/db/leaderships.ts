import type { Database } from "./database.ts";

/** Who does the work that only one process may do at a time. Time is the database's, since the clocks of processes differ. */
export class LeadershipStore {
  constructor(private readonly database: Database) {}

  /** Takes an office that is free or whose lease ran out; gives the number of the term, or null while somebody else holds it. */
  async take(office: string, holder: string, leaseMs: number): Promise<number | null> {
    const { rows } = await this.database.pool.query<{ term: number }>(
      `insert into leaderships as l (office, holder, held_until)
       values ($1, $2, clock_timestamp() + make_interval(secs => $3))
       on conflict (office) do update
         set holder = excluded.holder, term = l.term + 1, held_until = clock_timestamp() + make_interval(secs => $3)
         where l.held_until < clock_timestamp() or l.holder = excluded.holder
       returning term`,
      [office, holder, leaseMs / 1000],
    );
    return rows[0]?.term ?? null;
  }

  /** Holds the office longer; false when the term is over. */
  async renew(office: string, term: number, leaseMs: number): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      `update leaderships set held_until = clock_timestamp() + make_interval(secs => $3)
       where office = $1 and term = $2`,
      [office, term, leaseMs / 1000],
    );
    return rowCount === 1;
  }

  /** Gives the office up before its lease ends; nothing happens when the term is over already. */
  async resign(office: string, term: number): Promise<void> {
    await this.database.pool.query(
      "update leaderships set held_until = '-infinity' where office = $1 and term = $2",
      [office, term],
    );
  }

  /** Frees what processes that are gone still hold; only for one that knows itself alone on the database. */
  async freeAll(): Promise<void> {
    await this.database.pool.query("update leaderships set held_until = '-infinity'");
  }
}
