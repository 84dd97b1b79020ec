import { setTimeout as sleep } from "node:timers/promises";
import type { Mishap } from "../../test/support/fake-telegram.ts";
import { serverError, tooMany } from "../../test/support/fake-telegram.ts";
import { createRandom, type Random } from "../kills/random.ts";
import { patchesOf } from "./bugs.ts";
import { type Goal, type Outcome, percentile, type RunOptions } from "./goal.ts";
import { readHistory } from "./history.ts";
import { inspect } from "./inspect.ts";
import { createTelegramMember } from "./member.ts";
import { createRecovery } from "./recovery.ts";
import type { Replica } from "./replica.ts";
import { lookAtVictim, noWindows, type Windows } from "./victim.ts";
import { openWorld, type World } from "./world.ts";

const MEMBERS = 20;
const REPLICAS = 2;
const DRAIN_MS = 60_000;
const SHARE_IN_START = 0.2;
const USUAL_START_MS = 2_000;
const LONGEST_CALM_MS = 1_500;
const STRIKE_WITHIN_MS = 60;
/** How long a member whose message was hit may wait for the next reply. */
const RECOVERY_P99_MS = 30_000;
const RECOVERY_MAX_MS = 60_000;
/** Below so many kills a window may be missed by chance. */
const KILLS_FOR_EVERY_WINDOW = 40;
const KILLS_FOR_MANY = 1_000;

/** R1, R2 and R3 in one run: SIGKILL at seeded moments while members chat, with a Telegram that errs too. */
export const kills: Goal = {
  id: "R1",
  about:
    "giết (SIGKILL) lúc đang trò chuyện, 2 bản chạy, 20 thành viên; gồm cả R2 (lần gửi lặp) và R3 (hồi phục)",
  usualSize: 1_000,
  run: killRun,
};

async function killRun({ seed, size, say, bug }: RunOptions): Promise<Outcome> {
  const world = await openWorld({ seed, replicas: REPLICAS, patches: bug ? patchesOf(bug) : [] });
  try {
    world.fake.mishaps(mishaps(createRandom(seed + 2)));
    await world.startAll();
    const rest = new AbortController();
    const chatting = chat(world, seed, rest.signal);
    const recovery = createRecovery(world.fake);
    const windows = noWindows();
    await strike(world, size, windows, recovery.killed, say);
    rest.abort();
    await Promise.all([world.comeToRest(DRAIN_MS), Promise.race([chatting, sleep(DRAIN_MS)])]);
    // What members said last is still on its way when they stop.
    await world.comeToRest(DRAIN_MS);
    return outcome(await readHistory(world), windows, recovery.waitsMs(), size);
  } finally {
    await world.close();
  }
}

function chat(world: World, seed: number, rest: AbortSignal): Promise<unknown> {
  const { fake } = world;
  return Promise.all(
    Array.from({ length: MEMBERS }, (_, number) =>
      createTelegramMember({ number, random: createRandom(seed * 1_000 + number), fake }).run(rest),
    ),
  );
}

/** Telegram's own bad days: too many, errors, connections cut before and after the message was delivered. */
function mishaps(random: Random): Mishap {
  return (method) => {
    if (method !== "sendmessage") return null;
    const drawn = random();
    if (drawn < 0.02) return tooMany(1);
    if (drawn < 0.03) return serverError;
    if (drawn < 0.035) return { kind: "cut-off answer" };
    if (drawn < 0.04) return { kind: "reset after delivery" };
    return null;
  };
}

/** Kills one replica after the other, each at a moment of its own, and starts it again at once. */
async function strike(
  world: World,
  size: number,
  windows: Windows,
  onKill: (at: number, chats: string[]) => void,
  say: (progress: string) => void,
): Promise<void> {
  const { random, replicas } = world;
  const starting = new Map<Replica, Promise<unknown>>();
  for (let n = 1; n <= size; n++) {
    const victim = replicas[n % replicas.length] as Replica;
    const isInStart = random() < SHARE_IN_START;
    if (isInStart) await sleep(random() * USUAL_START_MS * 0.8);
    else {
      await starting.get(victim);
      await moment(world);
    }
    const chats = await lookAtVictim(world, victim, windows, () => victim.end("SIGKILL"));
    onKill(victim.lives.at(-1)?.endedAt ?? Date.now(), chats);
    starting.set(victim, victim.start());
    if (n % 10 === 0) say(`${n}/${size} lần giết, ${world.pusher.pushes.length} tin`);
  }
  await Promise.all(starting.values());
  for (const replica of replicas) if (!replica.address()) await replica.start();
}

/** The moment of the next blow: now and then at random, mostly just after somebody wrote. */
async function moment({ random, pusher }: World): Promise<void> {
  if (random() < 0.3) return void (await sleep(random() * LONGEST_CALM_MS));
  const before = pusher.pushes.length;
  for (const end = Date.now() + LONGEST_CALM_MS; Date.now() < end && pusher.pushes.length === before; )
    await sleep(2);
  await sleep(random() * STRIKE_WITHIN_MS);
}

function outcome(
  history: Awaited<ReturnType<typeof readHistory>>,
  windows: Windows,
  waitsMs: number[],
  size: number,
): Outcome {
  const { violations, repeats } = inspect(history);
  const floor = size >= KILLS_FOR_MANY ? 30 : size >= KILLS_FOR_EVERY_WINDOW ? 1 : 0;
  const p99 = percentile(waitsMs, 0.99);
  const max = percentile(waitsMs, 1);
  return {
    n: size,
    violations: {
      ...violations,
      slowRecovery: (p99 ?? 0) > RECOVERY_P99_MS || (max ?? 0) > RECOVERY_MAX_MS ? 1 : 0,
    },
    windows: { ...windows },
    atLeast: Object.fromEntries(Object.keys(windows).map((name) => [name, floor])),
    figures: {
      accepted: history.pushes.filter(({ acceptedAt }) => acceptedAt !== null).length,
      petitions: history.petitions.length,
      delivered: history.sent.length,
      repeatsAfterLostAnswer: repeats.explained.answerLost,
      repeatsAfterKill: repeats.explained.killed,
      recoveryMsP50: percentile(waitsMs, 0.5),
      recoveryMsP99: p99,
      recoveryMsMax: max,
    },
  };
}
