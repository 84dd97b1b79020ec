import type pg from "pg";
import type { Judgement, NewJudgement } from "../knowledge/judgement.ts";
import type { Database } from "./database.ts";

const ROWS = `select j.id, j.message_id as "messageId", m.conversation_id as "conversationId", j.kind, j.note, j.question,
    j.context, j.topic, j.expected_document as "expectedDocument", j.expected_fact as "expectedFact", j.status,
    b.name as by, j.at, d.name as "decidedBy", j.decided_at as "decidedAt", j.reason, j.edition_id as edition
  from judgements j join messages m on m.id = j.message_id
  join staff b on b.id = j.by_staff left join staff d on d.id = j.decided_by`;

/** A question with what was asked before it. */
export type AskedBefore = { text: string; trace: unknown; conversationId: number };

/** What staff say of answers, and what became of it. */
export class JudgementStore {
  constructor(private readonly database: Database) {}

  /** Null when an open one stands on this message already. */
  async add(
    client: pg.PoolClient,
    judgement: NewJudgement & { topic: string },
    by: number,
  ): Promise<number | null> {
    const { rows } = await client.query<{ id: number }>(
      `insert into judgements (message_id, kind, note, question, context, topic, expected_document, expected_fact, by_staff)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (message_id) where status = 'open' do nothing returning id`,
      [
        judgement.messageId,
        judgement.kind,
        judgement.note,
        judgement.question,
        judgement.context,
        judgement.topic,
        judgement.expectedDocument,
        judgement.expectedFact,
        by,
      ],
    );
    return rows[0]?.id ?? null;
  }

  /** What a member asked in a message of his, while he has not had it erased. */
  async asked(messageId: number): Promise<AskedBefore | null> {
    const { rows } = await this.database.pool.query<AskedBefore>(
      `select m.text, m.trace, m.conversation_id as "conversationId"
       from messages m join conversations c on c.id = m.conversation_id
       where m.id = $1 and m.direction = 'in' and m.outcome is not null and c.chat_id not like 'erased-%'`,
      [messageId],
    );
    return rows[0] ?? null;
  }

  /** Those of one status, the newest on top. */
  async list(status: Judgement["status"], limit = 200): Promise<Judgement[]> {
    const { rows } = await this.database.pool.query<Judgement>(
      `${ROWS} where j.status = $1 order by j.id desc limit $2`,
      [status, limit],
    );
    return rows;
  }

  async ofChat(conversationId: number): Promise<Judgement[]> {
    const { rows } = await this.database.pool.query<Judgement>(
      `${ROWS} where m.conversation_id = $1 order by j.id`,
      [conversationId],
    );
    return rows;
  }

  async open(ids: number[]): Promise<Judgement[]> {
    const { rows } = await this.database.pool.query<Judgement>(
      `${ROWS} where j.id = any($1) and j.status = 'open' order by j.id`,
      [ids],
    );
    return rows;
  }

  /** Notes what was expected once it is known; false when it was decided meanwhile. */
  async expect(
    client: pg.PoolClient,
    id: number,
    { document, fact }: { document: string; fact: string | null },
  ): Promise<boolean> {
    const { rowCount } = await client.query(
      "update judgements set expected_document = $2, expected_fact = $3 where id = $1 and status = 'open'",
      [id, document, fact],
    );
    return rowCount === 1;
  }

  /** Decides open ones; how many there still were to decide. */
  async decide(
    client: pg.PoolClient,
    ids: number[],
    given: { status: "golden" | "dismissed"; by: number; reason: string | null; edition: number | null },
  ): Promise<number> {
    const { rowCount } = await client.query(
      `update judgements set status = $2, decided_by = $3, decided_at = now(), reason = $4, edition_id = $5
       where id = any($1) and status = 'open'`,
      [ids, given.status, given.by, given.reason, given.edition],
    );
    return rowCount ?? 0;
  }
}
