import type pg from "pg";
import type { Attachment, ChannelName, Delivery, IncomingMessage } from "../conversation/channel.ts";
import { type ConversationState, readState } from "../conversation/state.ts";
import type { TranscriptLine } from "../conversation/transcript.ts";
import type { Reply } from "../conversation/turn.ts";
import { lockChat } from "./chats.ts";
import type { Database } from "./database.ts";
import { letWait, wakeWaiting } from "./waiting.ts";

export type Direction = "in" | "out";

/** A message that this process holds until its lease runs out. */
export type ClaimedMessage = {
  id: number;
  conversationId: number;
  channel: ChannelName;
  chatId: string;
  key: string;
  text: string;
  attachment: Attachment | null;
  choices: string[];
  state: ConversationState;
  heldByStaff: boolean;
  /** When automatic answers were switched off; null while they are on. */
  pausedSince: Date | null;
  errors: number;
};

export type NewOutgoing = {
  key: string;
  author: "bot" | "staff";
  reply: Reply;
  petitionId?: number;
  staffId?: number;
};

/** The lease ran out and somebody else holds the message now; whatever was prepared is dropped. */
export class LostLease extends Error {}

/** A message is dead after so many thrown errors; crashes do not count, they are no fault of the message. */
export const ERRORS_UNTIL_DEAD = 5;
const LEASE_SECONDS = 20;

/** The transcript, which is also the inbox and the outbox. */
export class MessageStore {
  constructor(private readonly database: Database) {}

  /** Stores what a member sent; resolves after the commit. A repeat of the same external id changes nothing. */
  async receive(message: IncomingMessage): Promise<{ id: number; conversationId: number; fresh: boolean }> {
    return this.database.tx(async (client) => {
      const conversationId = await lockChat(client, message.channel, message.chatId);
      const known = await client.query<{ id: number }>(
        "select id from messages where conversation_id = $1 and direction = 'in' and key = $2",
        [conversationId, message.externalId],
      );
      if (known.rows[0]) return { id: known.rows[0].id, conversationId, fresh: false };
      const inserted = await client.query<{ id: number }>(
        `insert into messages (conversation_id, direction, author, key, text, attachment, sent_at)
         values ($1, 'in', 'member', $2, $3, $4, $5) returning id`,
        [conversationId, message.externalId, message.text, toJson(message.attachment), message.sentAt],
      );
      await client.query("update conversations set last_message_at = now() where id = $1", [conversationId]);
      await wakeWaiting(client, conversationId);
      await client.query("select pg_notify('messages', 'in')");
      return { id: firstId(inserted.rows), conversationId, fresh: true };
    });
  }

  /**
   * Takes the oldest due message whose chat has nothing earlier open in the same direction, or null. What came or would go
   * over a channel that is switched off stays open.
   */
  async claim(direction: Direction, owner: string): Promise<ClaimedMessage | null> {
    const { rows } = await this.database.pool.query(
      `with next as (
         select m.id from messages m join conversations c on c.id = m.conversation_id
         where m.status = 'open' and m.direction = $1 and m.due_at <= now()
           and c.channel <> all (array(select name from switches where not is_on))
           and (m.lease_until is null or m.lease_until < now())
           and not exists (
             select from messages earlier
             where earlier.conversation_id = m.conversation_id and earlier.direction = m.direction
               and earlier.status = 'open' and earlier.id < m.id)
         order by m.id limit 1 for update of m skip locked
       )
       update messages m
       set lease_owner = $2, lease_until = now() + make_interval(secs => $3), leases = leases + 1
       from next, conversations c
       where m.id = next.id and c.id = m.conversation_id
       returning m.id, m.conversation_id, m.key, m.text, m.attachment, m.choices, m.errors,
                 c.channel, c.chat_id, c.state, c.held_by_staff,
                 (select since from switches where name = 'answers' and not is_on) as paused_since`,
      [direction, owner, LEASE_SECONDS],
    );
    const row = rows[0];
    if (!row) return null;
    return {
      id: row.id,
      conversationId: row.conversation_id,
      channel: row.channel,
      chatId: row.chat_id,
      key: row.key,
      text: row.text,
      attachment: row.attachment,
      choices: row.choices,
      state: readState(row.state),
      heldByStaff: row.held_by_staff,
      pausedSince: row.paused_since,
      errors: row.errors,
    };
  }

  /** Holds a message longer; throws LostLease when somebody else has it. */
  async renew(id: number, owner: string): Promise<void> {
    const { rowCount } = await this.database.pool.query(
      `update messages set lease_until = now() + make_interval(secs => $3)
       where id = $1 and lease_owner = $2 and status = 'open'`,
      [id, owner, LEASE_SECONDS],
    );
    if (rowCount !== 1) throw new LostLease(`message ${id}`);
  }

  /** Frees what processes that are gone still hold; only for one that knows itself alone on the database. */
  async freeAll(): Promise<void> {
    await this.database.pool.query(
      "update messages set lease_owner = null, lease_until = null where status = 'open' and lease_owner is not null",
    );
  }

  /** Counts a thrown error and sets the next try, or buries the message; true when it is dead now. */
  async fail(client: pg.PoolClient, id: number, owner: string, reason: string): Promise<boolean> {
    const { rows } = await client.query<{ status: string }>(
      `update messages
       set errors = errors + 1, reason = $3, lease_owner = null, lease_until = null,
           due_at = now() + make_interval(secs => power(2, errors)),
           status = case when errors + 1 >= $4 then 'dead' else 'open' end,
           finished_at = case when errors + 1 >= $4 then now() end
       where id = $1 and lease_owner = $2 and status = 'open' returning status`,
      [id, owner, reason, ERRORS_UNTIL_DEAD],
    );
    if (!rows[0]) throw new LostLease(`message ${id}`);
    return rows[0].status === "dead";
  }

  /** Marks an incoming message as answered, inside the transaction that stores its Turn. */
  async finish(
    client: pg.PoolClient,
    id: number,
    owner: string,
    outcome: string,
    trace: unknown,
  ): Promise<void> {
    const { rowCount } = await client.query(
      `update messages set status = 'done', outcome = $3, trace = $4, finished_at = now(), lease_until = null
       where id = $1 and lease_owner = $2 and status = 'open'`,
      [id, owner, outcome, toJson(trace)],
    );
    if (rowCount !== 1) throw new LostLease(`message ${id}`);
  }

  /** Adds outgoing rows to a chat; a key that exists already is left as it is. */
  async enqueue(client: pg.PoolClient, conversationId: number, outgoing: NewOutgoing[]): Promise<void> {
    if (outgoing.length === 0) return;
    await client.query("select from conversations where id = $1 for update", [conversationId]);
    for (const { key, author, reply, petitionId, staffId } of outgoing) {
      await client.query(
        `insert into messages (conversation_id, direction, author, key, text, choices, petition_id, staff_id)
         values ($1, 'out', $2, $3, $4, $5, $6, $7) on conflict (conversation_id, direction, key) do nothing`,
        [
          conversationId,
          author,
          key,
          reply.text,
          JSON.stringify(reply.choices),
          petitionId ?? null,
          staffId ?? null,
        ],
      );
    }
    await client.query("update conversations set last_message_at = now() where id = $1", [conversationId]);
    await client.query("select pg_notify('messages', 'out')");
  }

  /** Records what became of a call to a provider. */
  async recordDelivery(id: number, owner: string, delivery: Delivery): Promise<void> {
    if (delivery.outcome === "waiting") {
      const held = { id, owner, leaseSeconds: LEASE_SECONDS };
      if (await this.database.tx((client) => letWait(client, held, delivery.reason))) return;
      throw new LostLease(`message ${id}`);
    }
    const { rowCount } = await this.database.pool.query(
      delivery.outcome === "retry"
        ? `update messages set reason = $3, due_at = now() + make_interval(secs => $4), lease_owner = null, lease_until = null
           where id = $1 and lease_owner = $2 and status = 'open'`
        : `update messages set reason = $3, status = $4, provider_id = $5, finished_at = now(), lease_until = null
           where id = $1 and lease_owner = $2 and status = 'open'`,
      delivery.outcome === "retry"
        ? [id, owner, delivery.reason, delivery.afterSeconds]
        : [
            id,
            owner,
            delivery.outcome === "sent" ? null : delivery.reason,
            delivery.outcome === "sent" ? "done" : delivery.outcome,
            delivery.outcome === "sent" ? delivery.providerId : null,
          ],
    );
    if (rowCount !== 1) throw new LostLease(`message ${id}`);
  }

  /** Messages still to be handled in one chat; a chat that floods is told to wait. */
  async openIn(channel: ChannelName, chatId: string): Promise<number> {
    const { rows } = await this.database.pool.query<{ count: number }>(
      `select count(*)::int as count from messages m join conversations c on c.id = m.conversation_id
       where c.channel = $1 and c.chat_id = $2 and m.direction = 'in' and m.status = 'open'`,
      [channel, chatId],
    );
    return rows[0]?.count ?? 0;
  }

  /** The lines of one chat after a message id, oldest first; what waits for its channel to be on again is "switched-off". */
  async transcript(
    channel: ChannelName,
    chatId: string,
    after: number,
    limit = 200,
  ): Promise<TranscriptLine[]> {
    const { rows } = await this.database.pool.query(
      `select m.id, m.author, m.text, m.choices, m.attachment, m.reason, m.outcome, m.trace, m.sent_at as "sentAt",
              substring(m.key from '^message:([0-9]{1,15}):0$')::bigint as cause,
              case when m.status = 'open' and exists (select from switches where name = c.channel and not is_on)
                then 'switched-off' else m.status end as status
       from messages m join conversations c on c.id = m.conversation_id
       where c.channel = $1 and c.chat_id = $2 and m.id > $3 order by m.id limit $4`,
      [channel, chatId, after, limit],
    );
    return rows;
  }
}

function firstId(rows: { id: number }[]): number {
  if (!rows[0]) throw new Error("the database returned no row");
  return rows[0].id;
}

function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
