import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { openLine, writeLine } from "./audit.ts";
import { POOL, POOL_SIZE } from "./connection.ts";
import { holdDataDir } from "./data-lock.ts";
import { type Log, startEmbedded } from "./embedded.ts";
import { listen, type StopListening } from "./listen.ts";

/** The database as the stores see it, whichever server stands behind it. */
export type Database = {
  pool: pg.Pool;
  /** Runs the work in one transaction: committed when it returns, undone when it throws. */
  tx<T>(run: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** Calls back on every notice, and with an empty payload when some may have been missed. */
  listen(channel: string, onNotify: (payload: string) => void): Promise<StopListening>;
  /** The same database over so many connections of its own, which nothing else takes; closed with this one. */
  apart(connections: number): Database;
  /** Why the server is gone for good; null while it is not. */
  fault(): string | null;
  close(): Promise<void>;
};

type Server = { config: pg.PoolConfig; fault(): string | null; stop(): Promise<void> };

const CLOSE_PATIENCE_MS = 6_000;

/** Connects to DATABASE_URL, or starts the embedded server on DATA_DIR, which this process then holds alone. */
export async function openDatabase(given: {
  url?: string | undefined;
  dataDir: string;
  log: Log;
}): Promise<Database> {
  const server = given.url ? remote(given.url) : await embedded(given.dataDir, given.log);
  const listeners = new Set<StopListening>();
  const pools: pg.Pool[] = [];
  return over(POOL_SIZE);

  function over(connections: number): Database {
    const pool = openPool({ ...server.config, max: connections }, given.log);
    pools.push(pool);
    return {
      pool,
      tx: (run) => transact(pool, run),
      apart: over,
      listen: async (channel, onNotify) => {
        const stop = await listen({ config: server.config, channel, onNotify }, given.log);
        listeners.add(stop);
        return stop;
      },
      fault: server.fault,
      close,
    };
  }

  async function close(): Promise<void> {
    await Promise.all([...listeners].map((stop) => stop()));
    const ended = Promise.all(pools.map((pool) => pool.end()));
    await Promise.race([ended, sleep(CLOSE_PATIENCE_MS, undefined, { ref: false })]);
    await server.stop();
  }
}

function openPool(config: pg.PoolConfig, log: Log): pg.Pool {
  const pool = new pg.Pool({ ...POOL, ...config });
  pool.on("error", (error) => log("Mất một kết nối tới cơ sở dữ liệu", { reason: error.message }));
  // A connection that is lost while it is being handed over has no listener yet, and Node would end the process.
  pool.on("connect", (client) => void client.on("error", () => {}));
  return pool;
}

function remote(url: string): Server {
  return { config: { connectionString: url }, fault: () => null, stop: async () => {} };
}

async function embedded(dataDir: string, log: Log): Promise<Server> {
  const lock = await holdDataDir(dataDir);
  try {
    const server = await startEmbedded({ dataDir, log });
    let fault: string | null = null;
    void server.exited.then((reason) => {
      fault = `PostgreSQL đã dừng: ${reason}`;
      log(fault);
    });
    const stop = () => server.stop().finally(lock.release);
    return { config: server.config, fault: () => fault, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function transact<T>(pool: pg.Pool, run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  let written: (committed: boolean) => void = () => {};
  const onError = () => {
    broken = true;
  };
  // Between two statements nobody else would hear that the connection was lost, and Node would end the process.
  client.on("error", onError);
  try {
    await client.query("begin");
    await openLine(client);
    const result = await run(client);
    written = await writeLine(client);
    await commit(client);
    written(true);
    return result;
  } catch (error) {
    written(false);
    broken ||= isConnectionLost(error) || !(await isRolledBack(client));
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

/** PostgreSQL answers a commit after a failed statement with a rollback, and without an error. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query("commit");
  if (command !== "COMMIT")
    throw new Error("A statement of the transaction had failed, so nothing was committed");
}

/** After a timeout the answer may still arrive, so the connection cannot be used again. */
function isConnectionLost(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.severity === "FATAL";
  return error instanceof Error && /read timeout|connection|ECONN|EPIPE/i.test(error.message);
}

async function isRolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query({ text: "rollback", query_timeout: 1_000 } as pg.QueryConfig);
    return true;
  } catch {
    return false;
  }
}
