import { setTimeout as sleep } from "node:timers/promises";
import { type Mishap, tooMany } from "../../test/support/fake-telegram.ts";
import { QUESTIONS } from "../kills/phrases.ts";
import { createRandom, pick, type Random } from "../kills/random.ts";
import { patchesOf } from "./bugs.ts";
import { type Call, callsOf } from "./calls.ts";
import type { Goal, Outcome, RunOptions } from "./goal.ts";
import { readHistory } from "./history.ts";
import { inspect } from "./inspect.ts";
import { chatOf } from "./member.ts";
import { openWorld, type World } from "./world.ts";

const MEMBERS = 20;
const REPLICAS = 3;
const SHARE_OF_429 = 0.05;
/** People type faster than they are answered. */
const LONGEST_PAUSE_MS = 60;
const REST_MS = 300_000;

/** R7: replies come in the order of the questions, however many replicas answer and whatever Telegram puts off. */
export const order: Goal = {
  id: "R7",
  about:
    "thứ tự trong mỗi cuộc trò chuyện: 20 thành viên nhắn liền tay, 3 bản chạy, 5 % bị Telegram bắt chờ (429)",
  usualSize: MEMBERS * 100,
  run: orderRun,
};

async function orderRun({ seed, size, say, bug }: RunOptions): Promise<Outcome> {
  const world = await openWorld({ seed, replicas: REPLICAS, patches: bug ? patchesOf(bug) : [] });
  try {
    world.fake.mishaps(slowDowns(createRandom(seed + 2)));
    await world.startAll();
    const each = Math.ceil(size / MEMBERS);
    await Promise.all(Array.from({ length: MEMBERS }, (_, number) => write(world, number, seed, each)));
    say(`${each * MEMBERS} tin đã gửi`);
    await world.comeToRest(REST_MS);
    return await judge(world);
  } finally {
    await world.close();
  }
}

function slowDowns(random: Random): Mishap {
  return (method) => (method === "sendmessage" && random() < SHARE_OF_429 ? tooMany(1) : null);
}

/** One message after the other, without waiting for an answer. */
async function write({ fake }: World, number: number, seed: number, count: number): Promise<void> {
  const random = createRandom(seed * 1_000 + number);
  const person = fake.member(Number(chatOf(number)));
  for (let n = 0; n < count; n++) {
    person.says(pick(random, QUESTIONS));
    await sleep(random() * LONGEST_PAUSE_MS);
  }
}

async function judge(world: World): Promise<Outcome> {
  const history = await readHistory(world);
  const { violations } = inspect(history);
  const calls = callsOf(world.fake);
  return {
    n: history.rows.filter(({ direction }) => direction === "in").length,
    violations,
    windows: {
      putOff: calls.filter(({ retryAfter }) => retryAfter !== null).length,
      handedOver: handedOver(calls),
      repeatedPosts: world.pusher.repeats(),
    },
    atLeast: { putOff: 1, handedOver: MEMBERS },
    figures: { delivered: history.sent.length },
  };
}

/** How often the next reply of a chat was sent by another replica than the one before. */
function handedOver(calls: readonly Call[]): number {
  const last = new Map<string, string>();
  return calls.filter(({ chat, from }) => {
    const before = last.get(chat);
    last.set(chat, from);
    return before !== undefined && before !== from;
  }).length;
}
