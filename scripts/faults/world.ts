import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Balancer, startBalancer } from "../../test/support/balancer.ts";
import { type FakeTelegram, startFakeTelegram } from "../../test/support/fake-telegram.ts";
import type { Pusher } from "../../test/support/fake-telegram-push.ts";
import { createRandom, type Random } from "../kills/random.ts";
import { buildService, type Patch } from "./build.ts";
import { type Postgres, startPostgres } from "./postgres.ts";
import { createReplica, type Replica } from "./replica.ts";
import { smallKnowledge } from "./small-knowledge.ts";

/** Replicas of the service on one database, behind one door, and a Telegram that posts to it. */
export type World = {
  postgres: Postgres;
  /** For looking at the database from outside. */
  pool: pg.Pool;
  fake: FakeTelegram;
  pusher: Pusher;
  balancer: Balancer;
  replicas: Replica[];
  random: Random;
  /** Starts every replica and waits until all are ready. */
  startAll(): Promise<void>;
  /** Waits until nothing is under way any more; false when that did not happen in time. */
  comeToRest(withinMs: number): Promise<boolean>;
  close(): Promise<void>;
};

type Given = {
  seed: number;
  replicas: number;
  patches?: readonly Patch[];
  /** The database as the replicas reach it, such as through a door that can be shut. */
  reach?: (postgres: Postgres) => string;
  /** Settings of every replica beside those of the world. */
  settings?: Record<string, string>;
  /** The share of accepted updates that Telegram sends again. */
  againShare?: number;
};

/** Telegram's pauses are shortened by this, so that a minute of theirs fits a run. */
export const TELEGRAM_SCALE = 0.02;
const WEBHOOK_SECRET = "fault-run-webhook-secret-0123456789";

/** Starts the database and Telegram, and makes the replicas, which are not running yet. */
export async function openWorld(given: Given): Promise<World> {
  const built = await buildService(given.patches);
  const knowledge = smallKnowledge();
  const postgres = await startPostgres();
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4, query_timeout: 10_000 });
  pool.on("error", () => undefined);
  const random = createRandom(given.seed);
  const fake = await startFakeTelegram();
  const pusher = fake.startPushing({
    scale: TELEGRAM_SCALE,
    random: createRandom(given.seed + 1),
    againShare: given.againShare ?? 0.03,
  });
  const replicas: (Replica & { remove(): void })[] = [];
  const balancer = await startBalancer(() => replicas.flatMap((each) => each.address() ?? []));
  const databaseUrl = given.reach?.(postgres) ?? postgres.url;
  for (let number = 0; number < given.replicas; number++) {
    const settings = (life: { life: number }) => ({
      KNOWLEDGE_DIR: knowledge.folder,
      PUBLIC_URL: balancer.address,
      SESSION_SECRET: "fault-run-session-secret-shared-by-all-replicas",
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: `${fake.apiRoot}/from/${callerName(number, life.life)}`,
      TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
      LOG_LEVEL: "warn",
      ...given.settings,
    });
    replicas.push(createReplica(number, { built, databaseUrl, settings }));
  }

  return {
    postgres,
    pool,
    fake,
    pusher,
    balancer,
    replicas,
    random,
    async startAll() {
      // The first one fills the new database; the others would only wait for it.
      for (const replica of replicas)
        if (!(await replica.start())) throw new Error("a replica did not start");
    },
    comeToRest: (withinMs) => comeToRest(pool, pusher, withinMs),
    async close() {
      await pusher.stop();
      for (const replica of replicas) {
        replica.signal("SIGCONT");
        await replica.end("SIGKILL");
        replica.remove();
      }
      await balancer.close();
      await fake.stop();
      await pool.end();
      await postgres.stop();
      knowledge.remove();
      built.remove();
    },
  };
}

/** How a life of a replica names itself to Telegram. */
export function callerName(replica: number, life: number): string {
  return `r${replica}-${life}`;
}

async function comeToRest(pool: pg.Pool, pusher: Pusher, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(200)) {
    const open = await pool
      .query<{ count: number }>("select count(*)::int as count from messages where status = 'open'")
      .then(({ rows }) => rows[0]?.count ?? 1)
      .catch(() => 1);
    if (open === 0 && pusher.waiting() === 0) return true;
  }
  return false;
}
