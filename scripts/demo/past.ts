import type { Database } from "../../src/db/database.ts";
import { refreshDues } from "../../src/db/petition-changes.ts";
import type { OfficeTime } from "../../src/petitions/clock.ts";

/** Runs a step now and dates everything that it left behind back to a moment; nobody else may be writing meanwhile. */
export type Past = (moment: Date, step: () => Promise<unknown>) => Promise<void>;

/** Every table in which a step leaves rows, with the moments that they hold. Paper opinions keep the day they were given. */
const DATED: [table: string, moments: string[], condition?: string][] = [
  ["conversations", ["created_at"]],
  ["messages", ["sent_at", "created_at", "finished_at"]],
  ["petitions", ["received_at"], "import_id is null"],
  ["petition_events", ["at"]],
  ["petition_groups", ["created_at"]],
  ["group_answers", ["at"]],
  ["opinion_imports", ["started_at", "finished_at"]],
];
/** Moments that a step sets on rows that were there before. */
const SET: [table: string, moment: string][] = [
  ["petitions", "answered_at"],
  ["conversations", "held_since"],
  ["conversations", "last_message_at"],
];
/** One thing is done after the other. */
const BETWEEN = "interval '40 seconds'";

/** A past for an example: the steps themselves are real, only their times are set afterwards. */
export function createPast({ pool, tx }: Database, time: OfficeTime): Past {
  return async (moment, step) => {
    const { rows } = await pool.query(
      `select ${DATED.map(([table]) => `(select coalesce(max(id), 0) from ${table}) as ${table}`).join(", ")}, clock_timestamp() as now`,
    );
    const { now, ...newest } = rows[0] as Record<string, number> & { now: Date };
    await step();
    await tx(async (client) => {
      await client.query(datingBack(moment, newest, now));
      const events = await client.query<{ id: number }>(
        "select distinct petition_id as id from petition_events where id > $1",
        [newest.petition_events],
      );
      const touched = events.rows.map(({ id }) => id);
      if (touched.length > 0) await refreshDues(client, touched, time);
    });
  };
}

/** All in one call, since there are hundreds of steps. */
function datingBack(moment: Date, newest: Record<string, number>, began: Date): string {
  const at = `timestamptz '${moment.toISOString()}'`;
  const dated = DATED.map(([table, moments, condition = "true"]) => {
    const after = Number(newest[table]);
    const set = moments.map((column) => `${column} = ${at} + (id - ${after}) * ${BETWEEN}`).join(", ");
    return `update ${table} set ${set} where id > ${after} and ${condition}`;
  });
  const changed = SET.map(
    ([table, column]) =>
      `update ${table} set ${column} = ${at} where ${column} >= timestamptz '${began.toISOString()}'`,
  );
  return [...dated, ...changed].join(";\n");
}
