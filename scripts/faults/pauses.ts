import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../kills/random.ts";
import { patchesOf } from "./bugs.ts";
import type { Patch } from "./build.ts";
import { type Goal, type Outcome, percentile, type RunOptions } from "./goal.ts";
import { type Disturbance, readHistory } from "./history.ts";
import { inspect } from "./inspect.ts";
import { countLateWrites, watchLateWrites } from "./late-writes.ts";
import { createTelegramMember } from "./member.ts";
import type { Replica } from "./replica.ts";
import { callerName, openWorld, type World } from "./world.ts";

const MEMBERS = 20;
const REPLICAS = 3;
/** One replica goes on, else nobody could take over what the paused ones hold. */
const PAUSED_AT_ONCE = REPLICAS - 1;
const LEASE_S = 4;
const PAUSE_MS = LEASE_S * 1_500;
const DRAIN_MS = 60_000;
const LOOK_EVERY_MS = 15;
const SLOW_SHARE = 0.3;
const SLOW_MS = 1_200;

/** The lease is shortened, and with it all that has to be shorter than it, so that a hundred pauses last minutes; an answer takes its time, as on a busy machine, so that pauses find one under way. */
export const SHORT_LEASES: readonly Patch[] = [
  { file: "src/db/claims.ts", from: "const LEASE_SECONDS = 10;", to: `const LEASE_SECONDS = ${LEASE_S};` },
  {
    file: "src/delivering.ts",
    from: "const SEND_TIMEOUT_MS = 15_000;",
    to: "const SEND_TIMEOUT_MS = 3_000;",
  },
  { file: "src/holding.ts", from: "const RENEW_EVERY_MS = 3_000;", to: "const RENEW_EVERY_MS = 1_200;" },
  {
    file: "src/service.ts",
    from: "respond: (heard) => live.now().respond(heard),",
    to: `respond: async (heard) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 500));
      return live.now().respond(heard);
    },`,
  },
];

/** R5: a process is stopped while it holds a message, wakes when its lease is over, and must not write what is no longer its own. */
export const pauses: Goal = {
  id: "R5",
  about:
    "dừng (SIGSTOP) 1,5 lần thời hạn giữ tin, đúng lúc đang giữ tin, 3 bản chạy: bản tỉnh lại không được ghi đè",
  usualSize: 100,
  run: pauseRun,
};

async function pauseRun({ seed, size, say, bug }: RunOptions): Promise<Outcome> {
  const patches = [...SHORT_LEASES, ...(bug ? patchesOf(bug) : [])];
  const world = await openWorld({ seed, replicas: REPLICAS, patches });
  try {
    const random = createRandom(seed + 2);
    world.fake.mishaps((method) =>
      method === "sendmessage" && random() < SLOW_SHARE ? { kind: "slow", ms: random() * SLOW_MS } : null,
    );
    await world.startAll();
    await watchLateWrites(world.pool);
    const rest = new AbortController();
    const chatting = Promise.all(
      Array.from({ length: MEMBERS }, (_, number) =>
        createTelegramMember({
          number,
          random: createRandom(seed * 1_000 + number),
          fake: world.fake,
        }).run(rest.signal),
      ),
    );
    const { disturbances, windows } = await pauseAgainAndAgain(world, size, say);
    rest.abort();
    await Promise.race([chatting, sleep(DRAIN_MS)]);
    await world.comeToRest(DRAIN_MS);
    const history = await readHistory(world, disturbances);
    const { violations, repeats } = inspect(history);
    return {
      n: disturbances.length,
      violations: { ...violations, lateWrites: await countLateWrites(world.pool) },
      windows,
      atLeast: { whileHandling: Math.floor(size / 5), whileSending: Math.floor(size / 5) },
      figures: {
        accepted: history.pushes.filter(({ acceptedAt }) => acceptedAt !== null).length,
        petitions: history.petitions.length,
        repeatsAfterPause: repeats.explained.paused,
        pauseMsP50: percentile(
          disturbances.map(({ from, to }) => to - from),
          0.5,
        ),
      },
    };
  } finally {
    await world.close();
  }
}

type Windows = { whileHandling: number; whileSending: number };

/** Only pauses that found their victim holding a message count. */
async function pauseAgainAndAgain(world: World, size: number, say: (progress: string) => void) {
  const disturbances: Disturbance[] = [];
  const windows: Windows = { whileHandling: 0, whileSending: 0 };
  const underWay = new Map<Replica, Promise<void>>();
  while (disturbances.length < size) {
    if (underWay.size >= PAUSED_AT_ONCE) await Promise.race(underWay.values());
    const wanted = windows.whileHandling <= windows.whileSending ? "in" : "out";
    const victim = await holderOf(wanted, world, underWay);
    if (!victim) {
      await sleep(LOOK_EVERY_MS);
      continue;
    }
    victim.signal("SIGSTOP");
    const from = Date.now();
    if (!(await holds(victim, wanted, world))) {
      victim.signal("SIGCONT");
      continue;
    }
    windows[wanted === "in" ? "whileHandling" : "whileSending"] += 1;
    const ended = sleep(PAUSE_MS).then(() => {
      victim.signal("SIGCONT");
      underWay.delete(victim);
      const caller = callerName(victim.number, victim.lives.length - 1);
      disturbances.push({ kind: "paused", caller, from, to: Date.now() });
      if (disturbances.length % 10 === 0) say(`${disturbances.length}/${size} lần dừng`);
    });
    underWay.set(victim, ended);
  }
  await Promise.all(underWay.values());
  return { disturbances, windows };
}

async function holderOf(
  direction: "in" | "out",
  { pool, replicas }: World,
  paused: Map<Replica, unknown>,
): Promise<Replica | undefined> {
  const { rows } = await pool.query<{ owner: string }>(
    "select lease_owner as owner from messages where status = 'open' and direction = $1 and lease_until > now()",
    [direction],
  );
  return replicas.find(
    (replica) =>
      !paused.has(replica) && rows.some(({ owner }) => owner.startsWith(`${replica.lives.at(-1)?.pid}-`)),
  );
}

async function holds(replica: Replica, direction: "in" | "out", { pool }: World): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from messages where status = 'open' and direction = $1 and lease_until > now() and lease_owner like $2`,
    [direction, `${replica.lives.at(-1)?.pid}-%`],
  );
  return (rowCount ?? 0) > 0;
}
