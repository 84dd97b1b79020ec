import type pg from "pg";
import type { ChannelName } from "../conversation/channel.ts";

/** Finds or makes the row of a chat and locks it: message ids in one chat grow in the order of their commits. */
export async function lockChat(client: pg.PoolClient, channel: ChannelName, chatId: string): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into conversations (channel, chat_id) values ($1, $2)
     on conflict (channel, chat_id) do update set channel = excluded.channel returning id`,
    [channel, chatId],
  );
  if (!rows[0]) throw new Error("the database returned no row");
  return rows[0].id;
}
