import type pg from "pg";
import { REMINDER_KINDS, type Reminder, type ReminderKind } from "../petitions/reminder.ts";

/** How many petitions one notice names. */
const AT_ONCE = 20;

const DUE: Record<ReminderKind, string> = {
  late: `select p.id, p.code, p.due_on as "dueOn" from petitions p
    where p.due_on < $1::date and $2::date is not null
      and not exists (select from petition_reminders r where r.petition_id = p.id and r.kind = 'late' and r.due_on = p.due_on)
    order by p.due_on, p.id limit $3 for update of p skip locked`,
  "due-soon": `select p.id, p.code, p.due_on as "dueOn" from petitions p
    where p.due_on between $1::date and $2::date
      and not exists (select from petition_reminders r where r.petition_id = p.id and r.kind = 'due-soon' and r.due_on = p.due_on)
    order by p.due_on, p.id limit $3 for update of p skip locked`,
  "review-late": `select p.id, p.code, p.review_due_on as "dueOn" from petitions p
    where p.review_due_on < $1::date and $2::date is not null
      and not exists (select from petition_reminders r where r.petition_id = p.id and r.kind = 'review-late' and r.due_on = p.review_due_on)
    order by p.review_due_on, p.id limit $3 for update of p skip locked`,
};

/**
 * Takes what staff have not been reminded of, inside the transaction that sends the notice: each petition once for each
 * kind and deadline, on all replicas. Null when there is nothing. Days are ISO days in Vietnam.
 */
export async function takeReminder(
  client: pg.PoolClient,
  { today, soonUntil }: { today: string; soonUntil: string },
): Promise<Reminder | null> {
  for (const kind of REMINDER_KINDS) {
    const { rows } = await client.query<Reminder["petitions"][number]>(DUE[kind], [
      today,
      soonUntil,
      AT_ONCE,
    ]);
    if (rows.length === 0) continue;
    const taken = await client.query<{ id: number }>(
      `insert into petition_reminders (petition_id, kind, due_on)
       select id, $1, due_on from unnest($2::bigint[], $3::date[]) as t (id, due_on)
       on conflict do nothing returning petition_id as id`,
      [kind, rows.map(({ id }) => id), rows.map(({ dueOn }) => dueOn)],
    );
    const ids = new Set(taken.rows.map(({ id }) => id));
    const petitions = rows.filter(({ id }) => ids.has(id));
    if (petitions.length > 0) return { kind, petitions };
  }
  return null;
}
