import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChatFilter } from "../../src/conversation/chat-list.ts";
import { ChatListStore } from "../../src/db/chat-list.ts";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hire, incoming, outgoing } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let messages: MessageStore;
let chats: ChatListStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  messages = new MessageStore(database);
  chats = new ChatListStore(database);
});
afterAll(() => fresh.drop());

async function asked(text: string, outcome: string, given: Parameters<typeof incoming>[0] = {}) {
  const { id, conversationId } = await messages.receive(incoming({ text, ...given }));
  await database.pool.query("update messages set outcome = $2, status = 'done' where id = $1", [id, outcome]);
  return { id, chat: conversationId };
}

const found = async (filter: ChatFilter) => (await chats.list(filter, null)).map(({ id }) => id);

describe("the list of chats", () => {
  it("shows the latest message, what became of the latest question, and how many there are", async () => {
    const { chat } = await asked("Kho lạnh hỏng", "answered");
    await database.tx((client) =>
      messages.enqueue(client, chat, [outgoing({ reply: { text: "Dạ có", choices: [] } })]),
    );
    expect(await chats.list({}, null, 1)).toMatchObject([
      {
        id: chat,
        lastText: "Dạ có",
        lastAuthor: "bot",
        lastOutcome: "answered",
        messages: 2,
        heldByStaff: false,
      },
    ]);
  });

  it("goes on where the page before ended, without a gap and without a repeat", async () => {
    for (let i = 0; i < 5; i++) await asked(`câu ${i}`, "answered");
    const all = await found({});
    const walked: number[] = [];
    for (let after: string | null = null; ; ) {
      const page = await chats.list({}, after, 2);
      walked.push(...page.map(({ id }) => id));
      after = page.at(-1)?.cursor ?? null;
      if (page.length < 2) break;
    }
    expect(walked).toEqual(all);
  });

  it("finds words without marks, all in one message, but not in replies", async () => {
    const { chat } = await asked("Xin hỗ trợ máy gặt đập liên hợp", "petition");
    const { chat: other } = await asked("máy gặt", "answered", { chatId: "two" });
    await asked("đập liên hợp", "answered", { chatId: "two" });
    await database.tx((client) =>
      messages.enqueue(client, other, [outgoing({ reply: { text: "máy gặt đập liên hợp", choices: [] } })]),
    );
    expect(await found({ search: "may gat dap" })).toEqual([chat]);
    expect(await found({ search: "Máy Gặt" })).toEqual([other, chat]);
    expect(await found({ search: "khonggido" })).toEqual([]);
    expect(await found({ search: "!?" })).toEqual([]);
  });

  it("finds rare words in older chats than are looked through", async () => {
    const { chat } = await asked("chữ hiếm gặp", "answered");
    await database.pool.query("update conversations set last_message_at = '2020-01-01' where id = $1", [
      chat,
    ]);
    await database.pool.query(
      `insert into conversations (channel, chat_id, last_message_at)
       select 'telegram', 'many-' || n, '2021-01-01' from generate_series(1, 1100) n`,
    );
    expect(await found({ search: "chu hiem" })).toEqual([chat]);
  });

  it("is narrowed by what became of a message, whatever came after it", async () => {
    const { chat } = await asked("hỏi thời tiết", "refused_out_of_scope", { chatId: "kinds" });
    await asked("hỏi vay", "answered", { chatId: "kinds" });
    expect(await found({ kind: "refused" })).toEqual([chat]);
    expect(await found({ kind: "error" })).toEqual([]);
    await database.pool.query("update messages set status = 'dead' where conversation_id = $1", [chat]);
    expect(await found({ kind: "error" })).toEqual([chat]);
  });

  it("is narrowed by channel and by the days of the latest message", async () => {
    const { chat } = await asked("hỏi", "answered", { channel: "zalo-oa" });
    await database.pool.query(
      "update conversations set last_message_at = '2024-05-06T23:30:00+07' where id = $1",
      [chat],
    );
    expect(await found({ channel: "zalo-oa" })).toEqual([chat]);
    expect(await found({ from: "2024-05-06", to: "2024-05-06" })).toEqual([chat]);
    expect(await found({ from: "2024-05-01", to: "2024-05-05" })).toEqual([]);
  });

  it("is narrowed to answers marked wrong, by the member or by staff", async () => {
    const { chat: complaining } = await asked("Chưa đúng ý tôi", "feedback_unhelpful");
    const { chat: marked, id } = await asked("vay bao nhiêu", "answered");
    await database.pool.query(
      "insert into judgements (message_id, kind, question, topic, by_staff) values ($1, 'other', 'q', 'khac', $2)",
      [id, await hire(database)],
    );
    expect(await found({ mark: "member" })).toEqual([complaining]);
    expect(await found({ mark: "staff" })).toEqual([marked]);
  });
});
