import type { PetitionRecord } from "../petitions/register.ts";
import type { Database } from "./database.ts";

/** With an agency, or with the topic and the place that suggest one. */
export type AgencyCount =
  | { agency: string; topic: null; commune: null; petitions: number }
  | { agency: null; topic: string; commune: string | null; petitions: number };

/** What reports are counted from. */
export class ReportStore {
  constructor(private readonly database: Database) {}

  /** The petitions received in a period, oldest first; `from` and `to` are ISO days in Vietnam, both included; a group narrows to its own. */
  async rows(from: string | null, to: string | null, group: number | null = null): Promise<PetitionRecord[]> {
    const { rows } = await this.database.pool.query<PetitionRecord>(
      `select p.code, p.content, p.stance, p.topic, p.agency, p.commune, p.status,
              case when p.origin = 'paper' then 'giay' else c.channel end as channel,
              to_char(p.received_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as "receivedOn",
              p.due_on as "dueOn",
              to_char(p.answered_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as "answeredOn"
       from petitions p left join conversations c on c.id = p.conversation_id
       where ($1::date is null or p.received_at >= $1::date::timestamp at time zone 'Asia/Ho_Chi_Minh')
         and ($2::date is null or p.received_at < ($2::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
         and ($3::bigint is null or p.group_id = $3)
       order by p.received_at, p.id`,
      [from, to, group],
    );
    return rows;
  }

  /** How many petitions of a period an agency has, and how many nobody has sent anywhere, by what suggests an agency. */
  async byAgency(from: string | null, to: string | null, group: number | null): Promise<AgencyCount[]> {
    const scope = `($1::date is null or received_at >= $1::date::timestamp at time zone 'Asia/Ho_Chi_Minh')
         and ($2::date is null or received_at < ($2::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
         and ($3::bigint is null or group_id = $3)`;
    const { rows } = await this.database.pool.query<AgencyCount>(
      `select agency, null as topic, null as commune, count(*)::int as petitions
       from petitions where agency is not null and ${scope} group by agency
       union all
       select null, topic, commune, count(*)::int from petitions where agency is null and ${scope} group by topic, commune`,
      [from, to, group],
    );
    return rows;
  }
}
