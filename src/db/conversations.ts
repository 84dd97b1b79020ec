import type pg from "pg";
import { type Awaited, ConversationState, expecting, mergeState, readState } from "../conversation/state.ts";
import type { Chat, HeldChat } from "../conversation/transcript.ts";
import type { Database } from "./database.ts";

/** A telephone number however it is spaced, or nine digits and more in a row as cards and accounts have; no sum of money. */
const PERSONAL_NUMBER = String.raw`(?<![\d.,])(?:\+?84|0)(?:[ .-]?\d){8,11}(?!\d)|\d{9,}`;

/** Chats: their state, who holds them, and what was asked in them without an answer. */
export class ConversationStore {
  constructor(private readonly database: Database) {}

  /** Stores what the bot remembers of a chat, inside the transaction of its Turn; what staff changed since `before` is kept. */
  async saveState(
    client: pg.PoolClient,
    id: number,
    state: ConversationState,
    before: ConversationState = state,
  ): Promise<void> {
    if (before === state) return this.write(client, id, state);
    await this.write(client, id, mergeState(before, state, await this.lockedState(client, id)));
  }

  /** Notes what staff ask of a member about a petition, inside the transaction that sends him the question. */
  async expect(client: pg.PoolClient, id: number, awaited: Awaited, choices: string[]): Promise<void> {
    await this.write(client, id, expecting(await this.lockedState(client, id), awaited, choices));
  }

  private async lockedState(client: pg.PoolClient, id: number): Promise<ConversationState> {
    const { rows } = await client.query("select state from conversations where id = $1 for update", [id]);
    return readState(rows[0]?.state);
  }

  private async write(client: pg.PoolClient, id: number, state: ConversationState): Promise<void> {
    await client.query("update conversations set state = $2 where id = $1", [id, JSON.stringify(state)]);
  }

  /** Gives the chat to people, or back to the bot. */
  async hold(client: pg.PoolClient, id: number, byStaff: boolean): Promise<void> {
    await client.query(
      "update conversations set held_by_staff = $2, held_since = case when $2 then now() end where id = $1",
      [id, byStaff],
    );
  }

  /** Gives the chat to people unless they hold it already; false when they do. */
  async takeOver(client: pg.PoolClient, id: number): Promise<boolean> {
    const { rowCount } = await client.query(
      `update conversations set held_by_staff = true, held_since = now()
       where id = $1 and not held_by_staff and chat_id not like 'erased-%'`,
      [id],
    );
    return rowCount === 1;
  }

  /**
   * Removes what identifies the member of a chat and returns the new, empty chat that goes on in its place.
   * Rows stay, so counts and codes stay true; words, names and the link to the member's account go. The message that `asked`
   * for it goes along without its words: whoever died before it was acknowledged is told of it again, and has to know it.
   */
  async erase(
    client: pg.PoolClient,
    id: number,
    asked: { id: number; key: string } | null = null,
  ): Promise<number> {
    // Petitions first, in the order in which staff lock them; writing to a message locks its chat.
    await client.query("select from petitions where conversation_id = $1 order by id for update", [id]);
    await client.query(
      `update petition_events e set member_text = regexp_replace(member_text, $2, '[số đã xóa]', 'g')
       from petitions p where p.conversation_id = $1 and e.petition_id = p.id and e.member_text is not null`,
      [id, PERSONAL_NUMBER],
    );
    await client.query(
      `update petition_attachments a set bytes = null, name = null, mime = null, reference = null,
         status = 'failed', reason = 'đã xóa theo yêu cầu của bà con'
       from petitions p where p.conversation_id = $1 and a.petition_id = p.id`,
      [id],
    );
    await client.query(
      `update petitions set contact = null, cooperative = null, conversation_id = null,
         content = regexp_replace(content, $2, '[số đã xóa]', 'g')
       where conversation_id = $1`,
      [id, PERSONAL_NUMBER],
    );
    await client.query("select from conversations where id = $1 for update", [id]);
    await client.query(
      `update messages set text = '[đã xóa theo yêu cầu]', choices = '[]', attachment = null, trace = null,
         provider_id = null, reason = null,
         -- A provider's id of a message may hold the number of the member's account.
         key = case when direction = 'in' or key like 'zalo-console:%' then 'erased:' || id else key end,
         finished_at = case when status in ('open', 'waiting') then now() else finished_at end,
         status = case when status in ('open', 'waiting') then 'refused' else status end
       where conversation_id = $1`,
      [id],
    );
    await client.query(
      `update judgements j set question = '[đã xóa theo yêu cầu]', context = null, note = null, expected_fact = null,
         status = case when j.status = 'open' then 'dismissed' else j.status end
       from messages m where m.conversation_id = $1 and m.id = j.message_id`,
      [id],
    );
    const { rows } = await client.query<{ id: number }>(
      `with old as (
         update conversations o set state = $2, held_by_staff = false, chat_id = 'erased-' || o.id
         from conversations before where o.id = $1 and before.id = o.id returning before.channel, before.chat_id)
       insert into conversations (channel, chat_id, state) select channel, chat_id, $2 from old returning id`,
      [id, JSON.stringify(ConversationState.parse({}))],
    );
    const next = rows[0]?.id;
    if (next === undefined) throw new Error("the database returned no row");
    if (asked)
      await client.query("update messages set conversation_id = $1, key = $2 where id = $3", [
        next,
        asked.key,
        asked.id,
      ]);
    return next;
  }

  /** Chats that wait for a person, longest first. */
  async held(): Promise<HeldChat[]> {
    const { rows } = await this.database.pool.query(
      `select c.id, c.channel, c.held_since as "heldSince",
              (select m.text from messages m where m.conversation_id = c.id and m.direction = 'in' order by m.id desc limit 1) as "lastText"
       from conversations c where c.held_by_staff order by c.held_since`,
    );
    return rows;
  }

  /** The chat behind an id, or null. */
  async find(id: number): Promise<Chat | null> {
    const { rows } = await this.database.pool.query(
      `select id, channel, chat_id as "chatId", held_by_staff as "heldByStaff" from conversations where id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }
}
