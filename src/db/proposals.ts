import type { AnsweredSo } from "../knowledge/official-answer.ts";
import type { Proposal } from "../knowledge/proposal.ts";
import { concerns } from "./audit.ts";
import type { Database } from "./database.ts";

const COLUMNS = `k.id, p.code as petition,
  case when q.id is not null
    then json_build_object('messageId', q.id, 'conversationId', q.conversation_id) end as question, k.number, k.text, k.status, o.name as "proposedBy", k.proposed_by as "proposedById",
  k.proposed_at as "proposedAt", d.name as "decidedBy", k.decided_at as "decidedAt", k.reason, k.edition_id as edition`;
const TABLES = `knowledge_proposals k left join petitions p on p.id = k.petition_id
  left join messages q on q.id = k.question_id
  join staff o on o.id = k.proposed_by left join staff d on d.id = k.decided_by`;

/** Official replies that wait to become knowledge, and what became of them. */
export class ProposalStore {
  constructor(private readonly database: Database) {}

  async add(of: AnsweredSo, number: string, text: string, staffId: number): Promise<number> {
    return this.database.tx(async (client) => {
      const { rows } = await client.query<{ id: number }>(
        "petition" in of
          ? `insert into knowledge_proposals (petition_id, number, text, proposed_by)
             select id, $2, $3, $4 from petitions where code = $1 returning id`
          : `insert into knowledge_proposals (question_id, number, text, proposed_by)
             select id, $2, $3, $4 from messages where id = $1 returning id`,
        ["petition" in of ? of.petition : of.question, number, text, staffId],
      );
      if (!rows[0]) throw new Error("what was answered is gone");
      concerns(client, `proposal:${rows[0].id}`);
      return rows[0].id;
    });
  }

  /** Open ones first, the oldest of them on top; decided ones below, the newest on top. */
  async list(limit = 100): Promise<Proposal[]> {
    const { rows } = await this.database.pool.query<Proposal>(
      `select ${COLUMNS} from ${TABLES}
       order by k.status <> 'open', case when k.status = 'open' then k.id else -k.id end limit $1`,
      [limit],
    );
    return rows;
  }

  async find(id: number): Promise<Proposal | null> {
    const { rows } = await this.database.pool.query<Proposal>(
      `select ${COLUMNS} from ${TABLES} where k.id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** False when it was decided already, or by the person who proposed it. */
  async decide(
    id: number,
    decision: {
      status: "approved" | "declined";
      staffId: number;
      reason: string | null;
      edition: number | null;
    },
  ): Promise<boolean> {
    const { rowCount } = await this.database.tx((client) =>
      client.query(
        `update knowledge_proposals set status = $2, decided_by = $3, decided_at = now(), reason = $4, edition_id = $5
         where id = $1 and status = 'open' and proposed_by <> $3`,
        [id, decision.status, decision.staffId, decision.reason, decision.edition],
      ),
    );
    return rowCount === 1;
  }
}
