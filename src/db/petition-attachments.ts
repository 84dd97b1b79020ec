import type pg from "pg";
import type { ChannelName } from "../conversation/channel.ts";
import type { PetitionAttachment } from "../petitions/attachment.ts";
import type { Database } from "./database.ts";

/** An attachment that this process fetches until its lease runs out; `tries` counts this one too. */
export type ClaimedAttachment = { id: number; channel: ChannelName; reference: string; tries: number };

/** Longer than a fetch may take. */
const LEASE_SECONDS = 60;

const ROW = "a.id, a.kind, a.name, a.size, a.status, a.reason, a.at";

/** Photos and documents of petitions: noted with the message, fetched later, kept with their bytes. */
export class AttachmentStore {
  constructor(private readonly database: Database) {}

  /** Notes the files of messages of one chat, inside the transaction of the Turn; a repeat adds none. */
  async add(
    client: pg.PoolClient,
    conversationId: number,
    { code, messages }: { code: string; messages: number[] },
  ): Promise<void> {
    await client.query(
      `insert into petition_attachments (petition_id, message_id, kind, name, size, mime, reference)
       select p.id, m.id, m.attachment->>'kind', m.attachment->>'name', (m.attachment->>'size')::bigint,
              m.attachment->>'mime', m.attachment->>'reference'
       from messages m join petitions p on p.conversation_id = m.conversation_id
       where p.code = $1 and m.id = any($3) and m.conversation_id = $2 and m.direction = 'in'
         and m.attachment->>'reference' is not null and m.attachment->>'kind' in ('photo', 'document')
       order by m.id on conflict (petition_id, message_id) do nothing`,
      [code, conversationId, messages],
    );
  }

  /** Takes the attachment that is due longest on one of these channels, unless the channel is switched off; null when there is none. */
  async claim(channels: ChannelName[]): Promise<ClaimedAttachment | null> {
    const { rows } = await this.database.pool.query<ClaimedAttachment>(
      `with next as (
         select a.id, c.channel from petition_attachments a
         join messages m on m.id = a.message_id join conversations c on c.id = m.conversation_id
         where a.status = 'waiting' and a.due_at <= now() and c.channel = any($1)
           and c.channel <> all (array(select name from switches where not is_on))
         order by a.due_at limit 1 for update of a skip locked)
       update petition_attachments a set tries = a.tries + 1, due_at = now() + make_interval(secs => $2)
       from next where a.id = next.id returning a.id, next.channel, a.reference, a.tries`,
      [channels, LEASE_SECONDS],
    );
    return rows[0] ?? null;
  }

  /** Keeps what was fetched; one that was erased or taken over meanwhile stays as it is. */
  async keep({ id, tries }: ClaimedAttachment, bytes: Uint8Array): Promise<void> {
    await this.database.pool.query(
      `update petition_attachments set status = 'kept', bytes = $3, size = $4, reference = null, reason = null
       where id = $1 and tries = $2 and status = 'waiting'`,
      [id, tries, Buffer.from(bytes), bytes.length],
    );
  }

  /** Sets the next try. */
  async putOff({ id, tries }: ClaimedAttachment, reason: string, afterSeconds: number): Promise<void> {
    await this.database.pool.query(
      `update petition_attachments set reason = $3, due_at = now() + make_interval(secs => $4)
       where id = $1 and tries = $2 and status = 'waiting'`,
      [id, tries, reason, afterSeconds],
    );
  }

  /** Gives it up; staff read why. */
  async fail({ id, tries }: ClaimedAttachment, reason: string): Promise<void> {
    await this.database.pool.query(
      `update petition_attachments set status = 'failed', reason = $3, reference = null
       where id = $1 and tries = $2 and status = 'waiting'`,
      [id, tries, reason],
    );
  }

  /** What a petition brought along, oldest first. */
  async list(petitionId: number): Promise<PetitionAttachment[]> {
    const { rows } = await this.database.pool.query<PetitionAttachment>(
      `select ${ROW} from petition_attachments a where a.petition_id = $1 order by a.id`,
      [petitionId],
    );
    return rows;
  }

  /** One of a petition's own, with its bytes; null when there is none, or none was kept. */
  async read(petitionId: number, id: number): Promise<(PetitionAttachment & { bytes: Uint8Array }) | null> {
    const { rows } = await this.database.pool.query(
      `select ${ROW}, a.bytes from petition_attachments a
       where a.petition_id = $1 and a.id = $2 and a.status = 'kept'`,
      [petitionId, id],
    );
    return rows[0] ?? null;
  }
}
