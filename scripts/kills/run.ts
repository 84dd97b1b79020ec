import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "../../src/db/database.ts";
import { newFolder, type ServiceProcess, spawnService } from "../../test/support/service-process.ts";
import { examine, type Faults, type Posted, type Stored } from "./checks.ts";
import { createMember, type Member } from "./member.ts";
import { createRandom } from "./random.ts";

/** What the kills hit, as the members and the process knew it; one may hit a post and a wait at once. */
export type Windows = { startUp: number; posting: number; waiting: number; idle: number };

export type Report = {
  posts: Posted[];
  stored: Stored;
  faults: Faults;
  windows: Windows;
  restartMs: number[];
  recoveryMs: number[];
};

type Options = {
  kills: number;
  members: number;
  seed: number;
  say: (progress: string) => void;
  /** What is run instead of src/main.ts, and settings beside those of every run. */
  program?: readonly string[];
  settings?: Record<string, string>;
};

const USUAL_START_MS = 4_000;
const STRIKE_WITHIN_MS = 80;
const LONGEST_CALM_MS = 2_500;
const DRAIN_MS = 60_000;

/** Kills the service again and again while members chat, lets it come to rest, and examines what is left. */
export async function run(options: Options): Promise<Report> {
  const { kills, members: size, seed, say, program, settings = {} } = options;
  const random = createRandom(seed);
  const folder = newFolder();
  const posts: Posted[] = [];
  const report = {
    windows: { startUp: 0, posting: 0, waiting: 0, idle: 0 },
    restartMs: [],
    recoveryMs: [],
  } as Pick<Report, "windows" | "restartMs" | "recoveryMs">;
  let address: string | null = null;
  let service: ServiceProcess | null = null;
  let lastKill = 0;
  let onPost: () => void = () => {};

  const members = Array.from({ length: size }, (_, number) =>
    createMember({
      number,
      random: createRandom(seed * 1_000 + number),
      addressOf: () => {
        if (!address) throw new Error("the service is down");
        return address;
      },
      posts,
      onPost: () => onPost(),
      onReply: (waitedFrom) => {
        if (waitedFrom < lastKill) report.recoveryMs.push(performance.now() - lastKill);
      },
    }),
  );

  async function start(): Promise<boolean> {
    const began = performance.now();
    const current = spawnService(settings, folder, program);
    service = current;
    const started = await current.started().catch(() => null);
    if (started === null) {
      const { code, signal } = await current.ended;
      if (signal !== "SIGKILL")
        throw new Error(`the service did not start: ${signal ?? code} ${current.complaints()}`);
      return false;
    }
    report.restartMs.push(performance.now() - began);
    address = started.address;
    return true;
  }

  async function kill(isUp: boolean): Promise<void> {
    for (const window of windowsHit(isUp, members)) report.windows[window] += 1;
    lastKill = performance.now();
    service?.kill("SIGKILL");
    address = null;
    await service?.ended;
  }

  const nextPost = () =>
    new Promise<void>((resolve) => {
      onPost = resolve;
    });

  /** Waits for the moment of the next blow in a service that is up. */
  async function moment(): Promise<void> {
    if (random() < 0.4) return void (await sleep(random() * LONGEST_CALM_MS));
    await Promise.race([nextPost(), sleep(LONGEST_CALM_MS)]);
    await sleep(random() * STRIKE_WITHIN_MS);
  }

  const rest = new AbortController();
  const chatting = Promise.all(members.map((member) => member.run(rest.signal)));
  try {
    for (let n = 1; n <= kills; n++) {
      if (random() < 0.25) {
        const starting = start();
        await Promise.race([starting, sleep(random() * usual(report.restartMs))]);
        await kill(address !== null);
        await starting;
      } else {
        await start();
        await moment();
        await kill(true);
      }
      if (n % 10 === 0) say(`${n}/${kills} lần giết, ${posts.length} tin`);
    }
    await start();
    rest.abort();
    await Promise.race([chatting, sleep(DRAIN_MS, undefined, { ref: false })]);
    await comeToRest(() => address ?? "");
    const stored = await read(service, folder);
    return { posts, stored, faults: examine(posts, stored), ...report };
  } finally {
    (service as ServiceProcess | null)?.kill("SIGKILL");
    await (service as ServiceProcess | null)?.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

function windowsHit(isUp: boolean, members: Member[]): (keyof Windows)[] {
  if (!isUp) return ["startUp"];
  const hit: (keyof Windows)[] = [];
  if (members.some((member) => member.isPosting())) hit.push("posting");
  if (members.some((member) => member.isWaiting())) hit.push("waiting");
  return hit.length > 0 ? hit : ["idle"];
}

function usual(startsMs: number[]): number {
  return startsMs.length > 0 ? startsMs.reduce((sum, ms) => sum + ms, 0) / startsMs.length : USUAL_START_MS;
}

/** Until nothing is open any more, or patience ends; what is open then counts as stuck. */
async function comeToRest(addressOf: () => string): Promise<void> {
  for (const end = Date.now() + DRAIN_MS; Date.now() < end; await sleep(250)) {
    const metrics = await fetch(`${addressOf()}/metrics`).then((response) => response.text());
    if (!/^cau_noi_messages\{.*status="open"\} [1-9]/m.test(metrics)) return;
  }
}

/** Stops the service and reads its database, as nothing else may while it runs. */
async function read(service: ServiceProcess | null, folder: string): Promise<Stored> {
  service?.kill("SIGTERM");
  await service?.ended;
  const database = await openDatabase({ dataDir: join(folder, "data"), log: () => {} });
  try {
    const messages = await database.pool.query(
      `select id, conversation_id as chat, direction, key, text, status, outcome, leases from messages order by id`,
    );
    const petitions = await database.pool.query(
      `select code, conversation_id as chat, origin_key as origin, content from petitions order by id`,
    );
    return { messages: messages.rows, petitions: petitions.rows };
  } finally {
    await database.close();
  }
}
