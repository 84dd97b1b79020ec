import type { Attachment, ChannelName } from "../conversation/channel.ts";
import { type ConversationState, readState } from "../conversation/state.ts";
import type { Database } from "./database.ts";

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
  /** The state as it is stored, by which a change since can be seen. */
  storedState: unknown;
  heldByStaff: boolean;
  /** When automatic answers were switched off; null while they are on. */
  pausedSince: Date | null;
  errors: number;
  /** How often a process held it and never gave it back. */
  crashes: number;
};

/** Renewed while there is work; what a dead process held is taken over after this. */
export const LEASE_SECONDS = 10;

/** Holds the messages of "next" for an owner ($2) over the lease ($3); one that was never given back counts a crash. */
export const TAKE_NEXT = `update messages m
       set lease_owner = $2, lease_until = now() + make_interval(secs => $3), leases = leases + 1,
           crashes = m.crashes + (m.lease_owner is not null)::int
       from next, conversations c
       where m.id = next.id and c.id = m.conversation_id
       returning m.id, m.conversation_id as "conversationId", m.key, m.text, m.attachment, m.choices, m.errors, m.crashes,
                 c.channel, c.chat_id as "chatId", c.state as "storedState", c.held_by_staff as "heldByStaff",
                 (select since from switches where name = 'answers' and not is_on) as "pausedSince"`;

/** A row of TAKE_NEXT as it is worked on. */
export const asClaimed = (row: Omit<ClaimedMessage, "state">): ClaimedMessage => ({
  ...row,
  state: readState(row.storedState),
});

/**
 * Takes the oldest due messages, up to so many, of chats that have nothing earlier open in the same direction. What came or
 * would go over a channel that is switched off stays open, and what may be killing processes is left for claimSuspect.
 */
export async function claimMessages(
  { pool }: Database,
  direction: Direction,
  owner: string,
  limit: number,
): Promise<ClaimedMessage[]> {
  const { rows } = await pool.query({
    name: "claim-messages",
    // The head of a chat is looked up row by row, and only the index of what is due has this order: planned by figures that are
    // out of date, a claim would else read every open message, or every old one.
    text: `with next as (
         select m.id from messages m
         where m.status = 'open' and m.direction = $1 and m.due_at <= now() and m.crashes < 3
           and (m.lease_until is null or m.lease_until < now())
           and m.id = (
             select earliest.id from messages earliest
             where earliest.conversation_id = m.conversation_id and earliest.direction = m.direction
               and earliest.status = 'open' order by earliest.id limit 1)
           and (select c.channel from conversations c where c.id = m.conversation_id)
             <> all (array(select name from switches where not is_on))
         order by m.created_at, m.id limit $4 for update of m skip locked
       )
       ${TAKE_NEXT}`,
    values: [direction, owner, LEASE_SECONDS, limit],
  });
  return rows.map(asClaimed).sort((a, b) => a.id - b.id);
}
