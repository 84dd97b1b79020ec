import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RETENTION } from "../src/conversation/retention.ts";
import { ConversationState } from "../src/conversation/state.ts";
import { JudgementStore } from "../src/db/judgements.ts";
import { OpenQuestionStore } from "../src/db/open-questions.ts";
import { createRetentionSweep } from "../src/retention-sweep.ts";
import { answerOf } from "./conversation/rig.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createRig, type Rig } from "./support/pipeline-rig.ts";
import { hire, incoming, newPetition, turn } from "./support/samples.ts";

const ERASED = "[đã xóa theo thời hạn lưu]";
const { silentDays, singleDays } = RETENTION;
let fresh: FreshDatabase;
let rig: Rig;
let by: number;

beforeAll(async () => {
  fresh = await freshDatabase();
  by = await hire(fresh.database);
  rig = createRig(fresh.database, {
    respond: async ({ text }) =>
      turn("Không rõ", {
        outcome: "unanswered_no_support",
        trace: { said: text, answer: answerOf() },
        state: ConversationState.parse({ greeted: true, recentQuestions: [text] }),
      }),
  });
});
afterAll(() => fresh.drop());

type Chat = { id: number; chatId: string };

/** A chat with so many messages of its member, the last of them so many days ago. */
async function chatOf(count: number, daysAgo: number): Promise<Chat> {
  const { chatId } = incoming();
  for (let n = 0; n < count; n++) await rig.says(chatId, `Máy bơm nhà tôi hư ${n}`, `${n}`);
  await rig.settle();
  const { rows } = await fresh.database.pool.query("select id from conversations where chat_id = $1", [
    chatId,
  ]);
  await age(rows[0].id, daysAgo);
  return { id: rows[0].id, chatId };
}

async function age(id: number, days: number): Promise<void> {
  const { pool } = fresh.database;
  await pool.query(
    `update conversations set swept_at = swept_at - make_interval(days => $2 + 1),
       last_message_at = now() - make_interval(days => $2) - interval '1 minute' where id = $1`,
    [id, days],
  );
  await pool.query(
    `update messages set created_at = now() - make_interval(days => $2) - interval '1 minute'
     where conversation_id = $1 and created_at > now() - interval '1 hour'`,
    [id, days],
  );
}

async function sweep(limit?: number): Promise<void> {
  const step = createRetentionSweep(fresh.database, rig.log, limit);
  while (await step());
}

async function rowsOf({ id }: Chat): Promise<Record<string, unknown>[]> {
  const { rows } = await fresh.database.pool.query(
    "select text, attachment, trace, outcome, status, direction from messages where conversation_id = $1 order by id",
    [id],
  );
  return rows;
}

const isErased = async (chat: Chat) => (await rowsOf(chat)).every(({ text }) => text === ERASED);
const isWhole = async (chat: Chat) => (await rowsOf(chat)).every(({ text }) => text !== ERASED);

describe("what was written in a chat that led to no petition", () => {
  it("is erased after a year of silence, and every row stays with its outcome", async () => {
    const chat = await chatOf(2, silentDays);
    const before = await rowsOf(chat);
    await sweep();
    const after = await rowsOf(chat);
    expect(after).toHaveLength(before.length);
    expect(after.map(({ outcome, status }) => [outcome, status])).toEqual(
      before.map(({ outcome, status }) => [outcome, status]),
    );
    expect(after.every(({ text, attachment, trace }) => text === ERASED && !attachment && !trace)).toBe(true);
    const { rows } = await fresh.database.pool.query("select state from conversations where id = $1", [
      chat.id,
    ]);
    expect(rows[0].state).toEqual(ConversationState.parse({}));
  });

  it("stays until then, and goes after thirty days where the member wrote once", async () => {
    const chats = {
      two: await chatOf(2, silentDays - 1),
      single: await chatOf(1, singleDays),
      recent: await chatOf(1, singleDays - 1),
    };
    await sweep();
    expect(await isWhole(chats.two)).toBe(true);
    expect(await isErased(chats.single)).toBe(true);
    expect(await isWhole(chats.recent)).toBe(true);
  });

  it("stays where people hold the chat, a petition came of it, an answer is due or a judgement is open", async () => {
    const [held, petitioned, open, judged] = [
      await chatOf(2, silentDays),
      await chatOf(1, silentDays),
      await chatOf(2, silentDays),
      await chatOf(1, silentDays),
    ];
    const judgements = new JudgementStore(fresh.database);
    await fresh.database.tx(async (client) => {
      await rig.conversations.hold(client, held.id, true);
      await rig.petitions.create(client, petitioned.id, `message:r${petitioned.id}`, newPetition());
      await client.query("update messages set status = 'open' where conversation_id = $1", [open.id]);
      await client.query(
        `insert into judgements (message_id, kind, question, topic, by_staff)
         select min(id), 'missing', 'hỏi', 'khac', $2 from messages where conversation_id = $1`,
        [judged.id, by],
      );
    });
    await sweep();
    for (const chat of [held, petitioned, open, judged]) expect(await isWhole(chat)).toBe(true);

    await fresh.database.pool.query("update judgements set status = 'dismissed'");
    await sweep();
    expect(await isErased(judged)).toBe(true);
    expect(JSON.stringify(await judgements.list("dismissed"))).not.toContain("hỏi");
    await fresh.database.pool.query("update messages set status = 'done' where conversation_id = $1", [
      open.id,
    ]);
  });

  it("is no longer offered to staff as a question without an answer", async () => {
    const chat = await chatOf(1, 0);
    const questions = new OpenQuestionStore(fresh.database);
    const shown = async () =>
      (await questions.list("newest", 1, 1000)).some(({ conversationId }) => conversationId === chat.id);
    expect(await shown()).toBe(true);
    await age(chat.id, singleDays);
    await sweep();
    expect(await shown()).toBe(false);
    expect(JSON.stringify(await questions.list("newest", 1, 1000))).not.toContain(ERASED);
  });

  it("of a member who comes back is kept anew, and erased anew", async () => {
    const chat = await chatOf(1, singleDays);
    await sweep();
    await rig.says(chat.chatId, "Tôi quay lại", "again");
    await rig.settle();
    await sweep();
    expect((await rowsOf(chat)).map(({ text }) => text)).toEqual([
      ERASED,
      ERASED,
      "Tôi quay lại",
      "Không rõ",
    ]);
    await age(chat.id, silentDays);
    await sweep();
    expect(await isErased(chat)).toBe(true);
  });

  it("ends a reply that waits for the member to write again", async () => {
    const chat = await chatOf(1, singleDays);
    await fresh.database.pool.query(
      "update messages set status = 'waiting' where conversation_id = $1 and direction = 'out'",
      [chat.id],
    );
    await sweep();
    expect((await rowsOf(chat)).map(({ status }) => status)).toEqual(["done", "refused"]);
  });

  it("goes in small batches, and six replicas at once erase all of it without waiting for each other", async () => {
    const chats: Chat[] = [];
    for (let n = 0; n < 20; n++) chats.push(await chatOf(1, singleDays));
    await Promise.all(Array.from({ length: 6 }, () => sweep(3)));
    for (const chat of chats) expect(await isErased(chat)).toBe(true);
    expect(JSON.stringify(rig.logged)).not.toContain("Máy bơm");
  });
});

describe("a chat in which the bot alone speaks", () => {
  it("is none of a member's and stays", async () => {
    const { chatId } = incoming();
    await fresh.database.tx(async (client) => {
      const { rows } = await client.query(
        "insert into conversations (channel, chat_id) values ('telegram', $1) returning id",
        [chatId],
      );
      await rig.messages.enqueue(client, rows[0].id, [
        { key: "notice", author: "bot", reply: { text: "Có kiến nghị mới", choices: [] } },
      ]);
      await client.query("update messages set status = 'done' where conversation_id = $1", [rows[0].id]);
      await client.query(
        "update conversations set last_message_at = now() - interval '3 years' where id = $1",
        [rows[0].id],
      );
    });
    await sweep();
    expect((await rig.messages.transcript("telegram", chatId, 0)).map(({ text }) => text)).toEqual([
      "Có kiến nghị mới",
    ]);
  });
});
