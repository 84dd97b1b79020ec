import { setTimeout as sleep } from "node:timers/promises";
import { type Mishap, tooMany } from "../../test/support/fake-telegram.ts";
import { QUESTIONS } from "../kills/phrases.ts";
import { createRandom, pick, type Random } from "../kills/random.ts";
import { patchesOf } from "./bugs.ts";
import { type Call, callsOf, mostWithin, tooEarly } from "./calls.ts";
import { type Goal, type Outcome, percentile, type RunOptions } from "./goal.ts";
import { type History, readHistory } from "./history.ts";
import { inspect } from "./inspect.ts";
import { chatOf } from "./member.ts";
import { openWorld, type World } from "./world.ts";

/** How a run goes; a test takes it quicker, and slower than any machine. */
export type Course = { replicas: number; people: number; perSecond: number };

const FULL: Course = { replicas: 3, people: 40, perSecond: 30 };
/** A group gets 20 messages a minute, so few of them keep a run busy for long. */
const GROUPS = 2;
const IN_A_GROUP = 8;
const FIRST_GROUP = -1_001_000_000_000;
const REST_MS = 300_000;

/** Storms of 429, as Telegram has them. */
const STORM = { everyMs: 6_000, lastsMs: 2_000, share: 0.5, longestSeconds: 3 };

/** What Telegram's FAQ allows; a busy machine lets calls that were spaced well come closer together. */
const LIMITS = { allSpanMs: 10_000, personSpanMs: 30_000, groupSpanMs: 60_000, burst: 5, inAGroup: 20 };
const JITTER_MS = 1_000;

/** R10: Telegram's limits are kept by all replicas together, and what it puts off is sent when it says. */
export const slowDown: Goal = {
  id: "R10",
  about:
    "bão 429: chờ đúng retry_after, không mất tin; mọi bản chạy gộp lại không vượt nhịp gửi của Telegram",
  usualSize: 600,
  run: (options) => slowDownRun(options, FULL),
};

/** Everybody writes at once, far faster than may be answered. */
export async function slowDownRun(options: RunOptions, course: Course): Promise<Outcome> {
  const { seed, size, say, bug } = options;
  const world = await openWorld({
    seed,
    replicas: course.replicas,
    patches: bug ? patchesOf(bug) : [],
    settings: { TELEGRAM_MESSAGES_PER_SECOND: String(course.perSecond) },
  });
  try {
    await world.startAll();
    const telegram = createStorms(createRandom(seed + 2));
    world.fake.mishaps(telegram.mishap);
    writeAll(world, course, size);
    await untilHandled(world, size);
    telegram.open();
    say(`${size} tin đã được trả lời, Telegram bắt đầu nhận`);
    await world.comeToRest(REST_MS);
    return judge(await readHistory(world), callsOf(world.fake), course);
  } finally {
    await world.close();
  }
}

/**
 * Puts everything off until it opens, so that replies pile up, and then in storms. Who calls before the time is over that he
 * was told is put off again.
 */
function createStorms(random: Random): { mishap: Mishap; open(): void } {
  const closedUntil = new Map<string, number>();
  let isOpen = false;

  const putsOff = () => !isOpen || (Date.now() % STORM.everyMs < STORM.lastsMs && random() < STORM.share);

  function mishap(method: string, payload: Record<string, unknown>) {
    if (method !== "sendmessage") return null;
    const chat = String(payload.chat_id);
    const left = (closedUntil.get(chat) ?? 0) - Date.now();
    if (left > 0) return tooMany(Math.ceil(left / 1000));
    if (!putsOff()) return null;
    const seconds = 1 + Math.floor(random() * STORM.longestSeconds);
    closedUntil.set(chat, Date.now() + seconds * 1000);
    return tooMany(seconds);
  }

  return {
    mishap,
    open: () => {
      isOpen = true;
    },
  };
}

async function untilHandled({ pool }: World, size: number): Promise<void> {
  for (const end = Date.now() + REST_MS; Date.now() < end; await sleep(200)) {
    const { rows } = await pool.query<{ count: number }>(
      "select count(*)::int as count from messages where direction = 'in' and status = 'done'",
    );
    if ((rows[0]?.count ?? 0) >= size) return;
  }
}

function writeAll({ fake, random }: World, { people }: Course, size: number): void {
  const inGroups = Math.min(GROUPS * IN_A_GROUP, Math.floor(size / 4));
  for (let n = 0; n < inGroups; n++)
    fake.memberOf(FIRST_GROUP - (n % GROUPS), Number(chatOf(people))).says(`/trogiup@${fake.bot.username}`);
  for (let n = 0; n < size - inGroups; n++)
    fake.member(Number(chatOf(n % people))).says(pick(random, QUESTIONS));
}

function judge(history: History, calls: readonly Call[], { perSecond }: Course): Outcome {
  const moments = calls.map(({ at }) => at);
  const inChats = (isGroup: boolean, spanMs: number) =>
    [...new Set(calls.map(({ chat }) => chat))]
      .filter((chat) => chat.startsWith("-") === isGroup)
      .map((chat) => calls.filter((call) => call.chat === chat).map(({ at }) => at))
      .map((own) => mostWithin(own, spanMs));
  const { allSpanMs, personSpanMs, groupSpanMs, burst, inAGroup } = LIMITS;
  const inAll = mostWithin(moments, allSpanMs);
  const ofPeople = inChats(false, personSpanMs);
  const ofGroups = inChats(true, groupSpanMs);
  const claims = history.rows
    .filter(({ direction }) => direction === "out")
    .reduce((sum, row) => sum + row.leases, 0);
  return {
    n: history.pushes.length,
    violations: {
      ...inspect(history).violations,
      tooEarly: tooEarly(calls),
      tooManyToAll: inAll > ((allSpanMs + JITTER_MS) / 1000) * perSecond ? 1 : 0,
      tooManyToOne: ofPeople.filter((most) => most > burst + (personSpanMs + JITTER_MS) / 1000).length,
      tooManyToAGroup: ofGroups.filter((most) => most > inAGroup + 1).length,
    },
    windows: {
      tooMany: calls.filter(({ retryAfter }) => retryAfter !== null).length,
      putOffByUs: claims - calls.length,
      secondsAtTheLimit: secondsWith(moments, perSecond * 0.8),
      sendingReplicas: new Set(calls.map(({ from }) => from)).size,
    },
    atLeast: { tooMany: 1, putOffByUs: 1, secondsAtTheLimit: 1, sendingReplicas: 2 },
    figures: {
      calls: calls.length,
      mostInASecond: mostWithin(moments, 1_000),
      perSecondOverTen: Math.round(inAll / (allSpanMs / 1000)),
      mostToOneInThirtySeconds: percentile(ofPeople, 1),
      mostToAGroupInAMinute: percentile(ofGroups, 1),
    },
  };
}

/** How many whole seconds hold at least so many of the moments. */
function secondsWith(moments: readonly number[], least: number): number {
  const counts = new Map<number, number>();
  for (const at of moments) counts.set(Math.floor(at / 1000), (counts.get(Math.floor(at / 1000)) ?? 0) + 1);
  return [...counts.values()].filter((count) => count >= least).length;
}
