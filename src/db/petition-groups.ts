import type pg from "pg";
import {
  CONSIDERED,
  deliveryState,
  type GroupAnswer,
  type GroupForward,
  type GroupMember,
  type GroupRow,
  type LedgerRow,
  type PetitionGroup,
  type Stayed,
  type Ungrouped,
} from "../petitions/group.ts";
import { mayBecome, OPEN_STATUSES, type Status } from "../petitions/petition.ts";
import { PetitionMoved } from "../petitions/petition-file.ts";
import { concerns } from "./audit.ts";
import type { Database } from "./database.ts";

/** A petition of a group, locked for what is done to the whole group. */
export type LockedMember = {
  id: number;
  code: string;
  version: number;
  status: Status;
  agency: string | null;
  commune: string | null;
  conversationId: number | null;
};
export type Answerable = LockedMember & { answerable: boolean };

/** Groups of petitions that ask for the same. A group is a link: whatever happens to it, its petitions stay as they are. */
export class GroupStore {
  constructor(private readonly database: Database) {}

  /** Open petitions that stand in no group yet, newest first: what suggestions are made from. */
  async ungrouped(filter: { topic?: string } = {}, limit = CONSIDERED): Promise<Ungrouped[]> {
    const { rows } = await this.database.pool.query<Ungrouped>(
      `select p.id, p.code, p.content, p.topic, p.area, c.channel
       from petitions p left join conversations c on c.id = p.conversation_id
       where p.group_id is null and p.status = any($1) and p.stance <> 'dong-thuan' and ($2::text is null or p.topic = $2)
       order by p.id desc limit $3`,
      [OPEN_STATUSES, filter.topic ?? null, limit],
    );
    return rows;
  }

  /** Makes a group of petitions that stand in none; those that joined another meanwhile stay there. Returns its id. */
  async create(by: number, given: { title: string; topic: string; petitions: number[] }): Promise<number> {
    return this.database.tx(async (client) => {
      const { rows } = await client.query<{ id: number }>(
        "insert into petition_groups (title, topic, created_by) values ($1, $2, $3) returning id",
        [given.title, given.topic, by],
      );
      const id = rows[0]?.id ?? 0;
      concerns(client, `group:${id}`);
      await link(client, id, by, given.petitions);
      return id;
    });
  }

  /** Adds petitions that stand in no group. */
  async add(groupId: number, by: number, petitions: number[]): Promise<void> {
    await this.database.tx(async (client) => {
      await touch(client, groupId);
      await link(client, groupId, by, petitions);
    });
  }

  /** Takes petitions out of a group; without a list, all of them: the group is dissolved, in one statement. */
  async ungroup(groupId: number, by: number, petitions: number[] | null = null): Promise<void> {
    await this.database.tx((client) =>
      client.query(
        `with touched as (update petition_groups set version = version + 1 where id = $1),
              freed as (
                update petitions set group_id = null where group_id = $1 and ($2::bigint[] is null or id = any($2)) returning id)
         insert into petition_events (petition_id, kind, by_staff, details)
         select id, 'ungrouped', $3, jsonb_build_object('group', $1::bigint) from freed`,
        [groupId, petitions, by],
      ),
    );
  }

  /** Groups that still have petitions, newest first. */
  async list(page: number, perPage = 50): Promise<GroupRow[]> {
    const { rows } = await this.database.pool.query<GroupRow>(
      `select g.id, g.title, g.topic, g.created_at as "createdAt", count(p.id)::int as size,
              (count(p.id) filter (where p.status = any($1)))::int as open
       from petition_groups g join petitions p on p.group_id = g.id
       group by g.id order by g.id desc limit $2 offset $3`,
      [OPEN_STATUSES, perPage, (page - 1) * perPage],
    );
    return rows;
  }

  async find(id: number): Promise<PetitionGroup | null> {
    const { pool } = this.database;
    const { rows } = await pool.query<Omit<PetitionGroup, "petitions" | "answers" | "forwards">>(
      `select g.id, g.title, g.topic, g.version, s.name as "createdBy", g.created_at as "createdAt"
       from petition_groups g join staff s on s.id = g.created_by where g.id = $1`,
      [id],
    );
    const group = rows[0];
    if (!group) return null;
    const [petitions, answers, forwards] = await Promise.all([
      pool.query<GroupMember>(
        `select p.id, p.code, p.content, p.status, p.area, c.channel
         from petitions p left join conversations c on c.id = p.conversation_id where p.group_id = $1 order by p.id`,
        [id],
      ),
      pool.query<GroupAnswer>(
        `select a.id, a.text, s.name as by, a.at from group_answers a join staff s on s.id = a.by_staff
         where a.group_id = $1 order by a.id`,
        [id],
      ),
      pool.query<GroupForward>(
        `select f.id, f.agency, s.name as by, f.at, f.sent, f.stayed from group_forwards f
         join staff s on s.id = f.by_staff where f.group_id = $1 order by f.id`,
        [id],
      ),
    ]);
    return { ...group, petitions: petitions.rows, answers: answers.rows, forwards: forwards.rows };
  }

  /**
   * Opens the answer of a group inside the transaction that sends it: its id and the petitions, locked in the order of
   * their ids; null when this key was answered before. Throws PetitionMoved when the group changed since it was read.
   */
  async openAnswer(
    client: pg.PoolClient,
    groupId: number,
    version: number,
    { by, key, text }: { by: number; key: string; text: string },
  ): Promise<{ id: number; petitions: Answerable[] } | null> {
    const { rows } = await client.query<{ id: number }>(
      `insert into group_answers (group_id, key, text, by_staff) values ($1, $2, $3, $4)
       on conflict (key) do nothing returning id`,
      [groupId, key, text, by],
    );
    const id = rows[0]?.id;
    if (id === undefined) return null;
    const members = await lockMembers(client, groupId, version);
    const petitions = members.map((row) => ({ ...row, answerable: mayBecome(row.status, "answered") }));
    await client.query(
      `insert into group_answer_petitions (answer_id, petition_id, answered)
       select $1, id, answered from unnest($2::bigint[], $3::boolean[]) as t (id, answered)`,
      [id, petitions.map((one) => one.id), petitions.map(({ answerable }) => answerable)],
    );
    return { id, petitions };
  }

  /**
   * Opens the forwarding of a group inside the transaction that sends it: its id and the petitions, locked; null when this key
   * was sent before. Throws PetitionMoved when the group changed since it was read.
   */
  async openForward(
    client: pg.PoolClient,
    groupId: number,
    version: number,
    { by, key, agency }: { by: number; key: string; agency: string },
  ): Promise<{ id: number; petitions: LockedMember[] } | null> {
    const { rows } = await client.query<{ id: number }>(
      `insert into group_forwards (group_id, key, agency, by_staff) values ($1, $2, $3, $4)
       on conflict (key) do nothing returning id`,
      [groupId, key, agency, by],
    );
    const id = rows[0]?.id;
    return id === undefined ? null : { id, petitions: await lockMembers(client, groupId, version) };
  }

  /** Notes which petitions went and which stayed. */
  async noteForward(client: pg.PoolClient, id: number, sent: string[], stayed: Stayed[]): Promise<void> {
    await client.query("update group_forwards set sent = $2, stayed = $3 where id = $1", [
      id,
      sent,
      JSON.stringify(stayed),
    ]);
  }

  /** What became of a group's answer, petition by petition, as the messages stand now. */
  async ledger(answerId: number): Promise<LedgerRow[]> {
    const { rows } = await this.database.pool.query(
      `select p.id as "petitionId", p.code, p.contact, c.channel, t.answered, p.conversation_id is null as gone,
              coalesce(m.parts, '{}') as parts, m.reason, m.at
       from group_answer_petitions t
       join petitions p on p.id = t.petition_id
       left join conversations c on c.id = p.conversation_id
       left join lateral (
         select array_agg(m.status order by m.id) as parts, max(m.reason) as reason, max(m.finished_at) as at
         from messages m where m.petition_id = p.id and m.direction = 'out'
           and (m.key = $2 || p.id or m.key like $2 || p.id || ':%')) m on true
       where t.answer_id = $1 order by p.id`,
      [answerId, `group-answer:${answerId}:`],
    );
    return rows.map(({ answered, gone, parts, ...row }) => ({
      ...row,
      state: deliveryState(parts, gone, answered),
    }));
  }
}

/** The key of the message that brings a group's answer to the member of one petition. */
export function groupAnswerKey(answerId: number, petitionId: number): string {
  return `group-answer:${answerId}:${petitionId}`;
}

async function link(client: pg.PoolClient, groupId: number, by: number, petitions: number[]): Promise<void> {
  await client.query(
    `with linked as (
       update petitions set group_id = $1 where id = any($2) and group_id is null returning id)
     insert into petition_events (petition_id, kind, by_staff, details)
     select id, 'grouped', $3, jsonb_build_object('group', $1::bigint) from linked`,
    [groupId, petitions, by],
  );
}

async function touch(client: pg.PoolClient, groupId: number): Promise<void> {
  await client.query("update petition_groups set version = version + 1 where id = $1", [groupId]);
}

/** Locks a group as it was read, and its petitions in the order of their ids; throws PetitionMoved when it changed since. */
async function lockMembers(client: pg.PoolClient, groupId: number, version: number): Promise<LockedMember[]> {
  const group = await client.query("select from petition_groups where id = $1 and version = $2 for update", [
    groupId,
    version,
  ]);
  if (group.rowCount !== 1) throw new PetitionMoved();
  const { rows } = await client.query<LockedMember>(
    `select id, code, version, status, agency, commune, conversation_id as "conversationId" from petitions
     where group_id = $1 order by id for update`,
    [groupId],
  );
  // Chats are locked after all petitions and in one order, so that two answers, or an answer and an erasure, rarely meet crosswise.
  await client.query("select from conversations where id = any($1) order by id for update", [
    rows.flatMap(({ conversationId }) => conversationId ?? []),
  ]);
  return rows;
}
