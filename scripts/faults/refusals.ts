import { setTimeout as sleep } from "node:timers/promises";
import { QUESTIONS } from "../kills/phrases.ts";
import { pick } from "../kills/random.ts";
import { type Clerk, seatClerk, watchFailed } from "./clerk.ts";
import { type Goal, type Outcome, percentile, type RunOptions } from "./goal.ts";
import { readHistory } from "./history.ts";
import { inspect } from "./inspect.ts";
import { chatOf } from "./member.ts";
import { type Oa, oaUser, startOa } from "./oa.ts";
import { openWorld, type World } from "./world.ts";

/** Members who cannot be written to any more, among others who can. */
export const refusals: Goal = {
  id: "R9",
  about: "bà con chặn bot, khóa tài khoản, hết cửa sổ Zalo: dừng ngay lần đầu, cán bộ thấy, không cản ai",
  usualSize: 200,
  run,
};

type Kind = { name: string; channel: "telegram" | "zalo-oa"; code: number; words: string; ends: string };

const KINDS: readonly Kind[] = [
  {
    name: "blocked",
    channel: "telegram",
    code: 403,
    words: "Forbidden: bot was blocked by the user",
    ends: "refused",
  },
  {
    name: "deactivated",
    channel: "telegram",
    code: 403,
    words: "Forbidden: user is deactivated",
    ends: "refused",
  },
  { name: "after48Hours", channel: "zalo-oa", code: -305, words: "Over 48 hours", ends: "waiting" },
  { name: "locked", channel: "zalo-oa", code: -227, words: "User is banned", ends: "refused" },
];

type Refused = { kind: Kind; chatId: string; says(text: string): unknown };
type Row = { id: number; chatId: string; status: string; leases: number; failedAt: number };

/** Refused members have numbers of their own, far from those of the others. */
const FIRST_REFUSED = 1_000;
const OTHERS = 4;
const PAUSE_MS = 400;
const DRAIN_MS = 60_000;
const LISTED_WITHIN_MS = 5_000;
/** What a busy machine may need; a reply that stands behind a refused one would take minutes or for ever. */
const NOT_HELD_UP_MS = 15_000;

async function run({ seed, size, say }: RunOptions): Promise<Outcome> {
  const oa = await startOa();
  const world = await openWorld({ seed, replicas: 2, settings: oa.settings });
  try {
    await world.startAll();
    oa.postTo(world.balancer.address);
    const clerk = await seatClerk(world);
    const watch = watchFailed(clerk);
    const refused = Array.from({ length: size }, (_, n) => refuse(n, world, oa));
    await chat(world, oa, refused, say);
    const staffReplies = await writeTo(refused, clerk, world);
    const isAtRest = await world.comeToRest(DRAIN_MS);
    await sleep(LISTED_WITHIN_MS);
    await watch.stop();
    const rows = await rowsTo(refused, world);
    const listedMs = rows.map(
      ({ id, failedAt }) => (watch.seenAt.get(id) ?? Number.POSITIVE_INFINITY) - failedAt,
    );
    const waits = await waitsOfOthers(refused, world);
    const chats = new Map(refused.map(({ chatId, kind }) => [chatId, kind]));
    const { violations } = inspect(await readHistory(world), { mayFail: ({ chat }) => chats.has(chat) });
    return {
      n: rows.length,
      violations: {
        ...violations,
        neverAtRest: isAtRest ? 0 : 1,
        notEnded: rows.filter(({ chatId, status }) => status !== chats.get(chatId)?.ends).length,
        retried: rows.filter(({ leases }) => leases > 1).length + retriedAmong(refused, rows, world, oa),
        notListedInTime: listedMs.filter((ms) => ms > LISTED_WITHIN_MS).length,
        othersHeldUp: waits.filter((ms) => ms > NOT_HELD_UP_MS).length,
      },
      windows: {
        ...Object.fromEntries(
          KINDS.map((kind) => [kind.name, refused.filter((one) => one.kind === kind).length]),
        ),
        staffReplies,
        others: waits.length,
      },
      atLeast: { ...Object.fromEntries(KINDS.map(({ name }) => [name, 1])), staffReplies: 1, others: 5 },
      figures: {
        listedMsP50: percentile(listedMs, 0.5),
        listedMsMax: percentile(listedMs, 1),
        othersMsP50: percentile(waits, 0.5),
        othersMsP99: percentile(waits, 0.99),
      },
    };
  } finally {
    await world.close();
    await oa.stop();
  }
}

/** A member whom the provider refuses from now on; what he writes still comes. */
function refuse(n: number, { fake }: World, oa: Oa): Refused {
  const kind = KINDS[n % KINDS.length] as Kind;
  const number = FIRST_REFUSED + n;
  const chatId = kind.channel === "telegram" ? chatOf(number) : oaUser(number);
  const network = kind.channel === "telegram" ? fake : oa;
  network.refuse(chatId, kind.code, kind.words);
  const { says } = kind.channel === "telegram" ? fake.member(Number(chatId)) : oa.member(chatId);
  return { kind, chatId, says };
}

/** The refused write one after the other, and in between all the others go on. */
async function chat(
  { fake, random }: World,
  oa: Oa,
  refused: Refused[],
  say: RunOptions["say"],
): Promise<void> {
  const others = Array.from({ length: OTHERS }, (_, number) => [
    fake.member(Number(chatOf(number))),
    oa.member(oaUser(number)),
  ]).flat();
  for (const [n, one] of refused.entries()) {
    await one.says(pick(random, QUESTIONS));
    // Whoever waits for the window to open again opens it by writing.
    if (one.kind.ends === "refused") await one.says(pick(random, QUESTIONS));
    await pick(random, others as [(typeof others)[number]]).says(pick(random, QUESTIONS));
    if ((n + 1) % 50 === 0) say(`${n + 1}/${refused.length} người không nhận được tin`);
    await sleep(random() * PAUSE_MS);
  }
}

/** Staff write to the first of each kind; how many replies that makes. */
async function writeTo(refused: Refused[], clerk: Clerk, { pool }: World): Promise<number> {
  const first = KINDS.flatMap((kind) => refused.find((one) => one.kind === kind) ?? []);
  let written = 0;
  for (const { chatId } of first) {
    const { rows } = await pool.query<{ id: number }>(
      "select id::int as id from conversations where chat_id = $1",
      [chatId],
    );
    const chat = rows[0]?.id ?? 0;
    await clerk.takeOver(chat);
    if ((await clerk.write(chat, "Cán bộ xin trả lời bà con.")) === 303) written += 1;
  }
  return written;
}

async function rowsTo(refused: Refused[], { pool }: World): Promise<Row[]> {
  const { rows } = await pool.query(
    `select m.id::int as id, c.chat_id as "chatId", m.status, m.leases,
            (extract(epoch from coalesce(m.finished_at, m.created_at)) * 1000)::float8 as "failedAt"
     from messages m join conversations c on c.id = m.conversation_id
     where m.direction = 'out' and c.chat_id = any ($1) order by m.id`,
    [refused.map(({ chatId }) => chatId)],
  );
  return rows;
}

/** Calls to a refused member beyond one for each reply. */
function retriedAmong(refused: Refused[], rows: Row[], { fake }: World, oa: Oa): number {
  const triesFor = (chatId: string) =>
    fake.callsOf("sendMessage").filter(({ payload }) => String(payload.chat_id) === chatId).length;
  return refused
    .map(({ kind, chatId }) => {
      const tries = kind.channel === "telegram" ? triesFor(chatId) : oa.triesFor(chatId);
      return Math.abs(tries - rows.filter((row) => row.chatId === chatId).length);
    })
    .reduce((sum, n) => sum + n, 0);
}

/** From the storing of a message of the others to the sending of its reply. */
async function waitsOfOthers(refused: Refused[], { pool }: World): Promise<number[]> {
  const { rows } = await pool.query<{ ms: number | null }>(
    `select (extract(epoch from r.finished_at - m.created_at) * 1000)::float8 as ms
     from messages m join conversations c on c.id = m.conversation_id
     left join messages r on r.conversation_id = c.id and r.key = 'message:' || m.id || ':0' and r.status = 'done'
     where m.direction = 'in' and c.chat_id <> all ($1)`,
    [refused.map(({ chatId }) => chatId)],
  );
  return rows.map(({ ms }) => ms ?? Number.POSITIVE_INFINITY);
}
