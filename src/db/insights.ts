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

/** Written out, so that each finds its own index. */
const OUTCOMES = {
  answered: "m.outcome like 'answered%'",
  unanswered: "m.outcome like 'unanswered%'",
} as const;

/** What the dashboard shows beside the counts of petitions. */
export class InsightStore {
  constructor(private readonly database: Database) {}

  /** Petitions received in each month that has any, "2026-11", the earliest first. */
  async months({ from, to }: Period): Promise<{ month: string; received: number; agreement: number }[]> {
    // Month by month, each a stretch of one index: asking a hundred thousand rows for their month takes far longer.
    const { rows } = await this.database.pool.query(
      `with ends as (
         select date_trunc('month', min(received_at)) as first, max(received_at) as last from petitions
         where ($1::date is null or received_at >= $1::date) and ($2::date is null or received_at < $2::date + 1))
       select to_char(month, 'YYYY-MM') as month, c.received, c.agreement
       from ends, generate_series(first, last, interval '1 month') as month, lateral (
         select count(*)::int as received, (count(*) filter (where stance = 'dong-thuan'))::int as agreement
         from petitions
         where received_at >= greatest(month, $1::date) and received_at < least(month + interval '1 month', $2::date + 1)) as c
       where c.received > 0 order by 1`,
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
       where m.direction = 'in' and ${OUTCOMES[kind]}
         and ($1::date is null or m.sent_at >= $1::date) and ($2::date is null or m.sent_at < $2::date + 1)
       order by m.id desc limit $3`,
      [from, to, limit],
    );
    return rows;
  }
}
