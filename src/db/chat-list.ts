import { type ChatFilter, type ChatRow, MOST_COUNTED, wordsQuery } from "../conversation/chat-list.ts";
import type { Database } from "./database.ts";

const NARROWED = `($1::text is null or c.channel = $1)
  and ($2::text is null or c.outcomes @> array[$2])
  and ($3::text is distinct from 'member' or c.outcomes @> '{unhelpful}')
  and ($3::text is distinct from 'staff' or c.id in (
    select m.conversation_id from judgements j join messages m on m.id = j.message_id))
  and ($4::date is null or c.last_message_at >= $4::date)
  and ($5::date is null or c.last_message_at < $5::date + 1)
  and ($6::timestamptz is null or (c.last_message_at, c.id) < ($6, $7::bigint))`;

/** What a line shows is read only of the chats of the page. */
const page = (narrowed: string) => `with page as (
    select c.id, c.channel, c.held_by_staff, c.last_message_at from conversations c
    where ${narrowed} order by c.last_message_at desc, c.id desc limit $8)
  select p.id, p.channel, p.held_by_staff as "heldByStaff", p.last_message_at as "lastMessageAt",
    last.text as "lastText", last.author as "lastAuthor", became.outcome as "lastOutcome", counted.messages,
    to_char(p.last_message_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || p.id as cursor
  from page p
  left join lateral (
    select m.text, m.author from messages m where m.conversation_id = p.id order by m.id desc limit 1) last on true
  left join lateral (
    select m.outcome from messages m where m.conversation_id = p.id and m.outcome is not null
    order by m.id desc limit 1) became on true
  left join lateral (
    select count(*)::int as messages
    from (select from messages m where m.conversation_id = p.id limit ${MOST_COUNTED}) few) counted on true
  order by p.last_message_at desc, p.id desc`;

const ALL = page(NARROWED);
const AMONG = page(`${NARROWED} and c.id = any($9::bigint[])`);
const HOLDING = page(`${NARROWED} and c.id in (
  select m.conversation_id from messages m where m.direction = 'in' and m.words @@ to_tsquery('simple', $9))`);

/** The newest chats of a filter whose member wrote the words, of so many that are looked through. */
const LOOKED_THROUGH = 1000;
/** The coalesce keeps each chat from being asked of the index of all words, which would take seconds. */
const NEAR = `with near as (
    select c.id, c.last_message_at from conversations c where ${NARROWED}
    order by c.last_message_at desc, c.id desc limit ${LOOKED_THROUGH}),
  found as (
    select n.id from near n where exists (
      select from messages m where m.conversation_id = n.id and m.direction = 'in'
        and coalesce(m.words, '') @@ to_tsquery('simple', $9))
    order by n.last_message_at desc, n.id desc limit $8)
  select coalesce((select array_agg(id) from found), '{}') as chats, (select count(*)::int from near) as looked`;

/** Chats of a filter, the latest message on top. `after` is the cursor of the last row of the page before. */
export class ChatListStore {
  constructor(private readonly database: Database) {}

  async list(filter: ChatFilter, after: string | null, limit = 50): Promise<ChatRow[]> {
    const [at, id] = after?.split("_") ?? [];
    const { channel, kind, mark, from, to } = filter;
    const values = [channel, kind, mark, from, to, at, id, limit].map((value) => value ?? null);
    if (filter.search === undefined) return this.rows(ALL, values);
    const words = wordsQuery(filter.search);
    return words ? this.search(words, values, limit) : [];
  }

  /** Common words are soon found in the newest chats; rare ones are looked up, which for common ones would take long. */
  private async search(words: string, values: unknown[], limit: number): Promise<ChatRow[]> {
    const { rows } = await this.database.pool.query<{ chats: number[]; looked: number }>(NEAR, [
      ...values,
      words,
    ]);
    const { chats = [], looked = 0 } = rows[0] ?? {};
    const isEnough = chats.length >= limit || looked < LOOKED_THROUGH;
    return isEnough ? this.rows(AMONG, [...values, chats]) : this.rows(HOLDING, [...values, words]);
  }

  private async rows(query: string, values: unknown[]): Promise<ChatRow[]> {
    const { rows } = await this.database.pool.query<ChatRow>(query, values);
    return rows;
  }
}
