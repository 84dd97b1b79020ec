import type pg from "pg";
import type { FailedMessage } from "../conversation/chat-list.ts";
import type { Database } from "./database.ts";

const FAILED = `m.status in ('dead', 'refused', 'uncertain', 'waiting') and c.chat_id not like 'erased-%'`;

/** Messages that did not reach their end, and what staff do about them. */
export class FailedMessageStore {
  constructor(private readonly database: Database) {}

  /** The newest on top; `before` is the id of the last row of the page before. */
  async list(before: number | null, limit = 50): Promise<FailedMessage[]> {
    const { rows } = await this.database.pool.query<FailedMessage>(
      `select m.id, m.conversation_id as "conversationId", c.channel, m.direction, m.author, m.status, m.reason, m.text,
              coalesce(m.finished_at, m.created_at) as at
       from messages m join conversations c on c.id = m.conversation_id
       where ${FAILED} and ($1::bigint is null or m.id < $1) order by m.id desc limit $2`,
      [before, limit],
    );
    return rows;
  }

  /** Opens a buried message again, or a reply that did not arrive; false when it has gone on meanwhile. */
  async reopen(client: pg.PoolClient, id: number): Promise<boolean> {
    if (!(await lockChatOf(client, id))) return false;
    const { rows } = await client.query<{ direction: "in" | "out" }>(
      `update messages m set status = 'open', errors = 0, crashes = 0, reason = null, due_at = now(), finished_at = null,
         lease_owner = null, lease_until = null
       from conversations c
       where m.id = $1 and c.id = m.conversation_id and m.status <> 'waiting' and ${FAILED} returning m.direction`,
      [id],
    );
    const direction = rows[0]?.direction;
    if (!direction) return false;
    if (direction === "in") await freeReplyKeys(client, id);
    await client.query("select pg_notify('messages', $1)", [direction]);
    return true;
  }

  /** Closes it because its member was told another way; false when it has gone on meanwhile. */
  async settle(client: pg.PoolClient, id: number, note: string): Promise<boolean> {
    if (!(await lockChatOf(client, id))) return false;
    const { rowCount } = await client.query(
      `update messages m set status = 'done', reason = $2, finished_at = now(), lease_until = null
       from conversations c where m.id = $1 and c.id = m.conversation_id and ${FAILED}`,
      [id, note],
    );
    return rowCount === 1;
  }
}

/** In the order of everybody else: the chat first, then its message. */
async function lockChatOf(client: pg.PoolClient, id: number): Promise<boolean> {
  const { rowCount } = await client.query(
    "select from conversations where id = (select conversation_id from messages where id = $1) for update",
    [id],
  );
  return rowCount === 1;
}

/** The apology for a buried message holds the key that its real reply is going to have, and a reply whose key exists is dropped. */
async function freeReplyKeys(client: pg.PoolClient, id: number): Promise<void> {
  await client.query(
    `update messages r set key = 'before-retry:' || r.id
     from messages m where m.id = $1 and r.conversation_id = m.conversation_id and r.direction = 'out'
       and r.key like 'message:' || m.id || ':%'`,
    [id],
  );
}
