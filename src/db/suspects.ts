import type pg from "pg";
import { asClaimed, type ClaimedMessage, type Direction, LEASE_SECONDS, TAKE_NEXT } from "./claims.ts";
import type { Database } from "./database.ts";
import { LostLease } from "./messages.ts";

/** A message that was held at so many crashes is dead; others that are killed beside it never come so far. */
export const CRASHES_UNTIL_DEAD = 50;

/**
 * Takes a message that was held at three crashes or more, the one that was at the fewest: what only stood beside the culprit is
 * done before it. Null when there is none.
 */
export async function claimSuspect(
  { pool }: Database,
  direction: Direction,
  owner: string,
): Promise<ClaimedMessage | null> {
  const { rows } = await pool.query({
    name: "claim-suspect",
    text: `with next as (
         select m.id from messages m
         where m.status = 'open' and m.direction = $1 and m.due_at <= now() and m.crashes >= 3
           and (m.lease_until is null or m.lease_until < now())
           and not exists (
             select from messages earlier
             where earlier.conversation_id = m.conversation_id and earlier.direction = m.direction
               and earlier.status = 'open' and earlier.id < m.id)
           and (select c.channel from conversations c where c.id = m.conversation_id)
             <> all (array(select name from switches where not is_on))
         order by m.crashes, m.id limit 1 for update of m skip locked
       )
       ${TAKE_NEXT}`,
    values: [direction, owner, LEASE_SECONDS],
  });
  return rows[0] ? asClaimed(rows[0]) : null;
}

/** Buries a message that this process holds, where staff see it. */
export async function bury(client: pg.PoolClient, id: number, owner: string, reason: string): Promise<void> {
  const { rowCount } = await client.query(
    `update messages set status = 'dead', reason = $3, finished_at = now(), lease_owner = null, lease_until = null
     where id = $1 and lease_owner = $2 and status = 'open'`,
    [id, owner, reason],
  );
  if (rowCount !== 1) throw new LostLease(`message ${id}`);
}
