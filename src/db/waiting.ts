import type pg from "pg";

type Held = { id: number; owner: string; leaseSeconds: number };

/**
 * Lets a reply wait until its member writes again. If he did so while the provider was being asked, nobody would wake
 * the row any more, so it stays open instead. False when somebody else holds the message.
 */
export async function letWait(client: pg.PoolClient, held: Held, reason: string): Promise<boolean> {
  // Who stores a member's message holds this lock, so his message is either seen below or wakes what is written here.
  await client.query(
    "select from conversations where id = (select conversation_id from messages where id = $1) for update",
    [held.id],
  );
  const { rowCount } = await client.query(
    `update messages m
     set reason = $3, due_at = now(), lease_owner = null, lease_until = null,
         status = case when exists (
           select from messages heard
           where heard.conversation_id = m.conversation_id and heard.direction = 'in'
             and heard.created_at >= m.lease_until - make_interval(secs => $4))
         then 'open' else 'waiting' end
     where m.id = $1 and m.lease_owner = $2 and m.status = 'open'`,
    [held.id, held.owner, reason, held.leaseSeconds],
  );
  return rowCount === 1;
}
