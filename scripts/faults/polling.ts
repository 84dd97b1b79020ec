import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { createRandom, type Random } from "../kills/random.ts";
import type { Goal, Outcome, RunOptions } from "./goal.ts";
import { openPolledWorld, type PolledWorld, until } from "./polled-world.ts";
import { pollingBug } from "./polling-bugs.ts";

/** SIGKILL of the poller between Telegram's answer and the commit, at the first update of a batch, in its midst, and before its offset is written. */
export const polling: Goal = {
  id: "R15",
  about: "giết tiến trình đang hỏi tin Telegram, giữa lúc nhận và lúc ghi xong: không mất tin nào",
  usualSize: 200,
  run,
};

const REPLICAS = 2;
const CHATS = 12;
const LONGEST_BATCH = 8;
/** Far more updates than can be on their way at once. */
const RECENT = 100;
const BLOCKED_WITHIN_MS = 12_000;
const NEXT_WITHIN_MS = 30_000;
const DRAIN_MS = 60_000;
const MOMENTS = ["first", "amidst", "beforeOffset", "free"] as const;
/** Below so many kills a moment may be missed by chance. */
const KILLS_FOR_EVERY_MOMENT = 40;

type Moment = (typeof MOMENTS)[number];
type Said = { id: number; text: string };
type Tally = { said: Said[]; windows: Record<Moment | "again", number>; pastUncommitted: number };

async function run({ seed, size, say, bug }: RunOptions): Promise<Outcome> {
  const random = createRandom(seed);
  const world = await openPolledWorld({
    replicas: REPLICAS,
    patches: bug ? [pollingBug(bug)] : [],
  });
  const tally: Tally = {
    said: [],
    windows: { first: 0, amidst: 0, beforeOffset: 0, free: 0, again: 0 },
    pastUncommitted: 0,
  };
  try {
    for (let n = 0; n < size; n++) {
      await strike(world, random, MOMENTS[n % MOMENTS.length] as Moment, tally);
      if (n % 10 === 9) say(`${n + 1}/${size} lần giết, ${tally.said.length} tin`);
    }
    return await outcome(world, tally, size);
  } finally {
    await world.close();
  }
}

/** One batch of updates and one kill of whoever polls, at the moment wanted; then another replica goes on. */
async function strike(world: PolledWorld, random: Random, moment: Moment, tally: Tally): Promise<void> {
  const { pool, fake } = world;
  await until(() => world.poller() !== null, NEXT_WITHIN_MS);
  const chats = Array.from({ length: CHATS }, (_, n) => 1_000 + n).sort(() => random() - 0.5);
  const batch = chats.slice(
    0,
    moment === "amidst" ? LONGEST_BATCH : 1 + Math.floor(random() * LONGEST_BATCH),
  );
  // Telegram gives the first update of a burst alone, for the poll waits for it.
  const stuckAt = moment === "amidst" ? 2 + Math.floor(random() * (LONGEST_BATCH - 3)) : 0;
  const client = await pool.connect();
  try {
    await block(client, moment, batch[stuckAt] ?? 0);
    for (const chat of batch) {
      const text = `xin chào, tin số ${tally.said.length}`;
      tally.said.push({ id: fake.member(chat).says(text), text });
    }
    const isStuck = moment !== "free" && (await until(() => isBlocked(pool, moment), BLOCKED_WITHIN_MS));
    if (moment === "free") await sleep(random() * 60);
    const victim = world.poller();
    await victim?.end("SIGKILL");
    await look(pool, isStuck ? moment : "free", tally);
    await client.query("rollback");
    // Only who leads next is asked here; how long a dead leader is waited for is R16's.
    await pool.query("update leaderships set held_until = '-infinity' where office = 'telegram'");
    void victim?.start().catch(() => undefined);
    const polls = fake.callsOf("getUpdates").length;
    await until(() => fake.callsOf("getUpdates").length > polls, NEXT_WITHIN_MS);
  } finally {
    await client.query("rollback").catch(() => undefined);
    client.release();
  }
}

/** Holds what the poller will need next, so that it stands still just there. */
async function block(client: pg.PoolClient, moment: Moment, chat: number): Promise<void> {
  await client.query("begin");
  if (moment === "beforeOffset") {
    await client.query("select from leaderships where office = 'telegram' for update");
  } else if (moment !== "free") {
    await client.query(
      `insert into conversations (channel, chat_id) values ('telegram', $1)
       on conflict (channel, chat_id) do update set channel = excluded.channel`,
      [String(chat)],
    );
  }
}

async function isBlocked(pool: pg.Pool, moment: Moment): Promise<boolean> {
  const waitingFor =
    moment === "beforeOffset" ? "%insert into channel_offsets%" : "%insert into conversations%";
  const { rowCount } = await pool.query(
    `select from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
    [waitingFor],
  );
  return (rowCount ?? 0) > 0;
}

/** What the dead poller left: the offset is past nothing that is not stored; where it is behind what is, that comes again. */
async function look(pool: pg.Pool, moment: Moment, tally: Tally): Promise<void> {
  const recent = tally.said.slice(-RECENT);
  const { rows } = await pool.query<{ texts: string[]; next: number | null }>(
    `select array(select text from messages where direction = 'in' and text = any ($1)) as texts,
            (select next_offset::int from channel_offsets where channel = 'telegram') as next`,
    [recent.map(({ text }) => text)],
  );
  const stored = new Set(rows[0]?.texts);
  const next = rows[0]?.next ?? 0;
  if (recent.some(({ id, text }) => id < next && !stored.has(text))) tally.pastUncommitted += 1;
  const comesAgain = recent.some(({ id, text }) => id >= next && stored.has(text));
  if (comesAgain) tally.windows.again += 1;
  if (moment === "first" || moment === "amidst") tally.windows[comesAgain ? "amidst" : "first"] += 1;
  else if (moment === "free" || comesAgain) tally.windows[moment] += 1;
}

async function outcome({ pool, fake }: PolledWorld, tally: Tally, size: number): Promise<Outcome> {
  const countOf = async () => {
    const { rows } = await pool.query<{ text: string; count: number }>(
      "select text, count(*)::int as count from messages where direction = 'in' group by text",
    );
    return new Map(rows.map(({ text, count }) => [text, count]));
  };
  const isDone = async () => fake.unconfirmed() === 0 && (await countOf()).size >= tally.said.length;
  await until(isDone, DRAIN_MS);
  const counts = await countOf();
  const floor = size >= KILLS_FOR_EVERY_MOMENT ? Math.floor(size / MOMENTS.length / 4) : 1;
  return {
    n: size,
    violations: {
      lost: tally.said.filter(({ text }) => !counts.has(text)).length,
      doubled: [...counts.values()].filter((count) => count > 1).length,
      offsetPastUncommitted: tally.pastUncommitted,
      neverConfirmed: fake.unconfirmed(),
    },
    windows: { ...tally.windows },
    atLeast: { first: floor, amidst: floor, beforeOffset: floor },
    figures: { updates: tally.said.length },
  };
}
