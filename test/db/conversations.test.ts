import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConversationState } from "../../src/conversation/state.ts";
import { ConversationStore } from "../../src/db/conversations.ts";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { createGate } from "../support/gate.ts";
import { incoming, messageRow, newPetition, outgoing } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let messages: MessageStore;
let conversations: ConversationStore;
let petitions: PetitionStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  messages = new MessageStore(database);
  conversations = new ConversationStore(database);
  petitions = new PetitionStore(database);
});
afterAll(() => fresh.drop());

const hold = (id: number, byStaff: boolean) =>
  database.tx((client) => conversations.hold(client, id, byStaff));
const erase = (id: number) => database.tx((client) => conversations.erase(client, id));

async function stateOf(id: number): Promise<unknown> {
  const { rows } = await database.pool.query("select state from conversations where id = $1", [id]);
  return rows[0].state;
}

describe("the state of a chat", () => {
  it("is kept as it was saved", async () => {
    const { conversationId } = await messages.receive(incoming());
    const state = ConversationState.parse({ greeted: true, recentQuestions: ["vay vốn"], choices: ["Gửi"] });
    await database.tx((client) => conversations.saveState(client, conversationId, state));
    expect(await stateOf(conversationId)).toEqual(state);
  });

  it("begins anew when a claim finds one that cannot be read", async () => {
    const { id, conversationId } = await messages.receive(incoming());
    await database.pool.query('update conversations set state = \'{"greeted": "maybe"}\' where id = $1', [
      conversationId,
    ]);
    await database.pool.query("update messages set status = 'done' where id <> $1", [id]);
    const claimed = await messages.claim("in", "a");
    expect(claimed).toMatchObject({ id, state: { greeted: false, intake: null } });
  });
});

describe("a chat that people hold", () => {
  it("waits in their list with its last message, the longest wait first, until it is given back", async () => {
    const chats = [];
    for (const text of ["một", "hai"]) {
      const chat = incoming({ text: "đầu" });
      const { conversationId } = await messages.receive(chat);
      await messages.receive({ ...chat, externalId: "last", text });
      await hold(conversationId, true);
      chats.push(conversationId);
    }
    expect(await conversations.held()).toMatchObject([
      { id: chats[0], channel: "telegram", lastText: "một", heldSince: expect.any(Date) },
      { id: chats[1], lastText: "hai" },
    ]);
    await hold(chats[0] ?? 0, false);
    expect((await conversations.held()).map(({ id }) => id)).toEqual([chats[1]]);
    await hold(chats[1] ?? 0, false);
  });

  it("is found by its id", async () => {
    const { conversationId } = await messages.receive(incoming({ chatId: "found" }));
    expect(await conversations.find(conversationId)).toEqual({
      id: conversationId,
      channel: "telegram",
      chatId: "found",
      heldByStaff: false,
    });
    expect(await conversations.find(999_999)).toBeNull();
  });
});

describe("erasing a member", () => {
  const WORDS = "canary-words";
  const NUMBERS = [
    "0912 345 678",
    "0912.345.679",
    "+84 912 345 678",
    "02933 123 456",
    "001099012345",
    "970436123456789",
  ];
  const FIGURES = "2 máy bơm, 10.000.000.000 đồng hoặc 2 000 000 đồng, trước 01-02-2026";

  /** A chat with an answered question, an open one, a reply under way and a petition. */
  async function lifeOf(chatId: string) {
    const chat = incoming({
      chatId,
      externalId: `message:${chatId}:1`,
      text: WORDS,
      attachment: { kind: "photo", reference: WORDS },
    });
    const first = await messages.receive(chat);
    const { conversationId } = first;
    await database.pool.query(
      `update messages set status = 'done', outcome = 'answered', trace = $2, finished_at = now() where id = $1`,
      [first.id, JSON.stringify({ question: WORDS })],
    );
    const open = await messages.receive({ ...chat, externalId: `message:${chatId}:2` });
    const petition = newPetition({
      content: `${NUMBERS.join(", ")}; xin ${FIGURES}`,
      contact: WORDS,
      cooperative: WORDS,
    });
    await database.tx(async (client) => {
      await petitions.create(client, conversationId, `message:${first.id}`, petition);
      const reply = { text: WORDS, choices: [WORDS] };
      await messages.enqueue(client, conversationId, [outgoing({ key: `message:${first.id}:0`, reply })]);
      await conversations.saveState(client, conversationId, ConversationState.parse({ offered: WORDS }));
    });
    return { chat, first, open, conversationId, petition };
  }

  async function everythingAbout(conversationId: number, code: string): Promise<string> {
    const { rows } = await database.pool.query(
      `select concat(
         (select json_agg(m) from messages m where m.conversation_id = $1),
         (select json_agg(c) from conversations c where c.id = $1),
         (select json_agg(p) from petitions p where p.code = $2)) as all`,
      [conversationId, code],
    );
    return rows[0].all;
  }

  it("removes the words, the contact and the account's number from every row of the chat", async () => {
    const { conversationId, petition } = await lifeOf("84900000001");
    expect(await everythingAbout(conversationId, petition.code)).toContain(WORDS);
    await erase(conversationId);
    const left = await everythingAbout(conversationId, petition.code);
    expect(left).not.toContain(WORDS);
    expect(left).not.toContain("84900000001");
  });

  it("keeps the rows, so that counts and outcomes stay true", async () => {
    const { conversationId, first } = await lifeOf("84900000002");
    await erase(conversationId);
    const { rows } = await database.pool.query(
      "select direction, status, outcome from messages where conversation_id = $1 order by id",
      [conversationId],
    );
    expect(rows).toEqual([
      { direction: "in", status: "done", outcome: "answered" },
      { direction: "in", status: "refused", outcome: null },
      { direction: "out", status: "refused", outcome: null },
    ]);
    expect((await messageRow(database, first.id)).text).toBe("[đã xóa theo yêu cầu]");
  });

  it("keeps the petition at work, without its owner and with the numbers in its text masked", async () => {
    const { conversationId, petition } = await lifeOf("84900000003");
    await erase(conversationId);
    const file = await petitions.find(petition.code);
    expect(file).toMatchObject({
      status: "received",
      conversationId: null,
      contact: null,
      cooperative: null,
      commune: petition.commune,
    });
    expect(file?.content).toBe(`${NUMBERS.map(() => "[số đã xóa]").join(", ")}; xin ${FIGURES}`);
  });

  it("leaves nothing to send or to answer", async () => {
    const { conversationId, open } = await lifeOf("84900000004");
    await erase(conversationId);
    const { rows } = await database.pool.query(
      "select count(*)::int as open from messages where conversation_id = $1 and status = 'open'",
      [conversationId],
    );
    expect(rows[0].open).toBe(0);
    expect(await messageRow(database, open.id)).toMatchObject({ finished_at: expect.any(Date) });
  });

  it("takes along, without its words, the message that asked for it, which is known when it comes once more", async () => {
    const { conversationId } = await lifeOf("84900000011");
    const asking = incoming({ chatId: "84900000011", externalId: "xoa", text: "Xóa dữ liệu của tôi" });
    const { id } = await messages.receive(asking);
    const next = await database.tx((client) =>
      conversations.erase(client, conversationId, { id, key: "xoa" }),
    );
    expect(await messages.receive(asking)).toMatchObject({ id, conversationId: next, fresh: false });
    expect(await messages.transcript("telegram", "84900000011", 0)).toMatchObject([
      { text: "[đã xóa theo yêu cầu]" },
    ]);
  });

  it("goes on in a new and empty chat of the same member", async () => {
    const { chat, conversationId } = await lifeOf("84900000005");
    await hold(conversationId, true);
    const next = await erase(conversationId);
    expect(next).not.toBe(conversationId);
    expect(await conversations.find(next)).toMatchObject({ chatId: "84900000005", heldByStaff: false });
    expect(await conversations.find(conversationId)).toMatchObject({
      chatId: `erased-${conversationId}`,
      heldByStaff: false,
    });
    expect(await stateOf(next)).toEqual(ConversationState.parse({}));
    const later = await messages.receive({ ...chat, externalId: "later", text: "chào lại" });
    expect(later.conversationId).toBe(next);
    expect(await messages.transcript("telegram", chat.chatId, 0)).toHaveLength(1);
  });

  it("sends a message that arrives in the same moment to the new chat", async () => {
    const { chat, conversationId } = await lifeOf("84900000006");
    const gate = createGate<void>();
    const renamed = createGate<number>();
    const erasing = database.tx(async (client) => {
      renamed.resolve(await conversations.erase(client, conversationId));
      await gate.promise;
    });
    const next = await renamed.promise;
    const arriving = messages.receive({ ...chat, externalId: "meanwhile" });
    await sleep(50);
    gate.resolve();
    await erasing;
    expect((await arriving).conversationId).toBe(next);
  });

  it("can be done twice, and leaves other members alone", async () => {
    const { chat, conversationId } = await lifeOf("84900000007");
    const other = await lifeOf("84900000008");
    const next = await erase(conversationId);
    await erase(next);
    expect(await messages.transcript("telegram", chat.chatId, 0)).toEqual([]);
    expect(await everythingAbout(other.conversationId, other.petition.code)).toContain(WORDS);
    expect(await petitions.find(other.petition.code)).toMatchObject({ contact: WORDS });
  });
});
