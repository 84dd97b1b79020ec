import { existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Embedded, startEmbedded } from "../../src/db/embedded.ts";
import type { Postgres } from "./postgres.ts";

const PATIENCE_MS = 20_000;

/** Crashes a server and starts it again on the same data, under the address that it had first. */
export function createCrashable(postgres: Postgres) {
  const address = new URL(postgres.url).searchParams.get("host") ?? "";
  let later: Embedded | null = null;

  return {
    /** Ends it as "pg_ctl stop -m immediate" does: every process at once, and nothing is written any more. */
    async crash(): Promise<void> {
      const note = readFileSync(join(postgres.location, "postmaster.pid"), "utf8");
      process.kill(Number.parseInt(note, 10), "SIGQUIT");
      if (later) await later.exited;
      else await untilGone(address);
    },
    async restart(): Promise<void> {
      later = await startEmbedded({
        dataDir: dirname(postgres.location),
        log: () => {},
        settings: { max_connections: "100" },
      });
      rmSync(address, { force: true });
      symlinkSync(String(later.config.host), address);
    },
    /** Ends what was started again. */
    async stop(): Promise<void> {
      await later?.stop();
      if (later) rmSync(address, { force: true });
    },
  };
}

/** The folder of its socket goes with the server. */
async function untilGone(folder: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; existsSync(folder); await sleep(10))
    if (Date.now() > end) throw new Error("the database did not end");
}
