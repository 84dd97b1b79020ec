import type { PetitionRecord } from "../petitions/register.ts";
import type { Database } from "./database.ts";

/** What reports are counted from. */
export class ReportStore {
  constructor(private readonly database: Database) {}

  /** The petitions received in a period, oldest first; `from` and `to` are ISO days in Vietnam, both included. */
  async rows(from: string | null, to: string | null): Promise<PetitionRecord[]> {
    const { rows } = await this.database.pool.query<PetitionRecord>(
      `select p.code, p.content, p.stance, p.topic, p.agency, p.commune, p.status,
              case when p.origin = 'paper' then 'giay' else c.channel end as channel,
              to_char(p.received_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as "receivedOn",
              p.due_on as "dueOn",
              to_char(p.answered_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as "answeredOn"
       from petitions p left join conversations c on c.id = p.conversation_id
       where ($1::date is null or p.received_at >= $1::date::timestamp at time zone 'Asia/Ho_Chi_Minh')
         and ($2::date is null or p.received_at < ($2::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
       order by p.received_at, p.id`,
      [from, to],
    );
    return rows;
  }
}
