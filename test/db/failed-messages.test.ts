import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ConversationStore } from "../../src/db/conversations.ts";
import type { Database } from "../../src/db/database.ts";
import { FailedMessageStore } from "../../src/db/failed-messages.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { incoming, messageRow, outgoing } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let messages: MessageStore;
let failed: FailedMessageStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  messages = new MessageStore(database);
  failed = new FailedMessageStore(database);
});
afterEach(() => database.pool.query("update messages set status = 'done'"));
afterAll(() => fresh.drop());

async function buried(): Promise<{ id: number; chat: number }> {
  const { id, conversationId } = await messages.receive(incoming({ text: "vay bao nhiêu" }));
  await database.pool.query(
    "update messages set status = 'dead', errors = 5, reason = 'Error: x', finished_at = now() where id = $1",
    [id],
  );
  return { id, chat: conversationId };
}

async function replyThat(status: string): Promise<number> {
  const { id, conversationId } = await messages.receive(incoming());
  await database.pool.query("update messages set status = 'done' where id = $1", [id]);
  await database.tx((client) => messages.enqueue(client, conversationId, [outgoing()]));
  const { rows } = await database.pool.query(
    "update messages set status = $2, reason = 'vì thế' where conversation_id = $1 and direction = 'out' returning id",
    [conversationId, status],
  );
  return rows[0].id;
}

const reopen = (id: number) => database.tx((client) => failed.reopen(client, id));
const settle = (id: number) => database.tx((client) => failed.settle(client, id, "đã gọi điện"));

describe("messages that did not reach their end", () => {
  it("are listed, the newest on top, and those that did are not", async () => {
    const { id } = await buried();
    const ids = [id];
    for (const status of ["dead", "refused", "uncertain", "waiting"]) ids.unshift(await replyThat(status));
    await replyThat("done");
    expect((await failed.list(null)).map((one) => one.id)).toEqual(ids);
    expect((await failed.list(ids[1] ?? 0)).map((one) => one.id)).toEqual(ids.slice(2));
  });

  it("of a member who had his data erased are none of anybody's business", async () => {
    const { chat } = await buried();
    await database.tx((client) => new ConversationStore(database).erase(client, chat));
    expect(await failed.list(null)).toEqual([]);
  });
});

describe("a buried message that is opened again", () => {
  it("is handled from the beginning, and its reply is not taken for the apology", async () => {
    const { id, chat } = await buried();
    const reply = (text: string) =>
      database.tx((client) =>
        messages.enqueue(client, chat, [outgoing({ key: `message:${id}:0`, reply: { text, choices: [] } })]),
      );
    await reply("Xin lỗi bà con");
    expect(await reopen(id)).toBe(true);
    expect(await messageRow(database, id)).toMatchObject({ status: "open", errors: 0, reason: null });
    expect(await messages.claim("in", "me")).toMatchObject({ id });
    await reply("Được vay 5 tỷ");
    const { rows } = await database.pool.query(
      "select text from messages where conversation_id = $1 and direction = 'out' order by id",
      [chat],
    );
    expect(rows).toEqual([{ text: "Xin lỗi bà con" }, { text: "Được vay 5 tỷ" }]);
  });

  it("is opened once", async () => {
    const { id } = await buried();
    expect(await Promise.all([reopen(id), reopen(id)])).toEqual(expect.arrayContaining([true, false]));
  });
});

describe("a reply that did not arrive", () => {
  it.each(["dead", "refused", "uncertain"])("is sent again when it is %s", async (status) => {
    const id = await replyThat(status);
    expect(await reopen(id)).toBe(true);
    expect(await messages.claim("out", "me")).toMatchObject({ id });
  });

  it.each(["waiting", "done", "open"])("is left alone when it is %s", async (status) => {
    const id = await replyThat(status);
    expect(await reopen(id)).toBe(false);
    expect(await messageRow(database, id)).toMatchObject({ status });
  });

  it("is closed with a note when its member was told another way, once", async () => {
    const id = await replyThat("waiting");
    expect(await settle(id)).toBe(true);
    expect(await messageRow(database, id)).toMatchObject({ status: "done", reason: "đã gọi điện" });
    expect(await settle(id)).toBe(false);
    expect(await settle(987_654_321)).toBe(false);
  });
});
