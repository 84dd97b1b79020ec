import type pg from "pg";
import { Deadlines } from "../knowledge/catalog.ts";
import { createOfficeTime, type OfficeTime } from "../petitions/clock.ts";
import { type NewPetition, OPEN_STATUSES, type PetitionView } from "../petitions/petition.ts";
import type {
  Correction,
  MemberAct,
  PetitionChange,
  PetitionEvent,
  PetitionFile,
  PetitionRow,
} from "../petitions/petition-file.ts";
import type { PetitionCounts, PetitionFilter, StatusCounts } from "../petitions/petition-list.ts";
import type { Database } from "./database.ts";
import { actOfMember, addEvent, correct, lockAt, move, refreshDue, refreshDues } from "./petition-changes.ts";
import { countByStatus, countPetitions } from "./petition-counts.ts";
import { listPetitions, petitionRows, ROW } from "./petition-list.ts";

/** How many stored deadlines are worked out again in one transaction. */
const CHUNK = 500;

/** Petitions and their history; every change writes its event in the same transaction and works the deadline out again. */
export class PetitionStore {
  constructor(
    private readonly database: Database,
    readonly time: OfficeTime = createOfficeTime(Deadlines.parse({}), []),
  ) {}

  /** Stores a petition inside the transaction of the Turn that confirmed it. `originKey` names the confirming message. */
  async create(
    client: pg.PoolClient,
    conversationId: number,
    originKey: string,
    petition: NewPetition,
  ): Promise<number> {
    const { rows } = await client.query<{ id: number }>(
      `insert into petitions (code, conversation_id, origin_key, content, stance, topic, cooperative, commune, contact,
         consent_version, consented_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $10::text is not null then now() end) returning id`,
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
        petition.consent ?? null,
      ],
    );
    const id = rows[0]?.id;
    if (id === undefined) throw new Error("the database returned no row");
    await addEvent(client, id, { kind: "received", by: null, to: "received" });
    await refreshDue(client, id, this.time);
    return id;
  }

  /** What a look-up by code shows; what members and staff wrote about the case only when the asking chat is the petition's own. */
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
      dueOn: file.dueOn,
      owned,
      events: file.events
        .filter(({ statusTo, publicText }) => statusTo !== null || (owned && publicText !== null))
        .map(({ at, statusTo, publicText, kind }) => ({
          at,
          status: statusTo,
          text: owned || kind === "replied" ? publicText : null,
        })),
    };
  }

  /** The codes of a chat's petitions that are still somebody's work, newest first. */
  async openOf(conversationId: number): Promise<string[]> {
    const { rows } = await this.database.pool.query<{ code: string }>(
      "select code from petitions where conversation_id = $1 and status = any($2) order by id desc limit 10",
      [conversationId, OPEN_STATUSES],
    );
    return rows.map(({ code }) => code);
  }

  async find(code: string): Promise<PetitionFile | null> {
    const { rows } = await this.database.pool.query<Omit<PetitionFile, "events">>(
      `select ${ROW}, p.conversation_id as "conversationId", p.cooperative, p.contact, p.sender, p.version,
              p.answered_at as "answeredAt"
       from petitions p left join conversations c on c.id = p.conversation_id where p.code = $1`,
      [code],
    );
    const row = rows[0];
    if (!row) return null;
    const events = await this.database.pool.query<PetitionEvent>(
      `select e.id, e.kind, e.status_from as "statusFrom", e.status_to as "statusTo", s.name as by, e.reason,
              e.public_text as "publicText", e.internal_note as "internalNote", e.member_text as "memberText",
              e.details, e.at
       from petition_events e left join staff s on s.id = e.by_staff where e.petition_id = $1 order by e.id`,
      [row.id],
    );
    return { ...row, events: events.rows };
  }

  /** Petitions for the staff's list, page by page, with how many there are. */
  list(filter: PetitionFilter, page: number, perPage = 50): Promise<{ rows: PetitionRow[]; total: number }> {
    return listPetitions(this.database.pool, filter, page, perPage);
  }

  /** A page of them, without counting what stands on the others. */
  rows(filter: PetitionFilter, page: number, perPage = 50): Promise<PetitionRow[]> {
    return petitionRows(this.database.pool, filter, page, perPage);
  }

  /** How many petitions of a filter there are in each state. */
  statusCounts(filter: PetitionFilter, now: Date): Promise<StatusCounts> {
    return countByStatus(this.database.pool, filter, this.time.daysAt(now));
  }

  /** How many petitions of a filter there are, by each thing that a dashboard shows. */
  counts(filter: PetitionFilter, now: Date): Promise<PetitionCounts> {
    return countPetitions(this.database.pool, filter, this.time.daysAt(now));
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
    const petition = await lockAt(client, id, version);
    await move(client, petition, change, this.time);
    return petition.conversation;
  }

  /** The last day for the answer as this transaction sees it, an ISO day; null when nothing is due. */
  async dueOf(client: pg.PoolClient, id: number): Promise<string | null> {
    const { rows } = await client.query<{ dueOn: string | null }>(
      'select due_on as "dueOn" from petitions where id = $1',
      [id],
    );
    return rows[0]?.dueOn ?? null;
  }

  /** What a member's message does to a petition of his own chat, in the transaction of its Turn; throws PetitionMoved. */
  act(client: pg.PoolClient, conversationId: number, act: MemberAct): Promise<number> {
    return actOfMember(client, conversationId, act, this.time);
  }

  /** Sets the stance, the topic or the commune right; false when nothing would change. Throws PetitionMoved. */
  async correct(
    client: pg.PoolClient,
    id: number,
    version: number,
    by: number,
    correction: Correction,
  ): Promise<boolean> {
    return correct(client, await lockAt(client, id, version), by, correction, this.time);
  }

  /**
   * Gives more working days, once a round; throws PetitionMoved. `publicText` is what the member reads.
   * Returns the chat to be told, or null when it is gone.
   */
  async extend(
    client: pg.PoolClient,
    id: number,
    version: number,
    given: { by: number; days: number; reason: string; publicText: string },
  ): Promise<number | null> {
    const petition = await lockAt(client, id, version);
    await client.query("update petitions set version = version + 1 where id = $1", [id]);
    await addEvent(client, id, { ...given, kind: "extended", details: { extendedBy: given.days } });
    await refreshDue(client, id, this.time);
    return petition.conversation;
  }

  /** A note that staff alone read. It changes nothing, so it needs no version and two may write at once. */
  async note(client: pg.PoolClient, id: number, by: number, text: string): Promise<void> {
    await addEvent(client, id, { kind: "note", by, internalNote: text });
  }

  /** What staff set right, newest first: examples from which the next suggestion learns. */
  async corrections(limit = 2000): Promise<{ content: string; topic: string; stance: string }[]> {
    const { rows } = await this.database.pool.query(
      `select p.content, p.topic, p.stance from petitions p
       join (select petition_id, max(id) as id from petition_events where kind = 'corrected' group by petition_id) e
         on e.petition_id = p.id order by e.id desc limit $1`,
      [limit],
    );
    return rows;
  }

  /** Works all stored deadlines of open petitions out again, after the holidays or the settings have changed. */
  async refreshDues(): Promise<void> {
    for (let after = 0; ; ) {
      const last = await this.database.tx(async (client) => {
        const { rows } = await client.query<{ id: number }>(
          "select id from petitions where id > $1 and status = any($2) order by id limit $3 for update",
          [after, OPEN_STATUSES, CHUNK],
        );
        const ids = rows.map(({ id }) => id);
        if (ids.length > 0) await refreshDues(client, ids, this.time);
        return ids.at(-1);
      });
      if (last === undefined) return;
      after = last;
    }
  }
}
