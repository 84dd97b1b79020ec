import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { QUESTIONS } from "../kills/phrases.ts";
import { pick } from "../kills/random.ts";
import type { Patch } from "./build.ts";
import { type Clerk, seatClerk, watchFailed } from "./clerk.ts";
import { type Goal, type Outcome, percentile, type RunOptions } from "./goal.ts";
import { readHistory } from "./history.ts";
import { inspect } from "./inspect.ts";
import { chatOf } from "./member.ts";
import { openWorld, type World } from "./world.ts";

/** One message in a hundred can never be handled. */
export const poison: Goal = {
  id: "R8",
  about: "một tin luôn gây lỗi trong mỗi 100 tin: nằm ở danh sách cho cán bộ sau đúng 5 lỗi, không cản ai",
  usualSize: 1_000,
  run,
};

const MEMBERS = 10;
const ONE_IN = 100;
const PAUSE_MS = 1_600;
const DRAIN_MS = 90_000;
const ERRORS_UNTIL_DEAD = 5;
const LONGEST_DELAY_MS = 60_000;
const LISTED_WITHIN_MS = 5_000;
const POISON = "tin độc";

async function run({ seed, size, say }: RunOptions): Promise<Outcome> {
  const spell = castSpell(`throw new Error("không xử lý được")`);
  const world = await openWorld({ seed, replicas: 2, patches: [spell.patch] });
  try {
    await world.startAll();
    const clerk = await seatClerk(world);
    const watch = watchFailed(clerk);
    await chat(world, size, say);
    await world.comeToRest(DRAIN_MS);
    await sleep(LISTED_WITHIN_MS);
    await watch.stop();
    const waits = await waitsOf(world);
    const buried = await buriedIn(world);
    spell.lift();
    const cured = await sendAgain(world, clerk, buried);
    const isPoison = (text: string) => text.includes(POISON);
    const { violations } = inspect(await readHistory(world), { mayFail: ({ text }) => isPoison(text) });
    const listedMs = buried.map(({ id, at }) => (watch.seenAt.get(id) ?? Number.POSITIVE_INFINITY) - at);
    const delayed = waits.filter(({ behindPoison }) => behindPoison).map(({ ms }) => ms);
    const others = waits.filter(({ behindPoison }) => !behindPoison).map(({ ms }) => ms);
    return {
      n: size,
      violations: {
        ...violations,
        notBuried: poisonsAmong(size) - buried.length,
        wrongCountOfErrors: buried.filter(({ errors }) => errors !== ERRORS_UNTIL_DEAD).length,
        buriedWithoutPoison: buried.filter(({ text }) => !isPoison(text)).length,
        delayedTooLong: waits.filter(({ ms }) => ms > LONGEST_DELAY_MS).length,
        listedTooLate: listedMs.filter((ms) => ms > LISTED_WITHIN_MS).length,
        notCured: buried.length - cured,
      },
      windows: { poison: buried.length, behindPoison: delayed.length },
      atLeast: { poison: poisonsAmong(size), behindPoison: 1 },
      figures: {
        behindPoisonMsMax: percentile(delayed, 1),
        othersMsP99: percentile(others, 0.99),
        listedMsMax: percentile(listedMs, 1),
      },
    };
  } finally {
    await world.close();
    spell.lift();
  }
}

/** Makes the handling of a marked text do this, for as long as the spell is not lifted. */
export function castSpell(harm: string): { patch: Patch; lift(): void } {
  const folder = mkdtempSync(join(tmpdir(), "cau-noi-spell-"));
  const sign = join(folder, "sign");
  writeFileSync(sign, "");
  const isCast = `process.getBuiltinModule("node:fs").existsSync(${JSON.stringify(sign)})`;
  const from = "const text = chosen(normalize(heard.text), heard.state.choices);";
  return {
    patch: {
      file: "src/conversation/respond.ts",
      from,
      to: `${from}\n    if (heard.text.includes(${JSON.stringify(POISON)}) && ${isCast}) ${harm};`,
    },
    lift: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What a member writes whom the spell is to hit. */
export const poisoned = (n: number): string => `${POISON} số ${n}`;

const poisonsAmong = (size: number): number => Math.max(1, Math.round(size / ONE_IN));

/** Members write at their own pace and wait for nobody, so that others stand behind a poisoned message. */
async function chat({ fake, random }: World, size: number, say: RunOptions["say"]): Promise<void> {
  const every = Math.floor(size / poisonsAmong(size));
  let written = 0;
  const members = Array.from({ length: MEMBERS }, async (_, number) => {
    const person = fake.member(Number(chatOf(number)));
    while (written < size) {
      const n = ++written;
      // Early in each hundred, so that the last one has somebody behind it too.
      const isPoison = n % every === Math.ceil(every / 4);
      person.says(isPoison ? poisoned(n) : pick(random, QUESTIONS));
      if (n % 100 === 0) say(`${n}/${size} tin`);
      if (!isPoison) await sleep(random() * PAUSE_MS);
    }
  });
  await Promise.all(members);
}

/** How long each healthy message waited for its reply to be sent, and whether a poisoned one stood before it in its chat. */
async function waitsOf({ pool }: World): Promise<{ ms: number; behindPoison: boolean }[]> {
  const { rows } = await pool.query(
    `select extract(epoch from r.finished_at - m.created_at) * 1000::float8 as ms,
            exists (select from messages p where p.conversation_id = m.conversation_id and p.status = 'dead'
              and p.id < m.id and p.finished_at > m.created_at) as "behindPoison"
     from messages m
     join messages r on r.conversation_id = m.conversation_id and r.key = 'message:' || m.id || ':0'
     where m.direction = 'in' and m.status = 'done' and r.status = 'done'`,
  );
  return rows.map(({ ms, behindPoison }) => ({ ms: Number(ms), behindPoison }));
}

type Buried = { id: number; text: string; errors: number; at: number };

async function buriedIn({ pool }: World): Promise<Buried[]> {
  const { rows } = await pool.query(
    `select id::int as id, text, errors, (extract(epoch from finished_at) * 1000)::float8 as at
     from messages where status = 'dead' order by id`,
  );
  return rows;
}

/** Presses "send again" for each; how many then came to a reply. */
async function sendAgain(world: World, clerk: Clerk, buried: Buried[]): Promise<number> {
  for (const { id } of buried) await clerk.tryAgain(id);
  await world.comeToRest(DRAIN_MS);
  const { rows } = await world.pool.query<{ count: number }>(
    `select count(*)::int as count from messages m
     join messages r on r.conversation_id = m.conversation_id and r.key = 'message:' || m.id || ':0'
     where m.id = any ($1) and m.status = 'done' and r.status = 'done'`,
    [buried.map(({ id }) => id)],
  );
  return rows[0]?.count ?? 0;
}
