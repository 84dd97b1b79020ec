import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { OpenQuestionStore } from "../../src/db/open-questions.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hire, incoming } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let messages: MessageStore;
let questions: OpenQuestionStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  messages = new MessageStore(database);
  questions = new OpenQuestionStore(database);
});
afterAll(() => fresh.drop());

async function asked(text: string, outcome: string): Promise<number> {
  const { id } = await messages.receive(incoming({ text }));
  await database.pool.query("update messages set outcome = $2, status = 'done' where id = $1", [id, outcome]);
  return id;
}

describe("questions without an answer", () => {
  it("are listed newest first, page by page, and no others", async () => {
    await asked("câu cũ", "unanswered_no_support");
    await asked("được trả lời", "answered");
    await asked("câu mới", "unanswered_known_gap");
    const texts = async (page: number, perPage: number) =>
      (await questions.list("newest", page, perPage)).map(({ text }) => text);
    expect(await texts(1, 50)).toEqual(["câu mới", "câu cũ"]);
    expect(await texts(1, 1)).toEqual(["câu mới"]);
    expect(await texts(2, 1)).toEqual(["câu cũ"]);
  });

  it("are listed by how many asked, on demand", async () => {
    for (let i = 0; i < 2; i++) await asked("câu hỏi nhiều", "unanswered_no_support");
    await asked("câu hỏi sau cùng", "unanswered_no_support");
    expect(await questions.list("most", 1, 1)).toMatchObject([{ text: "câu hỏi nhiều", chats: 2 }]);
    expect(await questions.list("newest", 1, 1)).toMatchObject([{ text: "câu hỏi sau cùng", chats: 1 }]);
  });

  it("are dealt with once, and gone from the list then", async () => {
    const id = await asked("câu xử lý rồi", "unanswered_no_support");
    const by = await hire(database);
    const handle = () =>
      database.tx((client) => questions.handle(client, id, { how: "dismissed", by, reason: "thử" }));
    expect(await handle()).toBe(true);
    expect(await handle()).toBe(false);
    expect(await questions.find(id)).toBeNull();
  });

  it("of nobody are none", async () => {
    expect(await questions.find(999_999)).toBeNull();
  });
});
