import type { IncomingMessage } from "../conversation/channel.ts";
import { asClaimed, type ClaimedMessage, LEASE_SECONDS } from "./claims.ts";
import type { Database } from "./database.ts";

export type Received = {
  id: number;
  conversationId: number;
  /** False for a repeat. */
  fresh: boolean;
  /** The message, where it is held now to be handled at once. */
  held: ClaimedMessage | null;
};

type Row = Pick<Received, "id" | "conversationId" | "fresh"> & { isHeld: boolean } & Pick<
    ClaimedMessage,
    "storedState" | "heldByStaff" | "pausedSince"
  >;

/**
 * Stores what a member sent, in one statement that is its own transaction. The message is made of the locked row of its chat,
 * so ids in one chat grow in the order of the commits; what waits in the chat for the member to write is woken with it. With a
 * `holder` it is held by him from the first, if it is the next one of its chat.
 */
export async function receiveMessage(
  { pool }: Database,
  message: IncomingMessage,
  holder: string | null = null,
): Promise<Received> {
  const { channel, chatId, externalId, text, attachment, sentAt } = message;
  const { rows } = await pool.query<Row>({
    name: "receive-message",
    text: `with known as (
           select id, state, held_by_staff from conversations where channel = $1 and chat_id = $2 for update),
         made as (
           insert into conversations (channel, chat_id) select $1, $2 where not exists (select from known)
           on conflict (channel, chat_id) do update set channel = excluded.channel returning id, state, held_by_staff),
         chat as (select * from known union all select * from made),
         added as (
           insert into messages (
             conversation_id, direction, author, key, text, attachment, sent_at, lease_owner, lease_until, leases)
           select id, 'in', 'member', $3, $4, $5::jsonb, $6::timestamptz, holder,
             case when holder is not null then now() + make_interval(secs => $8) end, (holder is not null)::int
           from (
             select id, case when $7::text is not null and is_next_in_chat(id, 'in') then $7 end as holder from chat
           ) as given
           on conflict (conversation_id, direction, key) do nothing returning id, conversation_id, lease_owner),
         touched as (
           update conversations set last_message_at = now() from added where conversations.id = added.conversation_id)
       select added.id, conversation_id as "conversationId", true as fresh, lease_owner is not null as "isHeld",
         chat.state as "storedState", held_by_staff as "heldByStaff",
         (select since from switches where name = 'answers' and not is_on) as "pausedSince",
         wake_waiting(conversation_id), case when lease_owner is null then pg_notify('messages', 'in') end
       from added, chat`,
    values: [
      channel,
      chatId,
      externalId,
      text,
      attachment && JSON.stringify(attachment),
      sentAt,
      holder,
      LEASE_SECONDS,
    ],
  });
  const [row] = rows;
  if (!row) return known({ pool }, message);
  const { id, conversationId, fresh, isHeld, storedState, heldByStaff, pausedSince } = row;
  const held = isHeld
    ? asClaimed({
        ...{ id, conversationId, channel, chatId, text, attachment, storedState, heldByStaff, pausedSince },
        ...{ key: externalId, choices: [], errors: 0, crashes: 0 },
      })
    : null;
  return { id, conversationId, fresh, held };
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
  return { ...rows[0], held: null };
}
