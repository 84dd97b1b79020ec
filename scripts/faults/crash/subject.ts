import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { openDatabase } from "../../../src/db/database.ts";
import { startBalancer } from "../../../test/support/balancer.ts";
import { startFakeTelegram } from "../../../test/support/fake-telegram.ts";
import { createRandom } from "../../kills/random.ts";
import { createReplica } from "../replica.ts";
import { smallKnowledge } from "../small-knowledge.ts";
import type { Crashable } from "./build.ts";
import { ARM, ARMED, type CrashPoint, lineOf } from "./point.ts";

const TELEGRAM_SCALE = 0.02;
const WEBHOOK_SECRET = "fault-run-webhook-secret-0123456789";
/** Generous, since a busy machine may take long over a start. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 10;

export type Subject = Awaited<ReturnType<typeof startSubject>>;

/** One process that is started again whenever it dies, on one database, with a Telegram that posts to it. */
export async function startSubject(given: { crashable: Crashable; databaseUrl: string; seed: number }) {
  const { crashable, databaseUrl, seed } = given;
  const traces = mkdtempSync(join(tmpdir(), "cau-noi-traces-"));
  const knowledge = smallKnowledge();
  const database = await openDatabase({ url: databaseUrl, dataDir: "", log: () => {} });
  const { pool } = database;
  const fake = await startFakeTelegram();
  const pusher = fake.startPushing({ scale: TELEGRAM_SCALE, random: createRandom(seed) });
  const balancer = await startBalancer(() => [replica].flatMap((each) => each.address() ?? []));
  const traceOf = (life: number) => join(traces, `${life}.txt`);
  let next: CrashPoint | null = null;
  let trouble: unknown = null;
  let isStopping = false;

  const replica = createReplica(1, {
    built: crashable.program,
    databaseUrl,
    settings: ({ life }) => ({
      KNOWLEDGE_DIR: knowledge.folder,
      PUBLIC_URL: balancer.address,
      TELEGRAM_BOT_TOKEN: fake.token,
      TELEGRAM_API_ROOT: fake.apiRoot,
      TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
      LOG_LEVEL: "warn",
      NODE_OPTIONS: `--import ${pathToFileURL(crashable.preload).href}`,
      CRASH_POINT: JSON.stringify(next),
      CRASH_TRACE: traceOf(life),
    }),
  });

  async function keepAlive(): Promise<void> {
    while (!isStopping) {
      if (replica.process() === null) {
        if (replica.lives.length > 0) await letLeasesRunOut();
        await replica.start();
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** Stands for the seconds after which others may take what a dead process held. */
  async function letLeasesRunOut(): Promise<void> {
    await pool.query("update messages set lease_until = now() where status = 'open' and lease_until > now()");
    await pool.query("update leaderships set held_until = clock_timestamp()");
    await pool.query("update petition_attachments set due_at = now() where status = 'waiting'");
  }

  async function until(isIt: () => boolean | Promise<boolean>, what: string): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await isIt()); await sleep(LOOK_EVERY_MS)) {
      if (trouble) throw trouble;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}: ${replica.process()?.complaints()}`);
    }
  }

  const lastLife = () => replica.lives.length - 1;
  const isUp = () => replica.address() !== null;
  const trace = (life: number) => (existsSync(traceOf(life)) ? readFileSync(traceOf(life), "utf8") : "");
  const living = keepAlive().catch((error: unknown) => {
    trouble = error;
  });

  return {
    fake,
    pusher,
    database,
    /** Where it is reached, whichever process it is. */
    address: balancer.address,
    until,
    trace,
    ready: () => until(isUp, "a start"),
    /** Whatever starts from now on will crash there; the process that runs keeps its own point. */
    aim(point: CrashPoint | null): void {
      next = point;
    },
    /** From now on the steps of the running process count; resolves with the number of its life. */
    async arm(): Promise<number> {
      await until(isUp, "a start");
      const life = lastLife();
      replica.process()?.kill(ARM);
      await until(() => trace(life).startsWith(ARMED), "a process that counts its steps");
      return life;
    },
    /** Whether that life ended at this point; another end is an error. */
    async diedAt(life: number, point: CrashPoint): Promise<boolean> {
      const hasEnded = () => replica.lives[life]?.endedAt != null;
      const last = () => trace(life).trimEnd().split("\n").at(-1);
      // Its end is seen a moment later than its last line.
      if (last() === lineOf(point)) await until(hasEnded, "the end of a process");
      if (!hasEnded()) return false;
      const { signal, code } = replica.lives[life] ?? {};
      if (signal === "SIGKILL" && last() === lineOf(point)) return true;
      throw new Error(`it ended at "${last()}" and not "${lineOf(point)}": ${signal ?? code}`);
    },
    /** Ends the process that runs, so that another is started. */
    async renew(): Promise<void> {
      await until(isUp, "a start");
      await replica.end("SIGKILL");
    },
    async stop(): Promise<void> {
      isStopping = true;
      await living;
      await replica.end("SIGKILL");
      replica.remove();
      await balancer.close();
      await fake.stop();
      await database.close();
      knowledge.remove();
      rmSync(traces, { recursive: true, force: true });
    },
  };
}
