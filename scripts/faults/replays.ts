import { setTimeout as sleep } from "node:timers/promises";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { startFakeTelegram } from "../../test/support/fake-telegram.ts";
import { type Built, buildService } from "./build.ts";
import { startFleet } from "./fleet.ts";
import type { Goal, Outcome } from "./goal.ts";
import { startOa } from "./oa.ts";
import { startPostgres } from "./postgres.ts";
import { onTelegram, onZaloOa, type Post, type ReplayedMember } from "./replayed-member.ts";
import { smallKnowledge } from "./small-knowledge.ts";

const REPLICAS = 3;
const WEBHOOK_SECRET = "fault-run-webhook-secret-0123456789";
const QUESTION = "Hợp tác xã được hỗ trợ đào tạo những gì?";
const COMPLAINT = "Đường vào kho lúa của hợp tác xã hư nặng, xin hỗ trợ sửa trước vụ Đông Xuân";
const CODE = /KN-[0-9A-Z]{6}/;
const MOST_STEPS = 12;
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 20;
/** Long enough for a reply too many to be sent. */
const SETTLE_MS = 700;
const PAUSE_OF_REFUSED_MS = 100;

/** The same post again and again to three replicas, in sequence, at once, and once more a day later: it counts once. */
export const replays: Goal = {
  id: "R14",
  about: "gửi lại cùng một tin 100 lần nối nhau, 100 lần cùng lúc và lại sau 25 giờ, Telegram và Zalo OA",
  usualSize: 10,
  async run({ seed, size, say }) {
    const built = await buildService();
    const postgres = await startPostgres();
    try {
      return await replayAll({
        built,
        databaseUrl: postgres.url,
        firstMember: seed * 10_000,
        rounds: size,
        times: 100,
        say,
      });
    } finally {
      await postgres.stop();
      built.remove();
    }
  },
};

type Given = {
  built: Built;
  databaseUrl: string;
  firstMember: number;
  /** In each, one member of each channel asks a question and sends a petition. */
  rounds: number;
  /** How often a post is sent in one go. */
  times: number;
  say: (progress: string) => void;
};

/** Runs the rounds on three processes of a program. */
export async function replayAll({
  built,
  databaseUrl,
  firstMember,
  rounds,
  times,
  say,
}: Given): Promise<Outcome> {
  const [fake, oa, knowledge] = [await startFakeTelegram(), await startOa(), smallKnowledge()];
  const database = await openDatabase({ url: databaseUrl, dataDir: "", log: () => {} });
  const settings = {
    KNOWLEDGE_DIR: knowledge.folder,
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: fake.apiRoot,
    TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ...oa.settings,
  };
  const fleet = await startFleet({ built, databaseUrl, count: REPLICAS, settings: () => settings });
  const outcome = emptyOutcome(rounds);
  const send = (post: Post) => untilTaken(fleet.balancer.address, post, outcome);
  try {
    for (let round = 0; round < rounds; round++) {
      const number = firstMember + round;
      for (const member of [onTelegram(fake, WEBHOOK_SECRET, 1_000_000 + number), onZaloOa(oa, number)]) {
        await replayTo(member, { send, times, isAtOnceFirst: round % 2 === 0, database, outcome });
      }
      say(`${round + 1}/${rounds} vòng, ${outcome.n} lần gửi`);
    }
    return outcome;
  } finally {
    await fleet.stop();
    await database.close();
    await Promise.all([fake.stop(), oa.stop()]);
    knowledge.remove();
  }
}

type Replaying = {
  send: (post: Post) => Promise<void>;
  times: number;
  isAtOnceFirst: boolean;
  database: Database;
  outcome: Outcome;
};

/** One member's question and petition, whose posts come over and over. */
async function replayTo(member: ReplayedMember, replaying: Replaying): Promise<void> {
  const { send, database, outcome } = replaying;
  const question = await member.writes(QUESTION);
  await manyTimes(question, replaying);
  await untilHeard(member, 1);
  let said = 1;
  let post = await member.writes(`/kiennghi ${COMPLAINT}`);
  for (let step = 0; !CODE.test(member.heard().at(-1)?.text ?? ""); step++) {
    if (step === MOST_STEPS) throw new Error(`the intake went astray: ${member.heard().at(-1)?.text}`);
    const confirms = member.heard().at(-1)?.choices.includes("Sửa nội dung");
    await (confirms ? manyTimes(post, replaying) : send(post));
    await untilHeard(member, ++said);
    if (CODE.test(member.heard().at(-1)?.text ?? "")) break;
    const choices = member.heard().at(-1)?.choices ?? [];
    post = await member.writes(choices.includes("Sửa nội dung") ? "Gửi" : "Bỏ qua");
  }
  await letADayPass(database, member);
  await allAtOnce(post, replaying);
  add(outcome.windows, { afterADay: 1, [member.channel]: 1 });
  await sleep(SETTLE_MS);
  add(outcome.violations, await faultsOf(member, said, database));
}

/** Both ways, and in either of them the first post is the new one. */
async function manyTimes(post: Post, replaying: Replaying): Promise<void> {
  const ways = [allAtOnce, oneByOne];
  if (!replaying.isAtOnceFirst) ways.reverse();
  for (const way of ways) await way(post, replaying);
}

async function allAtOnce(post: Post, { send, times, outcome }: Replaying): Promise<void> {
  await Promise.all(Array.from({ length: times }, () => send(post)));
  add(outcome.windows, { atOnce: times });
}

async function oneByOne(post: Post, { send, times, outcome }: Replaying): Promise<void> {
  for (let n = 0; n < times; n++) await send(post);
  add(outcome.windows, { inSequence: times });
}

/** A provider that is asked to come later comes later. */
async function untilTaken(address: string, { path, headers, body }: Post, outcome: Outcome): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(PAUSE_OF_REFUSED_MS)) {
    outcome.n += 1;
    const response = await fetch(address + path, { method: "POST", headers, body });
    await response.arrayBuffer();
    if (response.status === 200) return;
    if (response.status !== 503) throw new Error(`a genuine post is answered ${response.status}`);
    add(outcome.windows, { askedToComeLater: 1 });
  }
  add(outcome.violations, { neverTaken: 1 });
}

async function untilHeard(member: ReplayedMember, count: number): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; member.heard().length < count; await sleep(LOOK_EVERY_MS))
    if (Date.now() > end) throw new Error(`${member.channel}: reply ${count} never came`);
}

/** Moves everything of a member's chat back by 25 hours. */
async function letADayPass({ pool }: Database, { channel, chat }: ReplayedMember): Promise<void> {
  const mine = "select id from conversations where channel = $1 and chat_id = $2";
  const back = (column: string) => `${column} = ${column} - interval '25 hours'`;
  const columns: [table: string, key: string, columns: string[]][] = [
    ["messages", "conversation_id", ["created_at", "sent_at", "due_at", "finished_at"]],
    ["petitions", "conversation_id", ["received_at", "consented_at"]],
    ["conversations", "id", ["created_at", "last_message_at"]],
  ];
  for (const [table, key, moved] of columns)
    await pool.query(`update ${table} set ${moved.map(back).join(", ")} where ${key} in (${mine})`, [
      channel,
      chat,
    ]);
}

async function faultsOf({ channel, chat, heard }: ReplayedMember, said: number, { pool }: Database) {
  const { rows } = await pool.query<Record<"stored" | "open" | "replies" | "petitions", number>>(
    `with chats as (select id from conversations where channel = $1 and chat_id = $2),
       mine as (select m.* from messages m join chats on chats.id = m.conversation_id)
     select (select count(*) from mine where direction = 'in')::int as stored,
            (select count(*) from mine where status = 'open')::int as open,
            (select count(*) from mine where direction = 'out')::int as replies,
            (select count(*) from petitions where conversation_id in (select id from chats))::int as petitions`,
    [channel, chat],
  );
  const found = rows[0] ?? { stored: 0, open: 0, replies: 0, petitions: 0 };
  return {
    stored: Math.abs(found.stored - said),
    open: found.open,
    replies: Math.abs(found.replies - said),
    read: Math.abs(heard().length - said),
    petitions: Math.abs(found.petitions - 1),
  };
}

function emptyOutcome(rounds: number): Outcome {
  return {
    n: 0,
    violations: { stored: 0, open: 0, replies: 0, read: 0, petitions: 0, neverTaken: 0 },
    windows: {},
    atLeast: { atOnce: 1, inSequence: 1, afterADay: 2 * rounds, telegram: rounds, "zalo-oa": rounds },
    figures: {},
  };
}

function add(sums: Record<string, number>, more: Record<string, number>): void {
  for (const [name, count] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + count;
}
