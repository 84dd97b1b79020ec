import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Database } from "../../src/db/database.ts";
import type { Built } from "./build.ts";
import { ARM, type CrashPoint } from "./crash/point.ts";
import { type Fleet, startFleet } from "./fleet.ts";
import { startOa } from "./oa.ts";
import { openChats, sendToEach, untilSent } from "./oa-outbox.ts";
import type { Life } from "./replica.ts";
import { smallKnowledge } from "./small-knowledge.ts";

const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 100;
/** Zalo has given a new pair, which is not in the database yet. */
const RECEIVED: CrashPoint = { phase: "before", label: "update zalo_tokens", nth: 1 };
const ALARM = /mất mã làm mới Zalo/;

type Given = {
  built: Built;
  /** What makes a process die at a point. */
  preload: string;
  databaseUrl: string;
  database: Database;
  replicas: number;
  times: number;
  say: (progress: string) => void;
};

/**
 * Lets a process die between a new pair and its storing, again and again, and an operator put it right. Resolves with how long
 * after each death /readyz of every other process told it.
 */
export async function loseTokens(given: Given): Promise<number[]> {
  const { database, times, say } = given;
  const [oa, knowledge] = [await startOa(), smallKnowledge()];
  const alarms: number[] = [];
  try {
    await database.pool.query("truncate zalo_tokens, zalo_rotations");
    let setting = oa.account.seed;
    const chats = await openChats(oa, database, 1);
    for (let n = 1; n <= times; n++) {
      const settings = { ...oa.settings, ZALO_OA_REFRESH_TOKEN: setting, KNOWLEDGE_DIR: knowledge.folder };
      const key = `lost-${n}`;
      alarms.push(
        await loseOne(given, settings, async () => {
          oa.expire();
          await sendToEach(database, chats, key);
        }),
      );
      setting = `refresh-token-by-hand-${n}`;
      oa.grant(setting);
      await sendAtLast(given, { ...settings, ZALO_OA_REFRESH_TOKEN: setting }, key);
      say(`mất mã ${n}/${times}, báo sau ${alarms.at(-1)} ms`);
    }
    return alarms;
  } finally {
    await oa.stop();
    knowledge.remove();
  }
}

/** Resolves with the milliseconds from the death to the last alarm. */
async function loseOne(
  { built, preload, databaseUrl, replicas }: Given,
  settings: Record<string, string>,
  expire: () => Promise<void>,
): Promise<number> {
  const traces = mkdtempSync(join(tmpdir(), "cau-noi-traces-"));
  const traceOf = ({ replica }: Life) => join(traces, `${replica}.txt`);
  const fleet = await startFleet({
    built,
    databaseUrl,
    count: replicas,
    settings: (life) => ({
      ...settings,
      NODE_OPTIONS: `--import ${pathToFileURL(preload).href}`,
      CRASH_POINT: JSON.stringify(RECEIVED),
      CRASH_TRACE: traceOf(life),
    }),
  });
  try {
    await until(() => faultless(fleet), "a token for all");
    for (const each of fleet.replicas) each.process()?.kill(ARM);
    const lives = fleet.replicas.map((each) => each.lives[0] as Life);
    await until(() => lives.every((life) => isArmed(traceOf(life))), "processes that count their steps");
    await expire();
    await until(() => lives.some(({ endedAt }) => endedAt !== null), "a death");
    const died = lives.find(({ endedAt }) => endedAt !== null);
    await until(() => everywhere(fleet, ALARM), "the alarm");
    return Date.now() - (died?.endedAt ?? 0);
  } finally {
    await fleet.stop();
    rmSync(traces, { recursive: true, force: true });
  }
}

/** With the operator's new setting, what waited goes out and nothing is wrong any more. */
async function sendAtLast(
  { built, databaseUrl, database }: Given,
  settings: Record<string, string>,
  key: string,
): Promise<void> {
  const fleet = await startFleet({ built, databaseUrl, count: 1, settings: () => settings });
  try {
    await database.pool.query(
      "update messages set lease_until = now(), due_at = now() where status = 'open'",
    );
    await untilSent(database, key, PATIENCE_MS);
    await until(() => faultless(fleet), "an end of the alarm");
  } finally {
    await fleet.stop();
  }
}

function isArmed(trace: string): boolean {
  try {
    return readFileSync(trace, "utf8") !== "";
  } catch {
    return false;
  }
}

async function faultless(fleet: Fleet): Promise<boolean> {
  const states = await Promise.all(fleet.addresses().map((address) => fetch(`${address}/readyz`)));
  return states.every(({ status }) => status === 200);
}

async function everywhere(fleet: Fleet, words: RegExp): Promise<boolean> {
  const states = await Promise.all(
    fleet.addresses().map(async (address) => (await fetch(`${address}/readyz`)).text()),
  );
  return states.length > 0 && states.every((text) => words.test(text));
}

async function until(isIt: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await isIt()); await sleep(LOOK_EVERY_MS))
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
}
