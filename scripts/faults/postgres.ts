import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../../src/db/embedded.ts";

/** A PostgreSQL server for one run, in a folder that is removed with it. */
export type Postgres = {
  url: string;
  /** The folder that holds the database files. */
  location: string;
  stop(): Promise<void>;
};

/** Starts a server with the settings of the service's own, beside which more can be given; several replicas need more connections. */
export async function startPostgres(settings: Record<string, string> = {}): Promise<Postgres> {
  const dataDir = mkdtempSync(join(tmpdir(), "cau-noi-faults-"));
  // The server's own account has to enter it.
  chmodSync(dataDir, 0o755);
  const server = await startEmbedded({
    dataDir,
    log: () => {},
    settings: { max_connections: "100", ...settings },
  });
  const { user, host, port, database } = server.config;
  return {
    url: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host ?? "")}`,
    location: server.location,
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
