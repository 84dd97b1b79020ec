import type { ConversationState } from "../conversation/state.ts";
import type { Reply } from "../conversation/turn.ts";
import { type ClaimedMessage, LEASE_SECONDS } from "./claims.ts";
import type { Database } from "./database.ts";

/** What a Turn changes that touches nothing but its own chat. */
export type PlainTurn = {
  outcome: string;
  trace: unknown;
  cited: string[];
  edition: number | null;
  state: ConversationState;
  outgoing: { key: string; reply: Reply }[];
};

export type Committed = {
  /** The first reply, where it is held to be sent at once. */
  held: ClaimedMessage | null;
  /** Another message of the member waits. */
  isMoreDue: boolean;
};

/**
 * Commits a Turn in one statement instead of seven; most of what the database costs is the way there and back. Null, and
 * nothing is changed, when the message is no longer held by `owner` or staff changed the state of the chat meanwhile.
 * With `toSend` the first reply is held by `owner` too, unless something earlier is to be sent in that chat.
 */
export async function commitPlainTurn(
  { pool }: Pick<Database, "pool">,
  message: ClaimedMessage,
  owner: string,
  { outcome, trace, cited, edition, state, outgoing }: PlainTurn,
  toSend: boolean,
): Promise<Committed | null> {
  const { rows } = await pool.query<{ held: number | null; isMoreDue: boolean }>({
    name: "commit-plain-turn",
    text: `with chat as (
         select id from conversations where id = $1 and state = $2::jsonb for update),
       finished as (
         update messages set status = 'done', outcome = $5, trace = $6::jsonb, finished_at = now(), lease_until = null
         from chat where messages.id = $3 and lease_owner = $4 and status = 'open' returning messages.id),
       kept as (
         update conversations set state = $7::jsonb, last_message_at = now() from finished where conversations.id = $1),
       noted as (
         insert into answer_citations (message_id, passage, edition_id)
         select finished.id, passage, $9::bigint from finished, unnest($8::text[]) as cited (passage)
         on conflict do nothing),
       replies as (
         select key, text, choices, n,
           case when n = 1 and $10 and is_next_in_chat($1, 'out') then $4 end as holder
         from finished, unnest($11::text[], $12::text[], $13::jsonb[]) with ordinality as given (key, text, choices, n)),
       added as (
         insert into messages (conversation_id, direction, author, key, text, choices, lease_owner, lease_until, leases)
         select $1, 'out', 'bot', key, text, choices, holder,
           case when holder is not null then now() + make_interval(secs => $14) end, (holder is not null)::int
         from replies order by n
         on conflict (conversation_id, direction, key) do nothing returning id, lease_owner)
       select (select id from added where lease_owner is not null) as held,
         exists (
           select from messages
           where conversation_id = $1 and direction = 'in' and status = 'open' and id > $3) as "isMoreDue",
         case when exists (select from added where lease_owner is null) then pg_notify('messages', 'out') end
       from finished`,
    values: [
      message.conversationId,
      JSON.stringify(message.storedState),
      message.id,
      owner,
      outcome,
      trace === null || trace === undefined ? null : JSON.stringify(trace),
      JSON.stringify(state),
      cited,
      edition,
      toSend,
      outgoing.map(({ key }) => key),
      outgoing.map(({ reply }) => reply.text),
      outgoing.map(({ reply }) => JSON.stringify(reply.choices)),
      LEASE_SECONDS,
    ],
  });
  const [committed] = rows;
  if (!committed) return null;
  const first = outgoing[0];
  const held =
    committed.held !== null && first
      ? {
          ...message,
          id: committed.held,
          key: first.key,
          attachment: null,
          errors: 0,
          crashes: 0,
          ...first.reply,
        }
      : null;
  return { held, isMoreDue: committed.isMoreDue };
}
