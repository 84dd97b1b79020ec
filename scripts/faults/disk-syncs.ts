import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { openDatabase } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { receiveMessage } from "../../src/db/receive.ts";
import { newFolder } from "../../test/support/service-process.ts";

/** How often the server made the disk write what it logs, and whether its settings let nothing go around that. */
export type DiskSyncs = { syncs: number; isSafe: boolean };

const MIGRATIONS = join(import.meta.dirname, "../../src/db/migrations");
const SAFE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" };
/** The first version that counts them in pg_stat_io. */
const COUNTS_IN_IO = 180_000;

/** Stores so many messages one after the other, each acknowledged before the next, and counts the syncs meanwhile. */
export async function countSyncs(commits: number): Promise<DiskSyncs> {
  const folder = newFolder();
  const database = await openDatabase({ dataDir: join(folder, "data"), log: () => {} });
  try {
    await migrate(database.pool, MIGRATIONS);
    const before = await syncsSoFar(database.pool);
    for (let n = 0; n < commits; n++) {
      await receiveMessage(database, {
        channel: "telegram",
        chatId: "700000",
        externalId: randomUUID(),
        text: "Hợp tác xã được hỗ trợ gì?",
        attachment: null,
        sentAt: new Date(),
      });
    }
    const syncs = (await syncsSoFar(database.pool)) - before;
    return { syncs, isSafe: await isSafe(database.pool) };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function isSafe(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name = any ($1)",
    [Object.keys(SAFE)],
  );
  return Object.entries(SAFE).every(([name, wanted]) =>
    rows.some((row) => row.name === name && row.setting === wanted),
  );
}

/** Every connection of the pool has to hand in what it counted, which it does when it is idle for a second at the latest. */
async function syncsSoFar(pool: pg.Pool): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const { rows: version } = await pool.query<{ number: number }>(
    "select current_setting('server_version_num')::int as number",
  );
  const { rows } = await pool.query<{ syncs: string }>(
    (version[0]?.number ?? 0) >= COUNTS_IN_IO
      ? "select sum(fsyncs)::text as syncs from pg_stat_io where object = 'wal'"
      : "select wal_sync::text as syncs from pg_stat_wal",
  );
  return Number(rows[0]?.syncs);
}
