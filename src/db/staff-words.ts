import type pg from "pg";
import type { StaffWords } from "../conversation/channel.ts";
import { lockChat } from "./chats.ts";

/**
 * Adds to a chat what staff wrote there from the provider's own app; it has been delivered already. Not new is what was
 * added before, and what the provider says back of a reply of ours.
 */
export async function recordStaffWords(
  client: pg.PoolClient,
  { channel, chatId, externalId, text, attachment, sentAt }: StaffWords,
): Promise<{ conversationId: number; isNew: boolean }> {
  const conversationId = await lockChat(client, channel, chatId);
  const { rowCount } = await client.query(
    `insert into messages
       (conversation_id, direction, author, key, text, attachment, status, provider_id, sent_at, finished_at)
     select $1, 'out', 'staff', $2, $3, $4, 'done', $5, $6, now()
     where not exists (
       select from messages where conversation_id = $1 and direction = 'out' and provider_id = $5)
     on conflict (conversation_id, direction, key) do nothing`,
    [
      conversationId,
      `zalo-console:${externalId}`,
      text,
      attachment && JSON.stringify(attachment),
      externalId,
      sentAt,
    ],
  );
  if (rowCount !== 1) return { conversationId, isNew: false };
  await client.query("update conversations set last_message_at = now() where id = $1", [conversationId]);
  await client.query("select pg_notify('messages', 'in')");
  return { conversationId, isNew: true };
}
