import type pg from "pg";
import type { ClockEvent, OfficeTime } from "../petitions/clock.ts";
import { mayBecome, type Status } from "../petitions/petition.ts";
import {
  type Correction,
  type EventDetails,
  type EventKind,
  type MemberAct,
  type PetitionChange,
  PetitionMoved,
} from "../petitions/petition-file.ts";

type Locked = {
  id: number;
  status: Status;
  version: number;
  stance: string;
  topic: string;
  commune: string | null;
  agency: string | null;
  conversation: number | null;
};

const LOCKED = "id, status, version, stance, topic, commune, agency, conversation_id as conversation";

/** Locks a petition as its reader saw it; throws PetitionMoved when it is gone or somebody changed it since. */
export async function lockAt(client: pg.PoolClient, id: number, version: number): Promise<Locked> {
  const { rows } = await client.query<Locked>(`select ${LOCKED} from petitions where id = $1 for update`, [
    id,
  ]);
  const found = rows[0];
  if (!found || found.version !== version) throw new PetitionMoved();
  return found;
}

/** Moves a locked petition on, with its event, and works its deadline out again. */
export async function move(
  client: pg.PoolClient,
  petition: Locked,
  change: PetitionChange,
  time: OfficeTime,
): Promise<void> {
  if (!mayBecome(petition.status, change.to)) throw new PetitionMoved();
  await client.query(
    `update petitions set status = $2, version = version + 1, agency = coalesce($3, agency),
       answered_at = case when $2 = 'answered' then now() else answered_at end where id = $1`,
    [petition.id, change.to, change.agency ?? null],
  );
  await addEvent(client, petition.id, {
    ...change,
    kind: change.kind ?? (change.publicText && change.to === "answered" ? "replied" : "moved"),
    from: petition.status,
    ...(change.agency ? { details: { agency: { from: petition.agency, to: change.agency } } } : {}),
  });
  await refreshDue(client, petition.id, time);
}

/**
 * What a member's message does to a petition of his own chat; returns the petition's id. Throws PetitionMoved when it is
 * not his, or has moved on meanwhile.
 */
export async function actOfMember(
  client: pg.PoolClient,
  conversationId: number,
  { code, verb, text }: MemberAct,
  time: OfficeTime,
): Promise<number> {
  const { rows } = await client.query<Locked>(
    `select ${LOCKED} from petitions where code = $1 and conversation_id = $2 for update`,
    [code, conversationId],
  );
  const petition = rows[0];
  if (!petition || (verb === "supply" && petition.status !== "needs-info")) throw new PetitionMoved();
  const said = text ? { memberText: text } : {};
  const changes: Record<MemberAct["verb"], () => Promise<PetitionChange>> = {
    supply: async () => ({
      to: await beforeAsking(client, petition.id),
      by: null,
      kind: "supplied",
      ...said,
    }),
    satisfied: async () => ({ to: "resolved", by: null, kind: "satisfied", ...said }),
    unsatisfied: async () => ({ to: "reopened", by: null, kind: "unsatisfied", ...said }),
    withdraw: async () => ({ to: "withdrawn", by: null, kind: "withdrawn", ...said }),
  };
  await move(client, petition, await changes[verb](), time);
  return petition.id;
}

/** An agency that asked for more has the petition again; anywhere else it is under review. */
async function beforeAsking(client: pg.PoolClient, id: number): Promise<Status> {
  const { rows } = await client.query<{ status: Status }>(
    `select status_from as status from petition_events
     where petition_id = $1 and status_to = 'needs-info' and status_from <> 'needs-info' order by id desc limit 1`,
    [id],
  );
  return rows[0]?.status === "forwarded" ? "forwarded" : "in-review";
}

/** Sets fields right, with old and new values kept as data. False when nothing would change. */
export async function correct(
  client: pg.PoolClient,
  petition: Locked,
  by: number,
  correction: Correction,
  time: OfficeTime,
): Promise<boolean> {
  const fields = (["stance", "topic", "commune"] as const).filter(
    (field) => correction[field] !== undefined && correction[field] !== petition[field],
  );
  if (fields.length === 0) return false;
  const corrected = Object.fromEntries(
    fields.map((field) => [field, { from: petition[field], to: correction[field] ?? null }]),
  );
  const next = { ...petition, ...correction };
  await client.query(
    "update petitions set stance = $2, topic = $3, commune = $4, version = version + 1 where id = $1",
    [petition.id, next.stance, next.topic, next.commune],
  );
  await addEvent(client, petition.id, { kind: "corrected", by, details: { corrected } });
  // Every replica learns from it.
  await client.query("select pg_notify('corrections', '')");
  await refreshDue(client, petition.id, time);
  return true;
}

export type NewEvent = {
  kind: EventKind;
  by: number | null;
  from?: Status;
  to?: Status;
  reason?: string;
  publicText?: string;
  internalNote?: string;
  memberText?: string;
  details?: EventDetails;
};

export async function addEvent(client: pg.PoolClient, petitionId: number, event: NewEvent): Promise<void> {
  await client.query(
    `insert into petition_events
       (petition_id, kind, status_from, status_to, by_staff, reason, public_text, internal_note, member_text, details)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      petitionId,
      event.kind,
      event.from ?? null,
      event.to ?? null,
      event.by,
      event.reason ?? null,
      event.publicText ?? null,
      event.internalNote ?? null,
      event.memberText ?? null,
      event.details ? JSON.stringify(event.details) : null,
    ],
  );
}

type Dated = {
  id: number;
  stance: string;
  status: Status;
  events: (Omit<ClockEvent, "at"> & { at: string })[];
};

/** Works the stored deadlines out from the history; a history without a beginning leaves nothing due. */
export async function refreshDues(client: pg.PoolClient, ids: number[], time: OfficeTime): Promise<void> {
  const { rows } = await client.query<Dated>(
    `select p.id, p.stance, p.status, json_agg(json_build_object(
              'statusFrom', e.status_from, 'statusTo', e.status_to, 'at', e.at, 'reason', e.reason,
              'details', e.details) order by e.id) as events
     from petitions p join petition_events e on e.petition_id = p.id where p.id = any($1) group by p.id`,
    [ids],
  );
  const dues = rows.map(({ stance, status, events }) =>
    time.due(
      stance,
      status,
      events.map((event) => ({ ...event, at: new Date(event.at) })),
    ),
  );
  await client.query(
    `update petitions p set due_on = d.due_on, review_due_on = d.review_due_on
     from unnest($1::bigint[], $2::date[], $3::date[]) as d (id, due_on, review_due_on)
     where p.id = d.id and (p.due_on is distinct from d.due_on or p.review_due_on is distinct from d.review_due_on)`,
    [rows.map(({ id }) => id), dues.map(({ answerBy }) => answerBy), dues.map(({ reviewBy }) => reviewBy)],
  );
}

export async function refreshDue(client: pg.PoolClient, id: number, time: OfficeTime): Promise<void> {
  await refreshDues(client, [id], time);
}
