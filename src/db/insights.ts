import type { Database } from "./database.ts";

/** ISO days in Vietnam, both included; null leaves an end open. */
type Period = { from: string | null; to: string | null };

/** A member's question as the dashboard counts it. */
export type AskedQuestion = {
  messageId: number;
  conversationId: number;
  text: string;
  channel: string;
  sentAt: Date;
};

const OUTCOMES = { answered: "answered%", unanswered: "unanswered%" } as const;

/** What the dashboard shows beside the counts of petitions. */
export class InsightStore {
  constructor(private readonly database: Database) {}

  /** Petitions received in each month that has any, "2026-11", the earliest first. */
  async months({ from, to }: Period): Promise<{ month: string; received: number; agreement: number }[]> {
    const { rows } = await this.database.pool.query(
      `select to_char(received_at, 'YYYY-MM') as month, count(*)::int as received,
              (count(*) filter (where stance = 'dong-thuan'))::int as agreement
       from petitions
       where ($1::date is null or received_at >= $1::date) and ($2::date is null or received_at < $2::date + 1)
       group by 1 order by 1`,
      [from, to],
    );
    return rows;
  }

  /** The newest questions that found an answer, or none. */
  async questions(
    kind: keyof typeof OUTCOMES,
    { from, to }: Period,
    limit: number,
  ): Promise<AskedQuestion[]> {
    const { rows } = await this.database.pool.query<AskedQuestion>(
      `select m.id as "messageId", m.conversation_id as "conversationId", m.text, c.channel, m.sent_at as "sentAt"
       from messages m join conversations c on c.id = m.conversation_id
       where m.direction = 'in' and m.outcome like $1
         and ($2::date is null or m.sent_at >= $2::date) and ($3::date is null or m.sent_at < $3::date + 1)
       order by m.id desc limit $4`,
      [OUTCOMES[kind], from, to, limit],
    );
    return rows;
  }
}
