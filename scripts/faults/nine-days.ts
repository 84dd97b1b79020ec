import { setTimeout as sleep } from "node:timers/promises";
import { QUESTIONS } from "../kills/phrases.ts";
import { pick } from "../kills/random.ts";
import { type Clerk, listedIn, seatClerk } from "./clerk.ts";
import type { Goal, Outcome, RunOptions } from "./goal.ts";
import { type Oa, oaUser, startOa } from "./oa.ts";
import { openWorld, type World } from "./world.ts";

/** Staff answer long after Zalo has closed the window in which an Official Account may write. */
export const nineDays: Goal = {
  id: "OA9",
  about: "cán bộ trả lời sau 9 ngày trên Zalo OA: tin chờ bà con nhắn lại, rồi đến đúng một lần",
  usualSize: 50,
  run,
};

const DAY_MS = 86_400_000;
const SILENCE_DAYS = 9;
const DRAIN_MS = 60_000;
/** Several rounds of whoever looks for work every 500 ms. */
const QUIET_MS = 3_000;
const WAITS = "chờ bà con nhắn lại mới gửi được";

type Member = ReturnType<Oa["member"]>;
type Case = { chat: number; reply: string; row: number };

async function run({ seed, size, say }: RunOptions): Promise<Outcome> {
  const oa = await startOa();
  const world = await openWorld({ seed, replicas: 2, settings: oa.settings });
  try {
    await world.startAll();
    oa.postTo(world.balancer.address);
    const clerk = await seatClerk(world);
    const members = Array.from({ length: size }, (_, n) => oa.member(oaUser(n)));
    await askAll(members, world);
    say(`${size} cuộc trò chuyện, rồi ${SILENCE_DAYS} ngày im lặng`);
    await letDaysPass(world, oa);
    const cases = await answerAll(members, world, clerk);
    await sleep(QUIET_MS);
    const before = await lookAt(cases, world, oa, clerk);
    say("bà con nhắn lại");
    await askAll(members, world);
    await askAll(members, world);
    const isAtRest = await world.comeToRest(DRAIN_MS);
    const after = await lookAt(cases, world, oa, clerk);
    return {
      n: size,
      violations: {
        neverAtRest: isAtRest ? 0 : 1,
        notWaiting: size - before.waiting,
        notShownInChat: size - before.shownInChat,
        notListed: size - before.listed,
        sentTooEarly: before.delivered,
        triedAgainTooEarly: before.tries - size,
        notDelivered: cases.filter(({ reply }) => deliveriesOf(reply, oa) === 0).length,
        deliveredTwice: cases.filter(({ reply }) => deliveriesOf(reply, oa) > 1).length,
        stillListed: after.listed,
        notDone: size - after.done,
      },
      windows: { waiting: before.waiting, delivered: after.delivered },
      atLeast: { waiting: size, delivered: size },
      figures: { triesPerReply: after.tries / size, replies: size },
    };
  } finally {
    await world.close();
    await oa.stop();
  }
}

/** Each member writes once, and all is answered when this resolves. */
async function askAll(members: Member[], { random, comeToRest }: World): Promise<void> {
  for (const { says } of members) {
    const { status } = await says(pick(random, QUESTIONS));
    if (status !== 200) throw new Error(`the webhook answers with ${status}`);
  }
  if (!(await comeToRest(DRAIN_MS))) throw new Error("the members were not answered");
}

/** At Zalo, and for everything that the service remembers of its chats. */
async function letDaysPass({ pool }: World, oa: Oa): Promise<void> {
  oa.pass(SILENCE_DAYS * DAY_MS);
  await pool.query(
    `update messages set created_at = created_at - make_interval(days => $1), sent_at = sent_at - make_interval(days => $1),
       finished_at = finished_at - make_interval(days => $1), due_at = due_at - make_interval(days => $1)`,
    [SILENCE_DAYS],
  );
  await pool.query("update conversations set last_message_at = last_message_at - make_interval(days => $1)", [
    SILENCE_DAYS,
  ]);
}

/** Staff take each chat over, write, and hand it back, all at the console. */
async function answerAll(members: Member[], { pool }: World, clerk: Clerk): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [n, { id }] of members.entries()) {
    const chat = await idIn(pool, "select id::int as id from conversations where chat_id = $1", id);
    const reply = `Cán bộ trả lời hồ sơ số ${n} của bà con.`;
    await clerk.takeOver(chat);
    const status = await clerk.write(chat, reply);
    if (status !== 303) throw new Error(`the console answers with ${status}`);
    await clerk.handBack(chat);
    cases.push({
      chat,
      reply,
      row: await idIn(pool, "select id::int as id from messages where text = $1", reply),
    });
  }
  return cases;
}

async function idIn(pool: World["pool"], query: string, value: string): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(query, [value]);
  if (!rows[0]) throw new Error("there is no such row");
  return rows[0].id;
}

const deliveriesOf = (reply: string, { sent }: Oa): number =>
  sent.filter(({ text }) => text === reply).length;

/** Zalo asks for the message once more when it minds the token; only the calls with the one that it takes are tries. */
function triesOf(reply: string, { calls, secrets }: Oa): number {
  const token = secrets().at(-1);
  return calls.filter(
    ({ path, headers, body }) =>
      path === "send" && headers.access_token === token && body.includes(JSON.stringify(reply)),
  ).length;
}

/** What the console, the database and Zalo say of the replies now. */
async function lookAt(cases: Case[], { pool }: World, oa: Oa, clerk: Clerk) {
  const ids = cases.map(({ row }) => row);
  const { rows } = await pool.query<{ status: string }>("select status from messages where id = any ($1)", [
    ids,
  ]);
  const listed = new Set(listedIn(await clerk.failedPages()));
  let shownInChat = 0;
  for (const { chat, reply } of cases) {
    const page = await clerk.chatPage(chat);
    if (page.slice(page.indexOf(reply)).includes(WAITS)) shownInChat += 1;
  }
  const sum = (countOf: (reply: string) => number) =>
    cases.reduce((total, { reply }) => total + countOf(reply), 0);
  return {
    waiting: rows.filter(({ status }) => status === "waiting").length,
    done: rows.filter(({ status }) => status === "done").length,
    listed: ids.filter((id) => listed.has(id)).length,
    shownInChat,
    delivered: sum((reply) => deliveriesOf(reply, oa)),
    tries: sum((reply) => triesOf(reply, oa)),
  };
}
