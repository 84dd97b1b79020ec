import { setTimeout as sleep } from "node:timers/promises";
import { QUESTIONS } from "../kills/phrases.ts";
import { pick } from "../kills/random.ts";
import { listedIn, seatClerk } from "./clerk.ts";
import type { Goal, Outcome, RunOptions } from "./goal.ts";
import { readHistory } from "./history.ts";
import { inspect } from "./inspect.ts";
import { chatOf } from "./member.ts";
import { castSpell, poisoned } from "./poison.ts";
import type { Replica } from "./replica.ts";
import { openWorld, type World } from "./world.ts";

/** A message at whose handling the process dies, every time. */
export const killer: Goal = {
  id: "R8K",
  about:
    "một tin làm tiến trình chết mỗi lần xử lý: sau đúng 50 lần thì nằm ở danh sách cho cán bộ, các tin khác vẫn được trả lời",
  usualSize: 50,
  run,
};

const CRASHES_UNTIL_DEAD = 50;
const OTHERS = 4;
const OTHERS_WRITE_EVERY_MS = 1_500;
const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 120_000;
const DRAIN_MS = 90_000;
const LISTED_WITHIN_MS = 5_000;

type Culprit = { id: number; status: string; crashes: number; leases: number };

async function run({ seed, size, say }: RunOptions): Promise<Outcome> {
  const spell = castSpell('process.kill(process.pid, "SIGKILL")');
  const world = await openWorld({ seed, replicas: 1, patches: [spell.patch] });
  try {
    await world.startAll();
    const clerk = await seatClerk(world);
    const replica = world.replicas[0] as Replica;
    world.fake.member(Number(chatOf(OTHERS))).says(poisoned(1));
    await skipTo(CRASHES_UNTIL_DEAD - size, world);
    const rest = new AbortController();
    const chatting = chat(world, rest.signal);
    const deaths = await untilBuried(world, replica, say);
    const isListed = await listedInTime(world, clerk.failedPage);
    rest.abort();
    await chatting;
    await world.comeToRest(DRAIN_MS);
    const buried = await culpritIn(world);
    spell.lift();
    if (buried) await clerk.tryAgain(buried.id);
    await world.comeToRest(DRAIN_MS);
    const { violations } = inspect(await readHistory(world));
    return {
      n: deaths,
      violations: {
        ...violations,
        notBuried: buried?.status === "dead" ? 0 : 1,
        wrongCountOfCrashes: Math.abs((buried?.crashes ?? 0) - CRASHES_UNTIL_DEAD),
        notListedInTime: isListed ? 0 : 1,
        notCured: (await culpritIn(world))?.status === "done" ? 0 : 1,
        downAfterwards: replica.address() ? 0 : 1,
      },
      windows: { deaths, others: world.fake.sent.length },
      atLeast: { deaths: size, others: OTHERS },
      figures: { leases: buried?.leases ?? null },
    };
  } finally {
    await world.close();
    spell.lift();
  }
}

/** As if it had been so often already, for a run that has not the time for all of it. */
async function skipTo(crashes: number, world: World): Promise<void> {
  if (crashes <= 0) return;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && !(await culpritIn(world)); )
    await sleep(LOOK_EVERY_MS);
  await world.pool.query("update messages set crashes = $1 where text = $2", [crashes, poisoned(1)]);
}

/** The others write now and then, each in a chat of his own. */
async function chat({ fake, random }: World, rest: AbortSignal): Promise<void> {
  const others = Array.from({ length: OTHERS }, (_, number) => fake.member(Number(chatOf(number))));
  for (let n = 0; !rest.aborted || n < OTHERS; n++) {
    others[n % OTHERS]?.says(pick(random, QUESTIONS));
    await sleep(OTHERS_WRITE_EVERY_MS, undefined, { signal: rest }).catch(() => undefined);
  }
}

/** Starts the service again after each death, as a supervisor does; how many deaths that were. */
async function untilBuried(world: World, replica: Replica, say: RunOptions["say"]): Promise<number> {
  let deaths = 0;
  let lastNews = Date.now();
  while (Date.now() - lastNews < PATIENCE_MS) {
    if ((await culpritIn(world))?.status === "dead") return deaths;
    if (replica.process() === null) {
      deaths += 1;
      lastNews = Date.now();
      if (deaths % 5 === 0) say(`chết ${deaths} lần`);
      await endLeases(world);
      await replica.start();
    }
    await sleep(LOOK_EVERY_MS);
  }
  return deaths;
}

/** Nobody waits out the twenty seconds of a dead process here. */
async function endLeases({ pool }: World): Promise<void> {
  await pool.query(
    "update messages set lease_until = now() where status = 'open' and lease_owner is not null",
  );
}

async function culpritIn({ pool }: World): Promise<Culprit | null> {
  const { rows } = await pool.query<Culprit>(
    "select id::int as id, status, crashes, leases from messages where direction = 'in' and text = $1",
    [poisoned(1)],
  );
  return rows[0] ?? null;
}

async function listedInTime(world: World, failedPage: () => Promise<string>): Promise<boolean> {
  const id = (await culpritIn(world))?.id ?? 0;
  for (const end = Date.now() + LISTED_WITHIN_MS; Date.now() < end; await sleep(LOOK_EVERY_MS))
    if (listedIn(await failedPage()).includes(id)) return true;
  return false;
}
