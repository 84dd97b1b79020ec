import type pg from "pg";
import type { GivenAnswer } from "../conversation/transcript.ts";
import type { Database } from "./database.ts";

/** Which clauses members were told. */
export class CitationStore {
  constructor(private readonly database: Database) {}

  /** Notes inside the transaction of a Turn what its answer cited. */
  async note(
    client: pg.PoolClient,
    messageId: number,
    passages: string[],
    edition: number | null,
  ): Promise<void> {
    if (passages.length === 0) return;
    await client.query(
      `insert into answer_citations (message_id, passage, edition_id)
       select $1, passage, $3 from unnest($2::text[]) as cited (passage) on conflict do nothing`,
      [messageId, passages, edition],
    );
  }

  /** Answers given before a publication that cited a clause which it changed or took away, the newest first. */
  async overtakenBy(publication: number, limit = 500): Promise<GivenAnswer[]> {
    const { rows } = await this.database.pool.query<GivenAnswer>(
      `select m.id as "messageId", c.id as "conversationId", c.channel, m.text as question,
              array_agg(a.passage order by a.passage) as passages, m.finished_at as at
       from publications p
       join answer_citations a on a.passage = any(p.overtaken)
       join messages m on m.id = a.message_id and m.finished_at < p.at
       join conversations c on c.id = m.conversation_id
       where p.id = $1 group by m.id, c.id order by m.id desc limit $2`,
      [publication, limit],
    );
    return rows;
  }
}
