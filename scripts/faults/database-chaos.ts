import { setTimeout as sleep } from "node:timers/promises";
import { openTcpGate, type TcpGate } from "../../test/support/tcp-proxy.ts";
import { QUESTIONS } from "../kills/phrases.ts";
import { createRandom, pick } from "../kills/random.ts";
import type { Patch } from "./build.ts";
import { createCrashable } from "./crashable.ts";
import { type Goal, type Outcome, percentile, type RunOptions } from "./goal.ts";
import { type Disturbance, readHistory } from "./history.ts";
import { inspect } from "./inspect.ts";
import { chatOf, createTelegramMember } from "./member.ts";
import type { Replica } from "./replica.ts";
import { startTimedDoor, type TimedAnswer } from "./timed-door.ts";
import { openWorld, type World } from "./world.ts";

type Blow = "terminate" | "crash" | "blackhole";

/** How a run goes; a test takes it quicker. */
export type Course = {
  members: number;
  /** Milliseconds between the end of a blow and the next one. */
  calmMs: readonly [least: number, most: number];
  blackholeMs: readonly [least: number, most: number];
  /** No more blows than this, however long the messages take. */
  blows: number;
  restWithinMs: number;
  patches: readonly Patch[];
};

const FULL: Course = {
  members: 20,
  calmMs: [5_000, 10_000],
  blackholeMs: [2_000, 6_000],
  blows: Number.POSITIVE_INFINITY,
  restWithinMs: 90_000,
  patches: [],
};
const DOWN_MS = [0, 2_000] as const;
const BLOWS: readonly [Blow, ...Blow[]] = ["terminate", "crash", "blackhole"];
const REPLICAS = 2;
/** Members who write whether they are answered or not, so that no silence hides a recovery. */
const STEADY = 4;
const STEADY_MS = 400;
/** Five seconds for a connection, five for a statement, and what a busy machine adds. */
const LONGEST_ANSWER_MS = 11_000;
const RECOVERY_MS = 10_000;
/** Characters of the log of a replica that ended. */
const LAST_WORDS = 1_500;

/** R6: the database is taken away in three ways while members chat. */
export const databaseChaos: Goal = {
  id: "R6",
  about: "cơ sở dữ liệu bị cắt kết nối, bị dừng đột ngột, bị mạng nuốt mất, mỗi 5–10 giây một lần",
  usualSize: 5_000,
  run: (options) => databaseChaosRun(options, FULL),
};

/** Chats until so many messages were accepted and every kind of blow has fallen. */
export async function databaseChaosRun(options: RunOptions, course: Course): Promise<Outcome> {
  const { seed } = options;
  const gate = await openTcpGate();
  const opened: { world?: World } = {};
  const door = await startTimedDoor(() => opened.world?.replicas ?? []);
  const world = await openWorld({
    seed,
    replicas: REPLICAS,
    patches: course.patches,
    reach: ({ url }) => gate.through(url),
    settings: { PUBLIC_URL: door.address },
  });
  opened.world = world;
  const database = createCrashable(world.postgres);
  try {
    await world.startAll();
    for (const replica of world.replicas) tellOfEnd(replica, options.say);
    const rest = new AbortController();
    const chatting = chat(world, course, seed, rest.signal);
    const blows = await strike(world, { gate, database, course, options });
    rest.abort();
    await Promise.all([
      world.comeToRest(course.restWithinMs),
      Promise.race([chatting, sleep(course.restWithinMs)]),
    ]);
    await world.comeToRest(course.restWithinMs);
    return await judge(world, blows, door.answers);
  } finally {
    await world.close();
    await database.stop();
    await door.close();
    await gate.close();
  }
}

function chat(world: World, { members }: Course, seed: number, rest: AbortSignal): Promise<unknown> {
  const { fake } = world;
  const patient = Array.from({ length: members }, (_, number) =>
    createTelegramMember({ number, random: createRandom(seed * 1_000 + number), fake }).run(rest),
  );
  const steady = Array.from({ length: STEADY }, (_, number) => writeSteadily(world, members + number, rest));
  return Promise.all([...patient, ...steady]);
}

async function writeSteadily({ fake, random }: World, number: number, rest: AbortSignal): Promise<void> {
  const person = fake.member(Number(chatOf(number)));
  while (!rest.aborted) {
    person.says(pick(random, QUESTIONS));
    await sleep(STEADY_MS);
  }
}

/** A replica that gives up with its database would have to be started again by somebody. */
function ended({ replicas }: World): number {
  return replicas.filter((replica) => replica.process() === null).length;
}

function tellOfEnd(replica: Replica, say: (progress: string) => void): void {
  const service = replica.process();
  void service?.ended.then(({ code, signal }) => {
    if (signal !== "SIGKILL")
      say(`bản ${replica.number} đã dừng (${signal ?? code}): ${service.complaints().slice(-LAST_WORDS)}`);
  });
}

type Struck = Disturbance & { blow: Blow };

type Striking = {
  gate: TcpGate;
  database: ReturnType<typeof createCrashable>;
  course: Course;
  options: RunOptions;
};

async function strike(world: World, striking: Striking): Promise<Struck[]> {
  const { random, pusher } = world;
  const { course, options } = striking;
  const struck: Struck[] = [];
  const accepted = () => pusher.pushes.filter(({ acceptedAt }) => acceptedAt !== null).length;
  while (struck.length < BLOWS.length || accepted() < options.size) {
    if (ended(world) > 0) break;
    await sleep(between(course.calmMs, random()));
    if (struck.length >= course.blows) continue;
    // The first three are one of each kind, then chance decides.
    const blow = BLOWS[struck.length] ?? pick(random, BLOWS);
    const from = Date.now();
    await HOW[blow](world, striking);
    struck.push({ kind: "databaseDown", blow, from, to: Date.now() });
    options.say(`${struck.length} lần phá, ${accepted()}/${options.size} tin`);
  }
  await sleep(RECOVERY_MS / 2);
  return struck;
}

const HOW: Record<Blow, (world: World, striking: Striking) => Promise<void>> = {
  async terminate({ pool }) {
    await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cau-noi' and pid <> pg_backend_pid()",
    );
  },
  async crash({ random }, { database }) {
    await database.crash();
    await sleep(between(DOWN_MS, random()));
    await database.restart();
  },
  async blackhole({ random }, { gate, course }) {
    gate.freeze();
    await sleep(between(course.blackholeMs, random()));
    gate.thaw();
  },
};

function between([least, most]: readonly [number, number], share: number): number {
  return least + share * (most - least);
}

async function judge(
  world: World,
  struck: readonly Struck[],
  answers: readonly TimedAnswer[],
): Promise<Outcome> {
  const history = await readHistory(world, [...struck]);
  const { violations, repeats } = inspect(history);
  const accepted = history.pushes.filter(({ acceptedAt }) => acceptedAt !== null);
  const recoveries = struck.flatMap(({ to }, n) => {
    // Where the next blow fell first, the recovery is judged after that one.
    const nextAfterMs = (struck[n + 1]?.from ?? Number.POSITIVE_INFINITY) - to;
    return world.replicas
      .map(({ number }) => recoveryMs(answers, number, to))
      .filter((ms) => ms <= nextAfterMs || nextAfterMs > RECOVERY_MS);
  });
  const { explained } = repeats;
  return {
    n: accepted.length,
    violations: {
      ...violations,
      ended: ended(world),
      hanging: answers.filter(({ ms, status }) => status === 0 || ms > LONGEST_ANSWER_MS).length,
      slowRecovery: recoveries.filter((ms) => ms > RECOVERY_MS).length,
    },
    windows: {
      ...Object.fromEntries(BLOWS.map((blow) => [blow, struck.filter((each) => each.blow === blow).length])),
      refused: answers.filter(({ status }) => status === 503).length,
      postedAgain: history.pushes.filter(({ statuses }) => statuses.length > 1).length,
    },
    atLeast: { terminate: 1, crash: 1, blackhole: 1, refused: 1, postedAgain: 1 },
    figures: {
      repeats: Object.values(explained).reduce((sum, count) => sum + count, 0),
      answerMsP99: percentile(
        answers.map(({ ms }) => ms),
        0.99,
      ),
      answerMsMax: percentile(
        answers.map(({ ms }) => ms),
        1,
      ),
      recoveryMsP50: percentile(recoveries, 0.5),
      recoveryMsMax: percentile(recoveries, 1),
      petitions: history.petitions.length,
    },
  };
}

/** From the end of a blow to the next message that this replica stored. */
function recoveryMs(answers: readonly TimedAnswer[], replica: number, healed: number): number {
  const ends = answers
    .filter(
      (answer) => answer.replica === replica && answer.status === 200 && answer.at + answer.ms >= healed,
    )
    .map(({ at, ms }) => at + ms);
  return ends.length === 0 ? Number.MAX_SAFE_INTEGER : Math.min(...ends) - healed;
}
