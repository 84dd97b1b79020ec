import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Config } from "../src/config.ts";
import { type Database, openDatabase } from "../src/db/database.ts";
import { migrate } from "../src/db/migrate.ts";

/** The steps by which a database is brought up to date. */
export const MIGRATIONS = fileURLToPath(new URL("../src/db/migrations/", import.meta.url));

/** Opens the database of these settings while no service holds it, brings it up to date, and closes it afterwards. */
export async function withDatabase<T>(config: Config, run: (database: Database) => Promise<T>): Promise<T> {
  return withDatabaseAsIs(config, async (database) => {
    await migrate(database.pool, MIGRATIONS);
    return run(database);
  });
}

/** The same without bringing it up to date: what is backed up before an upgrade is not to be upgraded by that. */
export async function withDatabaseAsIs<T>(
  { databaseUrl, dataDir }: Config,
  run: (database: Database) => Promise<T>,
): Promise<T> {
  await mkdir(dataDir, { recursive: true });
  const database = await openDatabase({
    ...(databaseUrl ? { url: databaseUrl } : {}),
    dataDir,
    log: () => {},
  });
  try {
    return await run(database);
  } finally {
    await database.close();
  }
}
