import { fileURLToPath } from "node:url";
import { openDatabase } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { createRandom, type Random } from "../kills/random.ts";
import { patchesOf } from "./bugs.ts";
import type { Patch } from "./build.ts";
import { buildCrashable } from "./crash/build.ts";
import { examine, type Faults, readEnding } from "./crash/ending.ts";
import { type CrashPoint, kindOf, lineOf, pointsIn } from "./crash/point.ts";
import { SCENARIOS, type Scenario } from "./crash/scenarios.ts";
import { hire, type Staff } from "./crash/staff.ts";
import { type Subject, startSubject } from "./crash/subject.ts";
import { openTrial } from "./crash/trial.ts";
import type { Goal, Outcome, RunOptions } from "./goal.ts";
import { startPostgres } from "./postgres.ts";

const MIGRATIONS = fileURLToPath(new URL("../../src/db/migrations/", import.meta.url));
/** A point that was missed, since what runs side by side came in another order, is tried again. */
const TRIES = 5;
/** Where two workers meet, a step may come so seldom that its number is not met again. */
const REACHED_SHARE = 0.97;
const ALL = Number.POSITIVE_INFINITY;
const NO_FAULTS: Faults = {
  lost: 0,
  repeated: 0,
  unanswered: 0,
  stuck: 0,
  undelivered: 0,
  unexplainedDuplicates: 0,
  petitions: 0,
  dead: 0,
  wrongEnd: 0,
};

/**
 * Crashes right before and right after every write, in eight scenarios. All points are tried on the runner, which is the
 * service without its knowledge and pages and so starts quickly; `size` of them, drawn by the seed, on the whole service.
 */
export const crashPoints: Goal = {
  id: "R4",
  about: "giết ngay trước và ngay sau từng lần ghi, trong tám kịch bản",
  usualSize: 40,
  async run({ seed, size, say, bug }) {
    const given = { seed, say, mistakes: bug ? patchesOf(bug) : [] };
    const postgres = await startPostgres();
    try {
      const runner = await crashAll("runner", { ...given, databaseUrl: postgres.url, most: ALL });
      const most = Math.ceil(size / SCENARIOS.length);
      const databaseUrl = await anotherDatabase(postgres.url);
      const service = await crashAll("service", { ...given, databaseUrl, most });
      return merged(runner, service);
    } finally {
      await postgres.stop();
    }
  },
};

type Given = Pick<RunOptions, "seed" | "say"> & {
  databaseUrl: string;
  /** How many points of each scenario are tried, drawn by the seed. */
  most: number;
  scenarios?: readonly Scenario[];
  /** Points that are known already, instead of those that a first run tells. */
  points?: readonly CrashPoint[];
  mistakes?: readonly Patch[];
};

/** Every scenario on one kind of program, with a database that may be empty. */
export async function crashAll(
  kind: "runner" | "service",
  { databaseUrl, seed, say, most, scenarios = SCENARIOS, points, mistakes = [] }: Given,
): Promise<Outcome> {
  await migrateAt(databaseUrl);
  const crashable = await buildCrashable(kind, mistakes);
  const subject = await startSubject({ crashable, databaseUrl, seed });
  const random = createRandom(seed);
  const outcome = emptyOutcome(kind);
  try {
    const staff = await hire(subject, kind);
    for (const scenario of scenarios) {
      const all = points ?? (await learn(subject, staff, scenario));
      const chosen = sample(random, all, most);
      for (const point of chosen) outcome.windows[kindOf(point)] ??= 0;
      const reached = await crashEach(subject, staff, scenario, chosen, outcome);
      add(outcome.windows, { [kind]: reached });
      add(outcome.atLeast, { [kind]: Math.ceil(chosen.length * REACHED_SHARE) });
      const wrong = Object.keys(outcome.figures).length;
      say(
        `${kind}: ${scenario.name}, ${reached}/${chosen.length} trong ${all.length} điểm, ${wrong} điểm có lỗi`,
      );
    }
    return outcome;
  } finally {
    await subject.stop();
    crashable.remove();
  }
}

/** The first run crashes nowhere and tells all the points there are. */
async function learn(subject: Subject, staff: Staff, scenario: Scenario): Promise<CrashPoint[]> {
  const { life, faults } = await runThrough(subject, staff, scenario, null);
  const wrong = Object.entries(faults).filter(([, count]) => count > 0);
  if (wrong.length > 0) throw new Error(`${scenario.name} fails without a crash: ${JSON.stringify(wrong)}`);
  return pointsIn(subject.trace(life));
}

/** Tries the points one after the other; a start brings the scenario before to its end and is crashed in the next. */
async function crashEach(
  subject: Subject,
  staff: Staff,
  scenario: Scenario,
  chosen: readonly CrashPoint[],
  outcome: Outcome,
): Promise<number> {
  const waiting = chosen.map((point) => ({ point, tries: TRIES }));
  let reached = 0;
  subject.aim(waiting[0]?.point ?? null);
  await subject.renew();
  for (let now = waiting.shift(); now; now = waiting.shift()) {
    await subject.ready();
    subject.aim(waiting[0]?.point ?? null);
    const { hasDied, faults, explainedDuplicates } = await runThrough(subject, staff, scenario, now.point);
    add(outcome.violations, faults);
    add(outcome.windows, { explainedDuplicates });
    if (hasDied) {
      reached += 1;
      outcome.n += 1;
      add(outcome.windows, { [kindOf(now.point)]: 1 });
      report(scenario, now.point, faults, outcome);
      continue;
    }
    if (now.tries > 1) waiting.push({ ...now, tries: now.tries - 1 });
    subject.aim(waiting[0]?.point ?? null);
    await subject.renew();
  }
  return reached;
}

/** One trial from its beginning to the rest after it, in a process that dies at this point and is started again. */
async function runThrough(subject: Subject, staff: Staff, scenario: Scenario, point: CrashPoint | null) {
  await subject.ready();
  const trial = await openTrial(subject, staff);
  const me = trial.person();
  const given = (await scenario.prepare?.(trial, me)) ?? "";
  const life = await subject.arm();
  await scenario.run(trial, me, given);
  await trial.atRest();
  const hasDied = point !== null && (await subject.diedAt(life, point));
  if (hasDied) await subject.ready();
  await trial.atRest();
  const ending = await readEnding(trial);
  const wrong = (scenario.faults?.(ending) ?? []).filter((fault) => fault !== false);
  const { explainedDuplicates, ...faults } = examine(ending, { ...scenario, wrong }, subject.trace(life));
  return { life, hasDied, faults, explainedDuplicates };
}

/** Names the point of a fault, which a figure alone would hide. */
function report(scenario: Scenario, point: CrashPoint, faults: Faults, { figures }: Outcome): void {
  const found = Object.entries(faults).filter(([, count]) => count > 0);
  if (found.length === 0) return;
  figures[`${scenario.name}: ${lineOf(point)}: ${found.map(([name]) => name).join(", ")}`] = found.length;
}

function sample(random: Random, points: readonly CrashPoint[], most: number): CrashPoint[] {
  const drawn = points.map((point) => ({ point, lot: random() })).sort((a, b) => a.lot - b.lot);
  return drawn.slice(0, most).map(({ point }) => point);
}

function emptyOutcome(kind: string): Outcome & { atLeast: Record<string, number> } {
  return { n: 0, violations: { ...NO_FAULTS }, windows: {}, atLeast: { [kind]: 0 }, figures: {} };
}

/** Both programs together; every kind of write has to be hit. */
function merged(runner: Outcome, service: Outcome): Outcome {
  const violations = { ...runner.violations };
  const windows = { ...runner.windows };
  add(violations, service.violations);
  add(windows, service.windows);
  const kinds = Object.fromEntries(
    ["insert", "update", "claim", "commit", "send", "mark", "fetch"].map((kind) => [kind, 1]),
  );
  return {
    n: runner.n + service.n,
    violations,
    windows,
    atLeast: { ...kinds, explainedDuplicates: 1, ...runner.atLeast, ...service.atLeast },
    figures: { ...runner.figures, ...service.figures },
  };
}

function add(sums: Record<string, number>, more: Record<string, number>): void {
  for (const [name, count] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + count;
}

/** Brings an empty database up to date, as the whole service does by itself. */
export async function migrateAt(url: string): Promise<void> {
  const database = await openDatabase({ url, dataDir: "", log: () => {} });
  await migrate(database.pool, MIGRATIONS).finally(() => database.close());
}

async function anotherDatabase(url: string): Promise<string> {
  const database = await openDatabase({ url, dataDir: "", log: () => {} });
  await database.pool.query("create database whole_service").finally(() => database.close());
  const other = new URL(url);
  other.pathname = "/whole_service";
  return other.href;
}
