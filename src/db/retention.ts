import type pg from "pg";
import { ConversationState } from "../conversation/state.ts";

/** After how many days of silence, and how many chats at a time. */
export type Sweep = { silentDays: number; singleDays: number; limit: number };

/**
 * Erases what was written in silent chats that led to no petition, oldest first; returns how many. Rows stay, so counts stay
 * true. A chat that people hold or still judge is left alone, and one that another process sweeps is skipped.
 */
export async function sweepSilent(client: pg.PoolClient, sweep: Sweep): Promise<number> {
  const ids = await lockSilent(client, sweep);
  if (ids.length === 0) return 0;
  await client.query(
    `update messages set text = '[đã xóa theo thời hạn lưu]', choices = '[]', attachment = null, trace = null,
       finished_at = case when status = 'waiting' then now() else finished_at end,
       status = case when status = 'waiting' then 'refused' else status end
     where conversation_id = any($1)`,
    [ids],
  );
  await client.query(
    `update judgements j set question = '[đã xóa theo thời hạn lưu]', context = null, note = null, expected_fact = null
     from messages m where m.conversation_id = any($1) and m.id = j.message_id`,
    [ids],
  );
  await client.query("update conversations set swept_at = now(), state = $2 where id = any($1)", [
    ids,
    JSON.stringify(ConversationState.parse({})),
  ]);
  return ids.length;
}

async function lockSilent(
  client: pg.PoolClient,
  { silentDays, singleDays, limit }: Sweep,
): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `select c.id from conversations c
     where not c.held_by_staff and (c.swept_at is null or c.swept_at < c.last_message_at)
       and c.last_message_at < now() - make_interval(days => least($1::int, $2::int))
       and c.chat_id not like 'erased-%'
       and not exists (select from petitions p where p.conversation_id = c.id)
       and not exists (select from messages m where m.conversation_id = c.id and m.status = 'open')
       and not exists (
         select from judgements j join messages m on m.id = j.message_id
         where m.conversation_id = c.id and j.status = 'open')
       and case when c.last_message_at < now() - make_interval(days => $1)
             then exists (select from messages m where m.conversation_id = c.id and m.direction = 'in')
             else 1 = (select count(*) from (
               select from messages m where m.conversation_id = c.id and m.direction = 'in' limit 2) few)
           end
     order by c.last_message_at limit $3 for update of c skip locked`,
    [silentDays, singleDays, limit],
  );
  return rows.map(({ id }) => id);
}
