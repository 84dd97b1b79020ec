import type { IncomingMessage } from "../conversation/channel.ts";
import type { Database } from "./database.ts";

type Received = { id: number; conversationId: number; fresh: boolean };

/**
 * Stores what a member sent, in one statement that is its own transaction. The message is made of the locked row of its chat,
 * so ids in one chat grow in the order of the commits; what waits in the chat for the member to write is woken with it.
 */
export async function receiveMessage({ pool }: Database, message: IncomingMessage): Promise<Received> {
  const { channel, chatId, externalId, text, attachment, sentAt } = message;
  const { rows } = await pool.query<Received>({
    name: "receive-message",
    text: `with known as (select id from conversations where channel = $1 and chat_id = $2 for update),
         made as (
           insert into conversations (channel, chat_id) select $1, $2 where not exists (select from known)
           on conflict (channel, chat_id) do update set channel = excluded.channel returning id),
         chat as (select id from known union all select id from made),
         added as (
           insert into messages (conversation_id, direction, author, key, text, attachment, sent_at)
           select id, 'in', 'member', $3, $4, $5::jsonb, $6::timestamptz from chat
           on conflict (conversation_id, direction, key) do nothing returning id, conversation_id),
         touched as (
           update conversations set last_message_at = now() from added where conversations.id = added.conversation_id)
       select id, conversation_id as "conversationId", true as fresh, wake_waiting(conversation_id),
         pg_notify('messages', 'in') from added`,
    values: [channel, chatId, externalId, text, attachment && JSON.stringify(attachment), sentAt],
  });
  return rows[0] ?? known({ pool }, message);
}

async function known(
  { pool }: Pick<Database, "pool">,
  { channel, chatId, externalId }: IncomingMessage,
): Promise<Received> {
  const { rows } = await pool.query<Received>(
    `select m.id, m.conversation_id as "conversationId", false as fresh
     from messages m join conversations c on c.id = m.conversation_id
     where c.channel = $1 and c.chat_id = $2 and m.direction = 'in' and m.key = $3`,
    [channel, chatId, externalId],
  );
  if (!rows[0]) throw new Error("the database returned no row");
  return rows[0];
}
