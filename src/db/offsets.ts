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
      write: async (offset: number): Promise<void> => {
        await this.database.pool.query(
          `insert into channel_offsets (channel, next_offset) values ($1, $2)
           on conflict (channel) do update set next_offset = excluded.next_offset, updated_at = now()`,
          [channel, offset],
        );
      },
    };
  }
}
