import { setTimeout as sleep } from "node:timers/promises";
import { createRandom, type Random } from "../kills/random.ts";
import { type Goal, type Outcome, percentile, type RunOptions } from "./goal.ts";
import { nameOf, openPolledWorld, type PolledWorld, until } from "./polled-world.ts";
import { pollingBug } from "./polling-bugs.ts";
import type { Replica } from "./replica.ts";

/** Three replicas of which one polls and one goes the rounds, while leaders are killed, paused and stopped. */
export const oneLeader: Goal = {
  id: "R16",
  about:
    "3 bản chạy, đúng một bản hỏi tin và một bản làm việc theo giờ, khi bản đang giữ việc bị giết, treo, dừng",
  usualSize: 60,
  run,
};

const REPLICAS = 3;
const OFFICES = ["telegram", "rounds"] as const;
const BLOWS = ["kill", "pause", "stop"] as const;
const TAKEOVER_MS = 15_000;
const SAMPLE_MS = 1_000;
/** What a poll brought is stored sooner, on a busy machine too. */
const LONGEST_STORING_MS = 5_000;
const LONGEST_CONFLICT_MS = 15_000;
const CONFLICTS_OF_ONE_MS = 4_000;
/** Longer than the lease. */
const PAUSE_MS = 9_000;
const CALM_MS = 4_000;
const START_MS = 60_000;
const SAY_EVERY_MS = 150;
const CHATS = 40;

type Office = (typeof OFFICES)[number];
type Blow = { kind: (typeof BLOWS)[number]; at: number; offices: Office[]; until: number; resumedAt: number };

async function run({ seed, size, say, bug }: RunOptions): Promise<Outcome> {
  const random = createRandom(seed);
  const world = await openPolledWorld({ replicas: REPLICAS, patches: bug ? [pollingBug(bug)] : [] });
  const rest = new AbortController();
  const talking = talk(world, random, rest.signal);
  const blows: Blow[] = [];
  try {
    await until(() => everyOfficeIsHeld(world), START_MS);
    const began = Date.now();
    for (let n = 0; n < size; n++) {
      await sleep(CALM_MS * (0.5 + random()));
      const office = OFFICES[Math.floor(n / BLOWS.length) % OFFICES.length] ?? "telegram";
      blows.push(await strike(world, BLOWS[n % BLOWS.length] ?? "kill", office));
      say(`${n + 1}/${size} lần, việc được nhận lại sau ${tookMs(blows.at(-1))} ms`);
    }
    await sleep(CALM_MS);
    const ended = Date.now();
    rest.abort();
    await talking;
    await until(() => world.fake.unconfirmed() === 0, START_MS);
    return await outcome(world, blows, { began, ended });
  } finally {
    rest.abort();
    await world.close();
  }
}

/** Members go on writing, so that a poll ends soon and each second shows who polls. */
async function talk({ fake }: PolledWorld, random: Random, rest: AbortSignal): Promise<void> {
  for (let n = 0; !rest.aborted; n++) {
    fake.member(2_000 + Math.floor(random() * CHATS)).says(`/trogiup ${n}`);
    await sleep(SAY_EVERY_MS);
  }
}

/** Strikes the holder of an office and waits until others hold all that it held. */
async function strike(world: PolledWorld, kind: Blow["kind"], office: Office): Promise<Blow> {
  const before = await holders(world);
  const victim = before.get(office);
  if (!victim) throw new Error(`nobody holds ${office}`);
  const offices = OFFICES.filter((each) => before.get(each) === victim);
  const at = Date.now();
  const ending =
    kind === "pause" ? Promise.resolve(null) : victim.end(kind === "kill" ? "SIGKILL" : "SIGTERM");
  if (kind === "pause") victim.signal("SIGSTOP");
  const isTaken = async () => {
    const now = await holders(world);
    return (
      offices.every((each) => now.has(each) && now.get(each) !== victim) &&
      pollsAgain(world, victim, offices, at)
    );
  };
  await until(isTaken, 3 * TAKEOVER_MS);
  const blow: Blow = { kind, at, offices, until: Date.now(), resumedAt: 0 };
  await ending;
  if (kind === "pause") {
    await sleep(Math.max(0, at + PAUSE_MS - Date.now()));
    blow.resumedAt = Date.now();
    victim.signal("SIGCONT");
  } else await victim.start();
  return blow;
}

/** Holding an office is one thing; Telegram has to be asked, too. */
function pollsAgain({ fake }: PolledWorld, victim: Replica, offices: Office[], at: number): boolean {
  const name = nameOf(victim);
  return (
    !offices.includes("telegram") ||
    fake.callsOf("getUpdates").some((call) => call.at > at && call.from !== name)
  );
}

/** Who holds each office by the clock of the database. */
async function holders({ pool, replicas }: PolledWorld): Promise<Map<Office, Replica>> {
  const { rows } = await pool.query<{ office: Office; pid: number }>(
    `select office, split_part(holder, '-', 1)::int as pid from leaderships where held_until > clock_timestamp()`,
  );
  const held = new Map<Office, Replica>();
  for (const { office, pid } of rows) {
    const replica = replicas.find(({ lives }) => lives.at(-1)?.pid === pid);
    if (replica) held.set(office, replica);
  }
  return held;
}

async function everyOfficeIsHeld(world: PolledWorld): Promise<boolean> {
  const held = await holders(world);
  return OFFICES.every((office) => held.has(office));
}

const tookMs = (blow: Blow | undefined): number => (blow ? blow.until - blow.at : 0);

async function outcome(
  world: PolledWorld,
  blows: Blow[],
  { began, ended }: { began: number; ended: number },
): Promise<Outcome> {
  const samples = pollersBySecond(world, began, ended);
  const calm = samples.filter(({ from, to }) => blows.every((blow) => to < blow.at || from > blow.until));
  const shareOfOne = (of: typeof samples) => of.filter(({ pollers }) => pollers === 1).length / of.length;
  const took = blows.map(tookMs);
  const { conflicts, longestMs } = conflictsIn(world);
  const stored = await world.pool.query<{ count: number; texts: number }>(
    "select count(*)::int as count, count(distinct text)::int as texts from messages where direction = 'in'",
  );
  const { count = 0, texts = 0 } = stored.rows[0] ?? {};
  return {
    n: blows.length,
    violations: {
      slowTakeover: took.filter((ms) => ms > TAKEOVER_MS).length,
      tooFewSamplesWithOne: shareOfOne(calm) < 0.99 ? 1 : 0,
      longConflict: longestMs > LONGEST_CONFLICT_MS ? 1 : 0,
      doubled: count - texts,
      neverConfirmed: world.fake.unconfirmed(),
    },
    windows: windowsOf(blows),
    atLeast:
      blows.length >= 2 * BLOWS.length ? { kill: 1, pause: 1, stop: 1, poller: 1, rounds: 1 } : { kill: 1 },
    figures: {
      samples: samples.length,
      oneOutsideTakeovers: Math.round(shareOfOne(calm) * 10_000) / 10_000,
      oneOfAll: Math.round(shareOfOne(samples) * 10_000) / 10_000,
      samplesWithTwo: samples.filter(({ pollers }) => pollers > 1).length,
      conflicts,
      longestConflictMs: longestMs,
      takeoverMsP50: percentile(took, 0.5),
      takeoverMsP99: percentile(took, 0.99),
      takeoverMsMax: percentile(took, 1),
      afterStopMsMax: percentile(blows.filter(({ kind }) => kind === "stop").map(tookMs), 1),
    },
  };
}

/** How many replicas ask Telegram in each second; who asked shortly before still does, for he stores what he got. */
function pollersBySecond({ fake }: PolledWorld, began: number, ended: number) {
  const polls = fake.callsOf("getUpdates");
  return Array.from({ length: Math.floor((ended - began) / SAMPLE_MS) }, (_, n) => {
    const from = began + n * SAMPLE_MS;
    const to = from + SAMPLE_MS;
    const names = new Set(polls.filter(({ at }) => at >= from && at < to).map((poll) => poll.from));
    const isBusy = polls.some(({ at }) => at < from && at > from - LONGEST_STORING_MS);
    return { from, to, pollers: names.size || (isBusy ? 1 : 0) };
  });
}

/** The polls that another poller ended, and how long the longest row of them went on. */
function conflictsIn({ fake }: PolledWorld): { conflicts: number; longestMs: number } {
  const ended = fake
    .callsOf("getUpdates")
    .slice(0, -1)
    .filter(({ done, fault }) => !done && fault === null);
  let [firstAt, lastAt, longestMs] = [0, 0, 0];
  for (const { at } of ended) {
    if (at - lastAt > CONFLICTS_OF_ONE_MS) firstAt = at;
    lastAt = at;
    longestMs = Math.max(longestMs, lastAt - firstAt);
  }
  return { conflicts: ended.length, longestMs };
}

function windowsOf(blows: Blow[]): Record<string, number> {
  const count = (isIt: (blow: Blow) => boolean) => blows.filter(isIt).length;
  return {
    kill: count(({ kind }) => kind === "kill"),
    pause: count(({ kind }) => kind === "pause"),
    stop: count(({ kind }) => kind === "stop"),
    poller: count(({ offices }) => offices.includes("telegram")),
    rounds: count(({ offices }) => offices.includes("rounds")),
  };
}
