import type pg from "pg";
import type { ChannelName } from "../conversation/channel.ts";
import type { OpenQuestion } from "../conversation/chat-list.ts";
import type { Database } from "./database.ts";

/** Older ones are grouped once these are done. */
const NEWEST = 3000;

const OPEN = `m.outcome like 'unanswered%' and c.chat_id not like 'erased-%'
  and (c.swept_at is null or c.swept_at < m.created_at)
  and not exists (select from handled_questions h where h.message_id = m.id)`;

/** A question as one chat asked it. */
export type AskedOnce = { messageId: number; conversationId: number; channel: ChannelName; text: string };

/** What became of a question without an answer. */
export type Handling = {
  how: "petition" | "golden" | "knowledge" | "dismissed";
  by: number;
  petition?: number;
  judgement?: number;
  reason?: string;
};

/** Questions in scope without an answer that nobody has dealt with; those of the same words are one. */
export class OpenQuestionStore {
  constructor(private readonly database: Database) {}

  async list(order: "newest" | "most", page: number, perPage = 50): Promise<OpenQuestion[]> {
    const { rows } = await this.database.pool.query<OpenQuestion>(
      `with newest as (
         select m.id, m.conversation_id, m.words from messages m join conversations c on c.id = m.conversation_id
         where ${OPEN} order by m.id desc limit ${NEWEST}),
       same as (
         select max(id) as id, count(distinct conversation_id)::int as chats, count(*)::int as times
         from newest group by tsvector_to_array(words))
       select m.id as "messageId", m.conversation_id as "conversationId", c.channel, m.text, m.outcome,
              m.sent_at as "sentAt", s.chats, s.times
       from same s join messages m on m.id = s.id join conversations c on c.id = m.conversation_id
       order by case when $1 = 'most' then s.chats end desc, m.id desc limit $2 offset $3`,
      [order, perPage, (page - 1) * perPage],
    );
    return rows;
  }

  async find(messageId: number): Promise<OpenQuestion | null> {
    const same = await sameAs(this.database.pool, messageId);
    const newest = same.find((one) => one.messageId === messageId);
    if (!newest) return null;
    const { rows } = await this.database.pool.query<{ outcome: string; sentAt: Date }>(
      'select outcome, sent_at as "sentAt" from messages where id = $1',
      [messageId],
    );
    const chats = new Set(same.map(({ conversationId }) => conversationId)).size;
    return rows[0] ? { ...newest, ...rows[0], chats, times: same.length } : null;
  }

  /** The open questions that have the words of this one, newest first; nobody else deals with questions meanwhile. */
  async lockSame(client: pg.PoolClient, messageId: number): Promise<AskedOnce[]> {
    await client.query("select pg_advisory_xact_lock(hashtext('open questions'))");
    return sameAs(client, messageId);
  }

  /** False when somebody dealt with it before. */
  async handle(client: pg.PoolClient, messageId: number, handling: Handling): Promise<boolean> {
    const { how, by, petition = null, judgement = null, reason = null } = handling;
    const { rowCount } = await client.query(
      `insert into handled_questions (message_id, how, petition_id, judgement_id, reason, by_staff)
       values ($1, $2, $3, $4, $5, $6) on conflict (message_id) do nothing`,
      [messageId, how, petition, judgement, reason, by],
    );
    return rowCount === 1;
  }
}

async function sameAs(client: pg.Pool | pg.PoolClient, messageId: number): Promise<AskedOnce[]> {
  const { rows } = await client.query<AskedOnce>(
    `with newest as (
       select m.id, m.conversation_id, c.channel, m.text, m.words
       from messages m join conversations c on c.id = m.conversation_id
       where ${OPEN} order by m.id desc limit ${NEWEST})
     select n.id as "messageId", n.conversation_id as "conversationId", n.channel, n.text
     from newest n where tsvector_to_array(n.words) = (select tsvector_to_array(words) from messages where id = $1)
     order by n.id desc`,
    [messageId],
  );
  return rows;
}
