import type pg from "pg";
import type { ChannelName, Delivery, IncomingMessage } from "../conversation/channel.ts";
import type { TranscriptLine } from "../conversation/transcript.ts";
import type { Reply } from "../conversation/turn.ts";
import { type ClaimedMessage, claimMessages, type Direction, LEASE_SECONDS } from "./claims.ts";
import type { Database } from "./database.ts";
import { type Received, receiveMessage } from "./receive.ts";
import { letWait } from "./waiting.ts";

export type NewOutgoing = {
  key: string;
  author: "bot" | "staff";
  reply: Reply;
  petitionId?: number;
  staffId?: number;
};

/** The lease ran out and somebody else holds the message now; whatever was prepared is dropped. */
export class LostLease extends Error {}

/** A message is dead after so many thrown errors; crashes are hardly ever the fault of a message, and count apart. */
export const ERRORS_UNTIL_DEAD = 5;
/** A reply that perhaps arrived is sent so often at most, where it may be repeated, and is then left to staff. */
export const SENDS_IN_DOUBT = 3;
const FIRST_REPEAT_SECONDS = 5;

/** The transcript, which is also the inbox and the outbox. */
export class MessageStore {
  constructor(private readonly database: Database) {}

  /** Stores what a member sent, held by `holder` where it can be; resolves after the commit. A repeat of the same external id changes nothing. */
  async receive(message: IncomingMessage, holder: string | null = null): Promise<Received> {
    return receiveMessage(this.database, message, holder);
  }

  /** Takes the oldest due message whose chat has nothing earlier open in the same direction, or null. */
  async claim(direction: Direction, owner: string): Promise<ClaimedMessage | null> {
    return (await this.claimSome(direction, owner, 1))[0] ?? null;
  }

  /** The same for up to so many messages, each of another chat, the oldest first. */
  async claimSome(direction: Direction, owner: string, limit: number): Promise<ClaimedMessage[]> {
    return claimMessages(this.database, direction, owner, limit);
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

  /** Frees what processes that are gone still hold, which counts as a crash; only for one that knows itself alone on the database. */
  async freeAll(): Promise<void> {
    await this.database.pool.query(
      `update messages set lease_owner = null, lease_until = null, crashes = crashes + 1
       where status = 'open' and lease_owner is not null`,
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
    await client.query({
      name: "enqueue-messages",
      // The rows follow from the locked chat, so that their ids are given while the lock is held.
      text: `with chat as (select id from conversations where id = $1 for update),
         added as (
           insert into messages (conversation_id, direction, author, key, text, choices, petition_id, staff_id)
           select chat.id, 'out', author, key, text, choices, petition_id, staff_id
           from chat, unnest($2::text[], $3::text[], $4::text[], $5::jsonb[], $6::bigint[], $7::bigint[])
             with ordinality as given (author, key, text, choices, petition_id, staff_id, n)
           order by n
           on conflict (conversation_id, direction, key) do nothing),
         touched as (update conversations set last_message_at = now() from chat where conversations.id = chat.id)
         select pg_notify('messages', 'out')`,
      values: [
        conversationId,
        outgoing.map(({ author }) => author),
        outgoing.map(({ key }) => key),
        outgoing.map(({ reply }) => reply.text),
        outgoing.map(({ reply }) => JSON.stringify(reply.choices)),
        outgoing.map(({ petitionId }) => petitionId ?? null),
        outgoing.map(({ staffId }) => staffId ?? null),
      ],
    });
  }

  /** Records what became of a call to a provider; true when the chat's next reply may be due by it. */
  async recordDelivery(id: number, owner: string, delivery: Delivery): Promise<boolean> {
    if (delivery.outcome === "sent") return recordSent(this.database, id, owner, delivery.providerId);
    if (delivery.outcome === "waiting") {
      const held = { id, owner, leaseSeconds: LEASE_SECONDS };
      if (await this.database.tx((client) => letWait(client, held, delivery.reason))) return true;
      throw new LostLease(`message ${id}`);
    }
    const { rowCount } = await this.database.pool.query(...recordOf(id, owner, delivery));
    if (rowCount !== 1) throw new LostLease(`message ${id}`);
    return true;
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

/** Nearly every reply; tells in the same statement whether another one waits in its chat. */
async function recordSent(
  { pool }: Database,
  id: number,
  owner: string,
  providerId: string | null,
): Promise<boolean> {
  const { rows } = await pool.query<{ isMoreDue: boolean }>({
    name: "record-sent",
    text: `update messages m
       set status = 'done', provider_id = $3, reason = null, finished_at = now(), lease_until = null
       where id = $1 and lease_owner = $2 and status = 'open'
       returning exists (
         select from messages other
         where other.conversation_id = m.conversation_id and other.direction = 'out' and other.status = 'open'
           and other.id <> m.id) as "isMoreDue"`,
    values: [id, owner, providerId],
  });
  if (!rows[0]) throw new LostLease(`message ${id}`);
  return rows[0].isMoreDue;
}

type Ended = Exclude<Delivery, { outcome: "waiting" | "sent" }>;

function recordOf(id: number, owner: string, delivery: Ended): [statement: string, values: unknown[]] {
  const ours = "where id = $1 and lease_owner = $2 and status = 'open'";
  switch (delivery.outcome) {
    case "retry":
      return [
        `update messages set reason = $3, due_at = now() + make_interval(secs => $4), lease_owner = null, lease_until = null ${ours}`,
        [id, owner, delivery.reason, delivery.afterSeconds],
      ];
    case "refused":
    case "uncertain":
      return delivery.outcome === "uncertain" && delivery.mayRepeat
        ? [
            `update messages set reason = $3, errors = errors + 1, due_at = now() + make_interval(secs => $4 * power(2, errors)),
               status = case when errors + 1 < $5 then 'open' else 'uncertain' end,
               finished_at = case when errors + 1 < $5 then null else now() end, lease_owner = null, lease_until = null ${ours}`,
            [id, owner, delivery.reason, FIRST_REPEAT_SECONDS, SENDS_IN_DOUBT],
          ]
        : [
            `update messages set status = $3, reason = $4, finished_at = now(), lease_until = null ${ours}`,
            [id, owner, delivery.outcome, delivery.reason],
          ];
  }
}

function toJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
