import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { receiveMessage } from "../../src/db/receive.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { incoming, messageRow } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
});
afterAll(() => fresh.drop());

const OTHERS_CLAIM = async () => new MessageStore(database).claimSome("in", "another process", 100);

describe("a message that its receiver can handle at once", () => {
  it("is held by him from the first, with all that handling needs, and nobody else takes it", async () => {
    const message = incoming({ text: "vay vốn?", attachment: { kind: "photo", reference: "f1" } });
    const { id, conversationId, fresh, held } = await receiveMessage(database, message, "us");
    expect(fresh).toBe(true);
    expect(held).toEqual({
      id,
      conversationId,
      channel: "telegram",
      chatId: message.chatId,
      key: message.externalId,
      text: "vay vốn?",
      attachment: { kind: "photo", reference: "f1" },
      choices: [],
      state: expect.objectContaining({ greeted: false }),
      storedState: {},
      heldByStaff: false,
      pausedSince: null,
      errors: 0,
      crashes: 0,
    });
    expect((await OTHERS_CLAIM()).map((each) => each.id)).not.toContain(id);
    expect(await messageRow(database, id)).toMatchObject({ lease_owner: "us", leases: 1, crashes: 0 });
  });

  it("counts a crash when its receiver dies with it", async () => {
    const { id } = await receiveMessage(database, incoming(), "dead");
    await database.pool.query("update messages set lease_until = now() - interval '1 second' where id = $1", [
      id,
    ]);
    const [taken] = (await OTHERS_CLAIM()).filter((each) => each.id === id);
    expect(taken).toMatchObject({ id, crashes: 1 });
  });

  it("waits for what came before it in its chat", async () => {
    const first = incoming();
    await receiveMessage(database, first, "us");
    const second = await receiveMessage(database, { ...first, externalId: "later" }, "us");
    expect(second.held).toBeNull();
    expect(await messageRow(database, second.id)).toMatchObject({ lease_owner: null, status: "open" });
  });

  it("is never held beside another one of its chat, however many come at the same moment", async () => {
    const message = incoming();
    for (let round = 0; round < 5; round++) {
      const chatId = `${message.chatId}-${round}`;
      const all = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          receiveMessage(database, { ...message, chatId, externalId: String(n) }, `process ${n % 3}`),
        ),
      );
      const held = all.filter((each) => each.held !== null);
      expect(held.map(({ id }) => id)).toEqual([Math.min(...all.map(({ id }) => id))]);
    }
  });

  it("is not held again when it is sent again", async () => {
    const message = incoming();
    const first = await receiveMessage(database, message, "us");
    expect(await receiveMessage(database, message, "us")).toEqual({
      id: first.id,
      conversationId: first.conversationId,
      fresh: false,
      held: null,
    });
  });

  it("is only stored where its channel is switched off", async () => {
    await database.pool.query("update switches set is_on = false where name = 'zalo-bot'");
    const { held } = await receiveMessage(database, incoming({ channel: "zalo-bot" }), "us");
    expect(held).toBeNull();
  });

  it("knows that people hold its chat, and since when answers are paused", async () => {
    const first = incoming();
    const { conversationId, id } = await receiveMessage(database, first);
    await database.pool.query("update messages set status = 'done' where id = $1", [id]);
    await database.pool.query("update conversations set held_by_staff = true where id = $1", [
      conversationId,
    ]);
    await database.pool.query("update switches set is_on = false, since = now() where name = 'answers'");
    const { held } = await receiveMessage(database, { ...first, externalId: "next" }, "us");
    expect(held).toMatchObject({ heldByStaff: true, pausedSince: expect.any(Date) });
  });
});
