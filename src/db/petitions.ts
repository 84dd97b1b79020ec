import type pg from "pg";
import { mayBecome, type NewPetition, type PetitionView, type Status } from "../petitions/petition.ts";
import {
  type PetitionChange,
  type PetitionEvent,
  type PetitionFile,
  type PetitionFilter,
  PetitionMoved,
  type PetitionRow,
} from "../petitions/petition-file.ts";
import type { Database } from "./database.ts";

const COLUMNS = `p.id, p.code, p.content, p.stance, p.topic, p.commune, p.status, c.channel, p.received_at as "receivedAt"`;

/** Petitions and their history; every change writes its event in the same transaction. */
export class PetitionStore {
  constructor(private readonly database: Database) {}

  /** Stores a petition inside the transaction of the Turn that confirmed it. `originKey` names the confirming message. */
  async create(
    client: pg.PoolClient,
    conversationId: number,
    originKey: string,
    petition: NewPetition,
  ): Promise<number> {
    const { rows } = await client.query<{ id: number }>(
      `insert into petitions (code, conversation_id, origin_key, content, stance, topic, cooperative, commune, contact)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
      [
        petition.code,
        conversationId,
        originKey,
        petition.content,
        petition.stance,
        petition.topic,
        petition.cooperative,
        petition.commune,
        petition.contact,
      ],
    );
    const id = rows[0]?.id;
    if (id === undefined) throw new Error("the database returned no row");
    await client.query(
      "insert into petition_events (petition_id, kind, status_to) values ($1, 'received', 'received')",
      [id],
    );
    return id;
  }

  /** What a look-up by code shows; personal data only when the asking chat is the petition's own. */
  async lookUp(code: string, askingConversation: number | null): Promise<PetitionView | null> {
    const file = await this.find(code);
    if (!file) return null;
    const owned = file.conversationId !== null && file.conversationId === askingConversation;
    return {
      code: file.code,
      content: owned ? file.content : "",
      stance: file.stance as PetitionView["stance"],
      topic: file.topic as PetitionView["topic"],
      cooperative: owned ? file.cooperative : null,
      commune: owned ? file.commune : null,
      contact: owned ? file.contact : null,
      status: file.status,
      receivedAt: file.receivedAt,
      owned,
      events: file.events
        .filter((event) => event.statusTo !== null || event.publicText !== null)
        .map((event) => ({ at: event.at, status: event.statusTo, text: event.publicText })),
    };
  }

  async find(code: string): Promise<PetitionFile | null> {
    const { rows } = await this.database.pool.query<Omit<PetitionFile, "events">>(
      `select ${COLUMNS}, p.conversation_id as "conversationId", p.cooperative, p.contact, p.agency, p.version, p.answered_at as "answeredAt"
       from petitions p left join conversations c on c.id = p.conversation_id where p.code = $1`,
      [code],
    );
    const row = rows[0];
    if (!row) return null;
    const events = await this.database.pool.query<PetitionEvent>(
      `select e.id, e.kind, e.status_from as "statusFrom", e.status_to as "statusTo", s.name as by, e.reason,
              e.public_text as "publicText", e.internal_note as "internalNote", e.at
       from petition_events e left join staff s on s.id = e.by_staff where e.petition_id = $1 order by e.id`,
      [row.id],
    );
    return { ...row, events: events.rows };
  }

  /** Petitions for the staff's list, newest first. */
  async list(
    filter: PetitionFilter,
    page: number,
    perPage = 50,
  ): Promise<{ rows: PetitionRow[]; total: number }> {
    const where = `($1::text is null or p.status = $1) and ($2::text is null or p.topic = $2)
      and ($3::text is null or p.code = upper($3) or p.content ilike '%' || $3 || '%')`;
    const values = [filter.status ?? null, filter.topic ?? null, filter.search ?? null];
    const [rows, count] = await Promise.all([
      this.database.pool.query<PetitionRow>(
        `select ${COLUMNS} from petitions p left join conversations c on c.id = p.conversation_id
         where ${where} order by p.id desc limit $4 offset $5`,
        [...values, perPage, (page - 1) * perPage],
      ),
      this.database.pool.query<{ count: number }>(
        `select count(*)::int as count from petitions p where ${where}`,
        values,
      ),
    ]);
    return { rows: rows.rows, total: count.rows[0]?.count ?? 0 };
  }

  /**
   * Moves a petition on, with its event; throws PetitionMoved when `version` is no longer the current one.
   * Returns the chat to be told, or null when it is gone.
   */
  async change(
    client: pg.PoolClient,
    id: number,
    version: number,
    change: PetitionChange,
  ): Promise<number | null> {
    const { rows } = await client.query<{ status: Status; version: number; conversation: number | null }>(
      "select status, version, conversation_id as conversation from petitions where id = $1 for update",
      [id],
    );
    const current = rows[0];
    if (!current || current.version !== version || !mayBecome(current.status, change.to))
      throw new PetitionMoved();
    await client.query(
      `update petitions set status = $2, version = version + 1,
         answered_at = case when $2 = 'answered' then now() else answered_at end where id = $1`,
      [id, change.to],
    );
    await client.query(
      `insert into petition_events (petition_id, kind, status_from, status_to, by_staff, reason, public_text, internal_note)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        change.publicText ? "replied" : "moved",
        current.status,
        change.to,
        change.by,
        change.reason ?? null,
        change.publicText ?? null,
        change.internalNote ?? null,
      ],
    );
    return current.conversation;
  }
}
