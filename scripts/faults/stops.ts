import { setTimeout as sleep } from "node:timers/promises";
import type { Mishap } from "../../test/support/fake-telegram.ts";
import { createRandom, type Random } from "../kills/random.ts";
import { type Goal, type Outcome, percentile, type RunOptions } from "./goal.ts";
import { readHistory } from "./history.ts";
import { inspect } from "./inspect.ts";
import { createTelegramMember } from "./member.ts";
import type { Life, Replica } from "./replica.ts";
import { callerName, openWorld, type World } from "./world.ts";

/** SIGTERM at seeded moments, in the start too, and often twice. */
export const stops: Goal = {
  id: "R13",
  about:
    "dừng nhẹ nhàng (SIGTERM) lúc bất kỳ, kể cả đang khởi động, có khi hai lần: thoát mã 0 trong 10 giây",
  usualSize: 200,
  run,
};

const MEMBERS = 10;
const SHARE_IN_START = 0.3;
const SHARE_TWICE = 0.5;
const SECOND_WITHIN_MS = 5_000;
const STOP_WITHIN_MS = 10_000;
/** How long a stop is watched before it is cut off, lest one that never ends holds up the run. */
const WATCHED_MS = 20_000;
const USUAL_START_MS = 4_000;
const LONGEST_CALM_MS = 1_500;
const SLOW_SHARE = 0.3;
const LONGEST_SEND_MS = 3_000;
/** A member finishes what he began, such as a petition of eight steps. */
const PATIENCE_MS = 300_000;
const DRAIN_MS = 120_000;
const STOPS_FOR_EVERY_WINDOW = 40;
const HEARS = "nghe tín hiệu dừng";

/** Says from when on a signal is heard; before, Node itself is still starting. */
const HEARING = {
  file: "src/main.ts",
  from: 'process.on("unhandledRejection"',
  to: `process.stderr.write(${JSON.stringify(`${HEARS}\n`)});\nprocess.on("unhandledRejection"`,
};

/** One SIGTERM and what came of it; times are milliseconds since the epoch. */
type Stop = { life: Life; at: number; secondAt: number | null; wasReady: boolean; heard: boolean };

async function run({ seed, size, say }: RunOptions): Promise<Outcome> {
  const world = await openWorld({ seed, replicas: 2, patches: [HEARING] });
  try {
    world.fake.mishaps(slowSends(createRandom(seed + 2)));
    await world.startAll();
    const rest = new AbortController();
    const chatting = Promise.all(
      Array.from({ length: MEMBERS }, (_, number) => {
        const random = createRandom(seed * 1_000 + number);
        return createTelegramMember({ number, random, fake: world.fake }).run(rest.signal);
      }),
    );
    const done = await strike(world, size, say);
    rest.abort();
    await Promise.race([chatting, sleep(PATIENCE_MS)]);
    await world.comeToRest(DRAIN_MS);
    return await outcome(world, done);
  } finally {
    await world.close();
  }
}

/** Some sends take a while, so that stops fall into them. */
function slowSends(random: Random): Mishap {
  return (method) =>
    method === "sendmessage" && random() < SLOW_SHARE
      ? { kind: "slow", ms: Math.round(random() * LONGEST_SEND_MS) }
      : null;
}

/** Stops one replica after the other, each at a moment of its own, and starts it again. */
async function strike(world: World, size: number, say: RunOptions["say"]): Promise<Stop[]> {
  const { random, replicas } = world;
  const done: Stop[] = [];
  for (let n = 1; done.filter(({ heard }) => heard).length < size; n++) {
    const replica = replicas[n % replicas.length] as Replica;
    if (random() < SHARE_IN_START) {
      if (replica.address()) done.push(await stop(replica, random));
      const starting = replica.start().catch(() => false);
      await Promise.race([starting, sleep(random() * usualStart(replica))]);
      done.push(await stop(replica, random));
      await starting;
    } else {
      await sleep(random() * LONGEST_CALM_MS);
      done.push(await stop(replica, random));
    }
    if (!(await replica.start())) throw new Error("a replica did not start");
    if (n % 10 === 0) say(`${done.length}/${size} lần dừng`);
  }
  return done;
}

async function stop(replica: Replica, random: Random): Promise<Stop> {
  const life = replica.lives.at(-1) as Life;
  const service = replica.process();
  const wasReady = replica.address() !== null;
  const at = Date.now();
  service?.kill("SIGTERM");
  const second = random() < SHARE_TWICE ? random() * SECOND_WITHIN_MS : null;
  const isOver = second !== null && (await endsWithin(service?.ended, second));
  const secondAt = second !== null && !isOver ? Date.now() : null;
  if (secondAt !== null) service?.kill("SIGTERM");
  if (!(await endsWithin(service?.ended, WATCHED_MS))) service?.kill("SIGKILL");
  await service?.ended;
  return { life, at, secondAt, wasReady, heard: service?.complaints().includes(HEARS) ?? false };
}

async function endsWithin(ended: Promise<unknown> | undefined, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const late = sleep(ms, false, { signal: timer.signal }).catch(() => false);
  const isOver = await Promise.race([Promise.resolve(ended).then(() => true), late]);
  timer.abort();
  return isOver;
}

function usualStart({ lives }: Replica): number {
  const took = lives.flatMap(({ startedAt, readyAt }) => (readyAt === null ? [] : [readyAt - startedAt]));
  return percentile(took, 0.5) ?? USUAL_START_MS;
}

async function outcome(world: World, done: Stop[]): Promise<Outcome> {
  // What comes before the program listens to signals nobody can hear.
  const heard = done.filter((each) => each.heard);
  const took = heard.map(({ life, at }) => (life.endedAt ?? Number.POSITIVE_INFINITY) - at);
  const { violations, repeats } = inspect(await readHistory(world));
  const underWay = (at: number | null, { life }: Stop) =>
    at === null ? [] : sendsOf(life, world).filter((send) => send.from < at && send.to > at);
  const sending = heard.filter((each) => underWay(each.at, each).length > 0);
  const windows = {
    inStart: heard.filter(({ wasReady }) => !wasReady).length,
    whileSending: sending.length,
    twice: heard.filter(({ secondAt }) => secondAt !== null).length,
    twiceWhileSending: heard.filter((each) => underWay(each.secondAt, each).length > 0).length,
  };
  return {
    n: heard.length,
    violations: {
      ...violations,
      repeats: Object.values(repeats.explained).reduce((sum, n) => sum + n, 0),
      endedBySignal: heard.filter(({ life }) => life.signal !== null).length,
      wrongCode: heard.filter(({ life }) => life.signal === null && life.code !== 0).length,
      tooSlow: took.filter((ms) => ms > STOP_WITHIN_MS).length,
      sendsCutShort: sending
        .flatMap((each) => underWay(each.at, each).map(({ to }) => (each.life.endedAt ?? 0) < to))
        .filter((isCut) => isCut).length,
    },
    windows,
    atLeast: Object.fromEntries(
      Object.keys(windows).map((name) => [name, heard.length >= STOPS_FOR_EVERY_WINDOW ? 5 : 0]),
    ),
    figures: {
      stopMsP50: percentile(took, 0.5),
      stopMsP99: percentile(took, 0.99),
      stopMsMax: percentile(took, 1),
      beforeItListens: done.length - heard.length,
    },
  };
}

/** When this life's sends were under way, where Telegram took its time. */
function sendsOf(life: Life, { fake }: World): { from: number; to: number }[] {
  const caller = callerName(life.replica, life.life);
  return fake.callsOf("sendMessage").flatMap(({ from, at, fault }) => {
    return from === caller && fault?.kind === "slow" ? [{ from: at, to: at + fault.ms }] : [];
  });
}
