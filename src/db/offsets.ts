import type { Database } from "./database.ts";

/** Where a channel that is polled goes on after a restart. */
export class OffsetStore {
  constructor(private readonly database: Database) {}

  /** The offset of one channel: everything before it is stored. */
  of(channel: string) {
    return {
      read: async (): Promise<number | null> => {
        const { rows } = await this.database.pool.query<{ next: number }>(
          "select next_offset as next from channel_offsets where channel = $1",
          [channel],
        );
        return rows[0]?.next ?? null;
      },
      /**
       * Moves the offset for the one who polls in this term; false and nothing else when the term is over. The lock lets no
       * other term begin in between.
       */
      write: async (offset: number, term: number): Promise<boolean> => {
        const { rowCount } = await this.database.pool.query(
          `with mine as (select from leaderships where office = $1 and term = $3 for share)
           insert into channel_offsets (channel, next_offset) select $1, $2::bigint from mine
           on conflict (channel) do update set next_offset = excluded.next_offset, updated_at = now()`,
          [channel, offset, term],
        );
        return rowCount === 1;
      },
    };
  }
}
