import { fileURLToPath } from "node:url";
import type { Config } from "../src/config.ts";
import { type Database, openDatabase } from "../src/db/database.ts";
import { migrate } from "../src/db/migrate.ts";

const MIGRATIONS = fileURLToPath(new URL("../src/db/migrations/", import.meta.url));

/** Opens the database of these settings while no service holds it, brings it up to date, and closes it afterwards. */
export async function withDatabase<T>(
  { databaseUrl, dataDir }: Config,
  run: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({
    ...(databaseUrl ? { url: databaseUrl } : {}),
    dataDir,
    log: () => {},
  });
  try {
    await migrate(database.pool, MIGRATIONS);
    return await run(database);
  } finally {
    await database.close();
  }
}
