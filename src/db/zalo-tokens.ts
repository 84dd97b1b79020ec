import type pg from "pg";
import type { Database } from "./database.ts";

/** What Zalo gave with one refresh, and the hash of the setting that it descends from. */
export type ZaloTokens = {
  accessToken: string;
  refreshToken: string;
  lifeSeconds: number;
  seedHash: string;
};
export type StoredZaloTokens = ZaloTokens & { ageSeconds: number };

/** What the holder of the lock sees and may do. */
export type ZaloTokenLock = {
  stored: StoredZaloTokens | null;
  /** When a rotation began that never ended; null in the usual case. */
  rotatingSince: Date | null;
  /** Leaves the mark of a rotation, committed when this resolves; call it before a refresh token is spent. */
  markRotation(): Promise<void>;
};

/** Longer than Zalo may take to answer, since the lock is held meanwhile. */
export const HOLD_MS = 40_000;
/** Shorter than the limit of the pool, so that who waits in vain keeps his connection. */
const LOCK_WAIT_MS = 4_000;

/** The tokens of one Zalo app, which several processes share and one at a time may renew. */
export class ZaloTokenStore {
  constructor(
    private readonly database: Database,
    private readonly appId: string,
  ) {}

  /**
   * Runs the work while nobody else may. The pair to keep is committed before this resolves, and the mark goes with it;
   * `keep: null` leaves the pair as it is. A work that throws changes nothing, and its mark stays.
   */
  async withLock<T>(
    run: (lock: ZaloTokenLock) => Promise<{ keep: ZaloTokens | null; result: T }>,
  ): Promise<T> {
    return this.database.tx(async (client) => {
      const stored = await this.lock(client);
      const rotatingSince = await this.markLeft(client);
      const { keep, result } = await run({ stored, rotatingSince, markRotation: () => this.mark() });
      if (keep) await this.keep(client, keep);
      await client.query("delete from zalo_rotations where app_id = $1", [this.appId]);
      return result;
    });
  }

  /** The update of nothing locks the row, and makes it where there is none to lock. */
  private async lock(client: pg.PoolClient): Promise<StoredZaloTokens | null> {
    await client.query(
      `set local idle_in_transaction_session_timeout = ${HOLD_MS}; set local lock_timeout = ${LOCK_WAIT_MS}`,
    );
    await client.query(
      "insert into zalo_tokens (app_id) values ($1) on conflict (app_id) do update set app_id = excluded.app_id",
      [this.appId],
    );
    const { rows } = await client.query<StoredZaloTokens>(
      `select access_token as "accessToken", refresh_token as "refreshToken", life_seconds as "lifeSeconds",
              seed_hash as "seedHash", extract(epoch from clock_timestamp() - issued_at)::float8 as "ageSeconds"
       from zalo_tokens where app_id = $1 and access_token is not null for update`,
      [this.appId],
    );
    return rows[0] ?? null;
  }

  private async markLeft(client: pg.PoolClient): Promise<Date | null> {
    const { rows } = await client.query<{ since: Date }>(
      "select since from zalo_rotations where app_id = $1",
      [this.appId],
    );
    return rows[0]?.since ?? null;
  }

  /** On a connection of its own, since the lock's transaction commits only at the end. */
  private async mark(): Promise<void> {
    await this.database.pool.query(
      "insert into zalo_rotations (app_id) values ($1) on conflict (app_id) do nothing",
      [this.appId],
    );
  }

  private async keep(client: pg.PoolClient, tokens: ZaloTokens): Promise<void> {
    await client.query(
      `update zalo_tokens set access_token = $2, refresh_token = $3, life_seconds = $4, seed_hash = $5,
         issued_at = clock_timestamp() where app_id = $1`,
      [this.appId, tokens.accessToken, tokens.refreshToken, tokens.lifeSeconds, tokens.seedHash],
    );
  }
}
