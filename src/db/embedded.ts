import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Binaries, findBinaries } from "./binaries.ts";
import {
  type Cluster,
  clusterMajor,
  hasCluster,
  initCluster,
  locateCluster,
  OWNER,
  recordLocation,
} from "./cluster.ts";
import { folderIsFree, OUR_MARK } from "./postmaster-pid.ts";
import { startWatched, type Watched } from "./watchman.ts";

export type Log = (message: string, fields?: Record<string, unknown>) => void;

/** A PostgreSQL server of our own, reachable through its socket only. */
export type Embedded = {
  config: pg.PoolConfig;
  /** The folder that holds the database files. */
  location: string;
  stop(): Promise<void>;
  /** Resolves with the reason if the server ends without having been asked to. */
  exited: Promise<string>;
};

const PORT = 5432;
const DATABASE = "cau_noi";
const ORPHAN_PATIENCE_MS = 20_000;
const RECOVERY_PATIENCE_MS = 120_000;

/** Starts the PostgreSQL of the npm packages, or one found on the machine, on the data of DATA_DIR. */
export async function startEmbedded(given: {
  dataDir: string;
  log: Log;
  /** Server settings beside ours. */
  settings?: Record<string, string>;
}): Promise<Embedded> {
  if (process.platform === "win32") throw new Error(NOT_ON_WINDOWS);
  const cluster = locateCluster(given.dataDir);
  const binaries = findBinaries(cluster.user, given.dataDir, clusterMajor(cluster.folder));
  if (!hasCluster(cluster.folder)) await initCluster(cluster, binaries);
  recordLocation(given.dataDir, cluster.folder);
  given.log(`Dữ liệu nằm ở ${cluster.folder}`, { postgres: binaries.major });
  return startServer(cluster, binaries, given.settings ?? {}, given.log);
}

async function startServer(
  cluster: Cluster,
  binaries: Binaries,
  settings: Record<string, string>,
  log: Log,
): Promise<Embedded> {
  const deadline = Date.now() + ORPHAN_PATIENCE_MS;
  for (;;) {
    await folderIsFree(cluster.folder, deadline);
    const socket = socketFolder(cluster);
    const command = [join(binaries.folder, "postgres"), "-D", cluster.folder, ...flags(socket, settings)];
    const server = startWatched(cluster.user, command, socket, (line) => {
      if (/PANIC|recovery/.test(line)) log("PostgreSQL", { line });
    });
    const config = { host: socket, port: PORT, user: OWNER, database: DATABASE };
    const fault = await untilReady(server, config);
    if (fault === null) return supervise(server, config, cluster.folder);
    await server.stop();
    rmSync(socket, { recursive: true, force: true });
    if (!stillHeld(fault) || Date.now() > deadline)
      throw new Error(`PostgreSQL không khởi động được: ${fault}`);
    await sleep(200);
  }
}

/** Processes of a killed server can outlive it for a moment, and keep its shared memory. */
function stillHeld(fault: string): boolean {
  return /still in use|already exists|is empty/.test(fault);
}

/** A short path, since a socket's may have 103 bytes, that only the server's account and root can enter. */
function socketFolder({ user }: Cluster): string {
  const folder = mkdtempSync(join(Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : "/tmp", "cau-noi-"));
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}

function flags(socket: string, settings: Record<string, string>): string[] {
  const all = { ...SETTINGS, unix_socket_directories: socket, ...settings };
  return [...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]), "-c", OUR_MARK];
}

/** The log keeps to what the server itself goes through, for a failed statement may carry a member's words. */
const SETTINGS = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  port: String(PORT),
  fsync: "on",
  timezone: "Asia/Ho_Chi_Minh",
  log_timezone: "Asia/Ho_Chi_Minh",
  log_destination: "stderr",
  logging_collector: "off",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
  lc_messages: "C",
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  max_connections: "50",
  jit: "off",
};

/** Null once the database answers; otherwise why it does not. */
async function untilReady(server: Watched, config: pg.ClientConfig): Promise<string | null> {
  let ended: string | null = null;
  void server.ended.then(({ reason }) => {
    ended = reason;
  });
  const deadline = Date.now() + RECOVERY_PATIENCE_MS;
  while (ended === null && Date.now() < deadline) {
    const code = await tryStatement(config, "select 1");
    if (code === null) return null;
    if (code === NO_SUCH_DATABASE)
      await tryStatement({ ...config, database: "postgres" }, `create database ${DATABASE}`);
    else await sleep(20);
  }
  return ended ?? "không trả lời";
}

const NO_SUCH_DATABASE = "3D000";

/** Null when it worked, else the code of the error. */
async function tryStatement(config: pg.ClientConfig, statement: string): Promise<string | null> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query(statement);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? "unknown";
  } finally {
    await client.end().catch(() => {});
  }
}

function supervise(server: Watched, config: pg.PoolConfig, location: string): Embedded {
  let stopping: Promise<void> | null = null;
  const exited = new Promise<string>((resolve) => {
    void server.ended.then(({ reason }) => stopping ?? resolve(reason));
  });
  const stop = () => {
    stopping ??= server.stop();
    return stopping;
  };
  return { config, location, stop, exited };
}

const NOT_ON_WINDOWS =
  "Trên Windows, hãy chạy Cầu Nối trong WSL, hoặc đặt DATABASE_URL trỏ tới một máy chủ PostgreSQL.\n" +
  "On Windows run Cầu Nối inside WSL, or set DATABASE_URL.";
