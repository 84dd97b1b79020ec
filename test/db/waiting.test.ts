import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ConversationStore } from "../../src/db/conversations.ts";
import type { Database } from "../../src/db/database.ts";
import { LostLease, MessageStore } from "../../src/db/messages.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { expireLeases, incoming, messageRow, outgoing } from "../support/samples.ts";

const WAITING = { outcome: "waiting", reason: "hết cửa sổ" } as const;
const SENT = { outcome: "sent", providerId: "55" } as const;
let fresh: FreshDatabase;
let database: Database;
let messages: MessageStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  messages = new MessageStore(database);
});
afterEach(() =>
  database.pool.query("update messages set status = 'done' where status in ('open', 'waiting')"),
);
afterAll(() => fresh.drop());

/** A chat whose member wrote and was answered, with replies still to be sent. */
async function chatWith(...texts: string[]) {
  const first = incoming();
  const { conversationId } = await messages.receive(first);
  await database.pool.query("update messages set status = 'done' where conversation_id = $1", [
    conversationId,
  ]);
  await database.tx((client) =>
    messages.enqueue(
      client,
      conversationId,
      texts.map((text) => outgoing({ key: text, reply: { text, choices: [] } })),
    ),
  );
  return { conversationId, says: (externalId: string) => messages.receive({ ...first, externalId }), first };
}

async function next(owner = "a") {
  return messages.claim("out", owner);
}

async function waitOne(owner = "a"): Promise<number> {
  const message = await next(owner);
  if (!message) throw new Error("nothing to send");
  await messages.recordDelivery(message.id, owner, WAITING);
  return message.id;
}

const row = (id: number) => messageRow(database, id);

describe("a reply outside the provider's window", () => {
  it("waits with its reason, is not claimed, and is not finished", async () => {
    await chatWith("một");
    const id = await waitOne();
    expect(await row(id)).toMatchObject({ status: "waiting", reason: "hết cửa sổ", finished_at: null });
    await expireLeases(database);
    expect(await next()).toBeNull();
  });

  it("does not hold up what comes after it in its chat", async () => {
    await chatWith("một", "hai");
    await waitOne();
    expect((await next())?.text).toBe("hai");
  });

  it("is sent once when the member writes again, before what is newer, and wakes the senders", async () => {
    const notices: string[] = [];
    const stop = await database.listen("messages", (payload) => void notices.push(payload));
    const chat = await chatWith("một", "hai");
    const ids = [await waitOne(), await waitOne()];
    notices.length = 0;
    await chat.says("again");
    await expect.poll(() => notices).toContain("out");
    await stop();
    for (const id of ids) {
      const message = await next();
      expect(message?.id).toBe(id);
      await messages.recordDelivery(id, "a", SENT);
      expect(await row(id)).toMatchObject({ status: "done", reason: null, provider_id: "55" });
    }
    await chat.says("and again");
    expect(await next()).toBeNull();
  });

  it("is not woken by a repeat of a message, nor by another chat", async () => {
    const chat = await chatWith("một");
    const id = await waitOne();
    await messages.receive(chat.first);
    await messages.receive(incoming());
    expect(await row(id)).toMatchObject({ status: "waiting" });
  });

  it("is woken in the transaction of the member's message or not at all", async () => {
    const chat = await chatWith("một");
    const id = await waitOne();
    await database.pool.query(
      "alter table messages add constraint no_more check (key <> 'unwanted') not valid",
    );
    await expect(chat.says("unwanted")).rejects.toThrow("no_more");
    await database.pool.query("alter table messages drop constraint no_more");
    expect(await row(id)).toMatchObject({ status: "waiting" });
  });

  it("stays open when the member wrote while the provider was asked, and may wait after the next try", async () => {
    const chat = await chatWith("một");
    const message = await next();
    await chat.says("meanwhile");
    await messages.recordDelivery(message?.id ?? 0, "a", WAITING);
    expect(await row(message?.id ?? 0)).toMatchObject({ status: "open" });
    await waitOne("b");
    expect(await row(message?.id ?? 0)).toMatchObject({ status: "waiting" });
  });

  it("is recorded only by who holds it", async () => {
    await chatWith("một");
    const message = await next();
    await expireLeases(database);
    await next("b");
    await expect(messages.recordDelivery(message?.id ?? 0, "a", WAITING)).rejects.toThrow(LostLease);
  });

  it("is never lost between a hundred members who write at the very moment it is put aside", async () => {
    for (let n = 0; n < 100; n++) {
      const chat = await chatWith("một");
      const message = await next();
      await Promise.all([messages.recordDelivery(message?.id ?? 0, "a", WAITING), chat.says("now")]);
      expect(await row(message?.id ?? 0)).toMatchObject({ status: "open" });
      await database.pool.query("update messages set status = 'done' where status = 'open'");
    }
  });

  it("is given up when its member has his data erased", async () => {
    const chat = await chatWith("một");
    const id = await waitOne();
    await database.tx((client) => new ConversationStore(database).erase(client, chat.conversationId));
    expect(await row(id)).toMatchObject({ status: "refused", finished_at: expect.any(Date) });
  });
});
