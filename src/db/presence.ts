import type { Database } from "./database.ts";

/** Somebody else who has the same petition open. */
export type Onlooker = { name: string; since: Date };

/** Who looks at a petition right now. A page tells it every 20 seconds; who has been silent for a minute is gone. */
export class PresenceStore {
  constructor(private readonly database: Database) {}

  /** Notes that somebody has the petition open, and tells who else has. */
  async seen(petitionId: number, staffId: number): Promise<Onlooker[]> {
    const { rows } = await this.database.pool.query<Onlooker>(
      `with mine as (
         insert into petition_presence as p (petition_id, staff_id) values ($1, $2)
         on conflict (petition_id, staff_id) do update set seen_at = now(),
           since = case when p.seen_at < now() - interval '1 minute' then now() else p.since end)
       select s.name, p.since from petition_presence p join staff s on s.id = p.staff_id
       where p.petition_id = $1 and p.staff_id <> $2 and p.seen_at >= now() - interval '1 minute' order by p.since`,
      [petitionId, staffId],
    );
    return rows;
  }

  /** Notes that somebody closed the petition. */
  async left(petitionId: number, staffId: number): Promise<void> {
    await this.database.pool.query("delete from petition_presence where petition_id = $1 and staff_id = $2", [
      petitionId,
      staffId,
    ]);
  }
}
