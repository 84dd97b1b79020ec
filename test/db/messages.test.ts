import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Delivery, IncomingMessage } from "../../src/conversation/channel.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { ERRORS_UNTIL_DEAD, LostLease, MessageStore, SENDS_IN_DOUBT } from "../../src/db/messages.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { createGate } from "../support/gate.ts";
import { expireLeases, incoming, messageRow, outgoing, passWaits } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let messages: MessageStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  messages = new MessageStore(database);
});
afterEach(() => database.pool.query("update messages set status = 'done' where status = 'open'"));
afterAll(() => fresh.drop());

async function enqueue(conversationId: number, texts: string[]): Promise<number[]> {
  await database.tx((client) =>
    messages.enqueue(
      client,
      conversationId,
      texts.map((text) => outgoing({ key: text, reply: { text, choices: [] } })),
    ),
  );
  const { rows } = await database.pool.query<{ id: number }>(
    "select id from messages where conversation_id = $1 and direction = 'out' and key = any($2) order by id",
    [conversationId, texts],
  );
  return rows.map(({ id }) => id);
}

async function claimed(direction: "in" | "out", owner: string) {
  const message = await messages.claim(direction, owner);
  if (!message) throw new Error("nothing to claim");
  return message;
}

const finish = (id: number, owner: string) =>
  database.tx((client) => messages.finish(client, id, owner, "answered", { why: "test" }));
const fail = (id: number, owner: string) =>
  database.tx((client) => messages.fail(client, id, owner, "Error: no"));

describe("receiving", () => {
  it("stores a message that comes 100 times at once exactly once", async () => {
    const message = incoming();
    const answers = await Promise.all(Array.from({ length: 100 }, () => messages.receive(message)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ fresh }) => fresh)).toHaveLength(1);
    const lines = await messages.transcript("telegram", message.chatId, 0);
    expect(lines.map(({ text }) => text)).toEqual([message.text]);
  });

  it("still knows a message after it was answered", async () => {
    const message = incoming();
    const { id } = await messages.receive(message);
    await claimed("in", "a");
    await finish(id, "a");
    expect(await messages.receive({ ...message, text: "nói khác" })).toMatchObject({ id, fresh: false });
    expect(await messageRow(database, id)).toMatchObject({ text: message.text, status: "done" });
  });

  it("tells the same id in two chats and on two channels apart", async () => {
    const one = incoming({ externalId: "1", chatId: "chat-1" });
    const ids = await Promise.all(
      [one, { ...one, chatId: "chat-2" }, { ...one, channel: "web-chat" as const }].map((each) =>
        messages.receive(each),
      ),
    );
    expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
  });

  it("keeps the attachment and the moment at which the member wrote", async () => {
    const sentAt = new Date("2026-11-20T01:02:03Z");
    const attachment = { kind: "photo", reference: "file-1" } as const;
    const { id } = await messages.receive(incoming({ sentAt, attachment }));
    expect(await messageRow(database, id)).toMatchObject({ sent_at: sentAt, attachment, status: "open" });
  });

  it("wakes the loop with a notice after the commit", async () => {
    const heard: string[] = [];
    const stop = await database.listen("messages", (direction) => void heard.push(direction));
    const { conversationId } = await messages.receive(incoming());
    await expect.poll(() => heard).toEqual(["in"]);
    await enqueue(conversationId, ["out"]);
    await expect.poll(() => heard).toEqual(["in", "out"]);
    await stop();
  });
});

describe("the order in a chat", () => {
  it.each([
    ["a member", (chat: IncomingMessage) => messages.receive({ ...chat, externalId: "late" })],
    ["the bot", (_: IncomingMessage, conversationId: number) => enqueue(conversationId, ["late"])],
  ])(
    "makes %s wait for the writer before, so that ids grow in the order of the commits",
    async (_, write) => {
      const chat = incoming({ externalId: "first" });
      const { conversationId } = await messages.receive(chat);
      const gate = createGate<void>();
      const isWriting = createGate<void>();
      const early = database.tx(async (client) => {
        await messages.enqueue(client, conversationId, [outgoing({ key: "early" })]);
        isWriting.resolve();
        await gate.promise;
        await messages.enqueue(client, conversationId, [outgoing({ key: "early too" })]);
      });
      await isWriting.promise;
      const late = write(chat, conversationId);
      await sleep(100);
      gate.resolve();
      await Promise.all([early, late]);
      const { rows } = await database.pool.query(
        "select key from messages where conversation_id = $1 order by id",
        [conversationId],
      );
      expect(rows.map(({ key }) => key)).toEqual(["first", "early", "early too", "late"]);
    },
  );

  it("lets a reader who asks for what came after an id miss nothing under eight writers", async () => {
    const chat = incoming();
    const { conversationId } = await messages.receive(chat);
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 10; n++) {
        if (writer % 2 === 0) await messages.receive({ ...chat, externalId: `${writer}:${n}` });
        else await enqueue(conversationId, [`${writer}:${n}`]);
      }
    });
    const seen: number[] = [];
    let isWriting = true;
    const written = Promise.all(writers).then(() => {
      isWriting = false;
    });
    for (let isLast = false; !isLast; ) {
      isLast = !isWriting;
      for (const { id } of await messages.transcript("telegram", chat.chatId, seen.at(-1) ?? 0))
        seen.push(id);
    }
    await written;
    expect(seen).toHaveLength(81);
  });
});

describe("claiming", () => {
  it("takes the oldest message, and of one chat only its first open one", async () => {
    const chat = incoming();
    const first = await messages.receive(chat);
    const second = await messages.receive({ ...chat, externalId: "second" });
    const other = await messages.receive(incoming());
    expect((await claimed("in", "a")).id).toBe(first.id);
    expect((await claimed("in", "b")).id).toBe(other.id);
    expect(await messages.claim("in", "c")).toBeNull();
    await finish(first.id, "a");
    expect((await claimed("in", "c")).id).toBe(second.id);
  });

  it("takes several at once: the oldest of as many chats, and never two of one chat", async () => {
    const chats = Array.from({ length: 4 }, () => incoming());
    const ids: number[] = [];
    for (const chat of chats) {
      ids.push((await messages.receive(chat)).id);
      await messages.receive({ ...chat, externalId: "second" });
    }
    const [three, rest] = [await messages.claimSome("in", "a", 3), await messages.claimSome("in", "b", 9)];
    expect(three.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(3));
  });

  it("keeps the two directions of a chat apart", async () => {
    const { id, conversationId } = await messages.receive(incoming());
    const [reply, next] = await enqueue(conversationId, ["one", "two"]);
    expect((await claimed("in", "a")).id).toBe(id);
    expect((await claimed("out", "a")).id).toBe(reply);
    expect(await messages.claim("out", "a")).toBeNull();
    await messages.recordDelivery(reply ?? 0, "a", { outcome: "sent", providerId: null });
    expect((await claimed("out", "a")).id).toBe(next);
  });

  it("brings what answering needs", async () => {
    const message = incoming({ attachment: { kind: "voice", reference: null } });
    const { conversationId } = await messages.receive(message);
    await database.pool.query(
      "update conversations set held_by_staff = true, state = '{\"greeted\": true}' where id = $1",
      [conversationId],
    );
    expect(await claimed("in", "a")).toMatchObject({
      conversationId,
      channel: "telegram",
      chatId: message.chatId,
      key: message.externalId,
      text: message.text,
      attachment: message.attachment,
      choices: [],
      state: { greeted: true, intake: null },
      heldByStaff: true,
      errors: 0,
    });
  });

  it("never gives one message to two owners", async () => {
    const other = await openDatabase({ url: fresh.url, dataDir: "", log: () => {} });
    await Promise.all(Array.from({ length: 40 }, () => messages.receive(incoming())));
    const owners = [messages, new MessageStore(other)];
    const taken = await Promise.all(
      Array.from({ length: 60 }, (_, n) => owners[n % 2]?.claim("in", `owner-${n}`)),
    );
    await other.close();
    const ids = taken.flatMap((message) => (message ? [message.id] : []));
    expect(new Set(ids).size).toBe(ids.length);
    for (let more = await messages.claim("in", "rest"); more; more = await messages.claim("in", "rest"))
      ids.push(more.id);
    expect(new Set(ids).size).toBe(40);
    expect(ids).toHaveLength(40);
  });
});

describe("a lease", () => {
  it("gives a message to the next owner when it has run out, and does not count as an error", async () => {
    const { id } = await messages.receive(incoming());
    await claimed("in", "dead");
    expect(await messages.claim("in", "next")).toBeNull();
    await expireLeases(database);
    expect(await messages.claim("in", "next")).toMatchObject({ id, errors: 0 });
    expect(await messageRow(database, id)).toMatchObject({ leases: 2, errors: 0, status: "open" });
  });

  it("that runs out again and again makes its message a suspect, which the usual claim leaves alone", async () => {
    const { id } = await messages.receive(incoming());
    for (let n = 0; n < 4; n++) {
      expect((await claimed("in", `crash-${n}`)).id).toBe(id);
      await expireLeases(database);
    }
    expect(await messages.claim("in", "next")).toBeNull();
    expect(await messageRow(database, id)).toMatchObject({ status: "open", errors: 0, crashes: 3 });
    await database.pool.query("update messages set status = 'done' where id = $1", [id]);
  });

  it("lasts about ten seconds and begins anew with a renewal", async () => {
    const { id } = await messages.receive(incoming());
    await claimed("in", "a");
    const lasting =
      "select extract(epoch from lease_until - now())::int as seconds from messages where id = $1";
    const before = await database.pool.query(lasting, [id]);
    expect(before.rows[0].seconds).toBeGreaterThan(7);
    expect(before.rows[0].seconds).toBeLessThanOrEqual(10);
    await expireLeases(database);
    await messages.renew(id, "a");
    expect((await database.pool.query(lasting, [id])).rows[0].seconds).toBeGreaterThan(7);
  });

  it("keeps the old owner from writing anything after another took the message over", async () => {
    const { id } = await messages.receive(incoming());
    await claimed("in", "old");
    await expireLeases(database);
    await claimed("in", "new");
    const before = await messageRow(database, id);
    await expect(finish(id, "old")).rejects.toThrow(LostLease);
    await expect(fail(id, "old")).rejects.toThrow(LostLease);
    await expect(messages.renew(id, "old")).rejects.toThrow(LostLease);
    await expect(messages.recordDelivery(id, "old", SENT)).rejects.toThrow(LostLease);
    await expect(messages.recordDelivery(id, "old", RETRY)).rejects.toThrow(LostLease);
    expect(await messageRow(database, id)).toEqual(before);
    await finish(id, "new");
  });

  it("keeps its owner from finishing a message twice", async () => {
    const { id } = await messages.receive(incoming());
    await claimed("in", "a");
    await finish(id, "a");
    await expect(finish(id, "a")).rejects.toThrow(LostLease);
    await expect(fail(id, "a")).rejects.toThrow(LostLease);
  });

  it("is let go for all messages at once when the only process starts anew", async () => {
    const { id } = await messages.receive(incoming());
    await claimed("in", "dead");
    await messages.freeAll();
    expect((await claimed("in", "alive")).id).toBe(id);
  });
});

const SENT: Delivery = { outcome: "sent", providerId: "55" };
const RETRY: Delivery = { outcome: "retry", afterSeconds: 30, reason: "bận" };

describe("a message that throws", () => {
  it("is tried again after 1, 2, 4 and 8 seconds and is dead after the fifth error", async () => {
    const { id } = await messages.receive(incoming());
    const waits: number[] = [];
    for (let n = 1; n < ERRORS_UNTIL_DEAD; n++) {
      await claimed("in", "a");
      expect(await fail(id, "a")).toBe(false);
      expect(await messages.claim("in", "a")).toBeNull();
      const { rows } = await database.pool.query(
        "select round(extract(epoch from due_at - now()))::int as wait from messages where id = $1",
        [id],
      );
      waits.push(rows[0].wait);
      await passWaits(database);
    }
    expect(waits).toEqual([1, 2, 4, 8]);
    await claimed("in", "a");
    expect(await fail(id, "a")).toBe(true);
    expect(await messageRow(database, id)).toMatchObject({
      status: "dead",
      errors: ERRORS_UNTIL_DEAD,
      reason: "Error: no",
      finished_at: expect.any(Date),
    });
  });

  it("holds up its own chat while it waits, and no other; dead, it holds up nobody", async () => {
    const chat = incoming();
    const poison = await messages.receive(chat);
    const behind = await messages.receive({ ...chat, externalId: "behind" });
    await claimed("in", "a");
    await fail(poison.id, "a");
    const other = await messages.receive(incoming());
    expect((await claimed("in", "a")).id).toBe(other.id);
    expect(await messages.claim("in", "a")).toBeNull();
    await database.pool.query("update messages set errors = 4 where id = $1", [poison.id]);
    await passWaits(database);
    await claimed("in", "a");
    await fail(poison.id, "a");
    expect((await claimed("in", "a")).id).toBe(behind.id);
  });
});

describe("outgoing rows", () => {
  it("are added once per key, with what they belong to", async () => {
    const { conversationId } = await messages.receive(incoming());
    const [first] = await enqueue(conversationId, ["message:1:0"]);
    expect(await enqueue(conversationId, ["message:1:0"])).toEqual([first]);
    const choices = ["Gửi", "Hủy"];
    await database.tx((client) =>
      messages.enqueue(client, conversationId, [
        outgoing({ key: "k", reply: { text: "Gửi chứ?", choices } }),
      ]),
    );
    const { rows } = await database.pool.query(
      "select author, text, choices, direction, status from messages where key = 'k' and conversation_id = $1",
      [conversationId],
    );
    expect(rows).toEqual([{ author: "bot", text: "Gửi chứ?", choices, direction: "out", status: "open" }]);
  });

  it("are gone when their transaction is", async () => {
    const { conversationId } = await messages.receive(incoming());
    const failing = database.tx(async (client) => {
      await messages.enqueue(client, conversationId, [outgoing()]);
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await messages.claim("out", "a")).toBeNull();
  });
});

describe("what became of a delivery", () => {
  async function deliver(delivery: Delivery): Promise<Record<string, unknown>> {
    const { conversationId } = await messages.receive(incoming());
    const [id = 0] = await enqueue(conversationId, ["only"]);
    await claimed("out", "a");
    await messages.recordDelivery(id, "a", delivery);
    return messageRow(database, id);
  }

  it("is a sent row with the provider's id", async () => {
    expect(await deliver(SENT)).toMatchObject({
      status: "done",
      provider_id: "55",
      reason: null,
      finished_at: expect.any(Date),
    });
  });

  it("is an open row that waits when it was surely not delivered", async () => {
    const row = await deliver(RETRY);
    expect(row).toMatchObject({ status: "open", reason: "bận", finished_at: null, errors: 0 });
    expect(await messages.claim("out", "a")).toBeNull();
    await passWaits(database);
    expect((await claimed("out", "a")).id).toBe(row.id);
  });

  it.each([
    { outcome: "refused", reason: "đã chặn" } as const,
    { outcome: "uncertain", reason: "hết giờ" } as const,
  ])("is never sent again when it was $outcome", async (delivery) => {
    const row = await deliver(delivery);
    expect(row).toMatchObject({
      status: delivery.outcome,
      reason: delivery.reason,
      finished_at: expect.any(Date),
    });
    await passWaits(database);
    expect(await messages.claim("out", "a")).toBeNull();
  });

  it("is sent again where a repeat costs nothing, and left to staff after the third time", async () => {
    const doubtful = { outcome: "uncertain", reason: "đứt kết nối", mayRepeat: true } as const;
    const row = await deliver(doubtful);
    for (let sends = 2; sends <= SENDS_IN_DOUBT; sends++) {
      expect(await messageRow(database, row.id as number)).toMatchObject({
        status: "open",
        reason: "đứt kết nối",
        finished_at: null,
      });
      expect(await messages.claim("out", "a")).toBeNull();
      await passWaits(database);
      expect((await claimed("out", "a")).id).toBe(row.id);
      await messages.recordDelivery(row.id as number, "a", doubtful);
    }
    expect(await messageRow(database, row.id as number)).toMatchObject({
      status: "uncertain",
      finished_at: expect.any(Date),
    });
    await passWaits(database);
    expect(await messages.claim("out", "a")).toBeNull();
  });
});

describe("the transcript", () => {
  it("gives the lines of one chat after an id, oldest first, at most as many as asked for", async () => {
    const chat = incoming({ text: "một" });
    const { id, conversationId } = await messages.receive(chat);
    await enqueue(conversationId, ["hai", "ba"]);
    await messages.receive(incoming({ text: "chat khác" }));
    const texts = async (after: number, limit?: number) =>
      (await messages.transcript("telegram", chat.chatId, after, limit)).map(({ text }) => text);
    expect(await texts(0)).toEqual(["một", "hai", "ba"]);
    expect(await texts(id)).toEqual(["hai", "ba"]);
    expect(await texts(id, 1)).toEqual(["hai"]);
    expect(await messages.transcript("web-chat", chat.chatId, 0)).toEqual([]);
  });

  it("shows the outcome and the trace of an answered message", async () => {
    const chat = incoming();
    const { id } = await messages.receive(chat);
    await claimed("in", "a");
    await finish(id, "a");
    expect(await messages.transcript("telegram", chat.chatId, 0)).toMatchObject([
      { author: "member", outcome: "answered", trace: { why: "test" }, status: "done" },
    ]);
  });

  it("counts what is still to be handled in a chat", async () => {
    const chat = incoming();
    expect(await messages.openIn("telegram", chat.chatId)).toBe(0);
    const { id, conversationId } = await messages.receive(chat);
    await messages.receive({ ...chat, externalId: "second" });
    await enqueue(conversationId, ["out"]);
    expect(await messages.openIn("telegram", chat.chatId)).toBe(2);
    await claimed("in", "a");
    await finish(id, "a");
    expect(await messages.openIn("telegram", chat.chatId)).toBe(1);
  });
});
