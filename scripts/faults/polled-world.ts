import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type FakeTelegram, startFakeTelegram } from "../../test/support/fake-telegram.ts";
import { buildService, type Patch } from "./build.ts";
import { startPostgres } from "./postgres.ts";
import { createReplica, type Replica } from "./replica.ts";
import { smallKnowledge } from "./small-knowledge.ts";
import { callerName } from "./world.ts";

/** Replicas of the service on one database that ask Telegram for what is new, instead of being posted to. */
export type PolledWorld = {
  /** For looking at the database from outside, and for blocking it. */
  pool: pg.Pool;
  fake: FakeTelegram;
  replicas: Replica[];
  /** The replica that polled last; null when it is down. */
  poller(): Replica | null;
  close(): Promise<void>;
};

type Given = { replicas: number; patches?: readonly Patch[] };

/** Starts the database, Telegram and every replica, and waits until one polls. */
export async function openPolledWorld({ replicas: count, patches }: Given): Promise<PolledWorld> {
  const built = await buildService(patches);
  const knowledge = smallKnowledge();
  const postgres = await startPostgres();
  const pool = new pg.Pool({ connectionString: postgres.url, max: 6, query_timeout: 15_000 });
  pool.on("error", () => undefined);
  const fake = await startFakeTelegram();
  const replicas = Array.from({ length: count }, (_, number) =>
    createReplica(number, {
      built,
      databaseUrl: postgres.url,
      settings: ({ life }) => ({
        KNOWLEDGE_DIR: knowledge.folder,
        TELEGRAM_BOT_TOKEN: fake.token,
        TELEGRAM_API_ROOT: `${fake.apiRoot}/from/${callerName(number, life)}`,
        LOG_LEVEL: "warn",
      }),
    }),
  );

  const world: PolledWorld = {
    pool,
    fake,
    replicas,
    poller() {
      const last = fake.calls.findLast(({ method }) => method === "getupdates");
      return replicas.find((each) => last?.from === nameOf(each) && each.address() !== null) ?? null;
    },
    async close() {
      for (const replica of replicas) {
        replica.signal("SIGCONT");
        await replica.end("SIGKILL");
        replica.remove();
      }
      await fake.stop();
      await pool.end();
      await postgres.stop();
      knowledge.remove();
      built.remove();
    },
  };
  try {
    // The first one fills the new database; the others would only wait for it.
    await replicas[0]?.start();
    await Promise.all(replicas.slice(1).map((each) => each.start()));
    await until(() => world.poller() !== null, 30_000);
    return world;
  } catch (error) {
    await world.close();
    throw error;
  }
}

/** How the present life of a replica names itself to Telegram. */
export function nameOf({ number, lives }: Replica): string {
  return callerName(number, lives.length - 1);
}

/** Waits until something is true; false when that did not happen in time. */
export async function until(isTrue: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(10)) if (await isTrue()) return true;
  return false;
}
