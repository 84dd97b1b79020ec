import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../src/db/database.ts";
import { FailedMessageStore } from "../src/db/failed-messages.ts";
import { MessageStore } from "../src/db/messages.ts";
import { createSuspects } from "../src/suspects.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createRig } from "./support/pipeline-rig.ts";
import { incoming, messageRow, outgoing } from "./support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let messages: MessageStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  messages = new MessageStore(database);
});
afterEach(() => database.pool.query("update messages set status = 'done'"));
afterAll(() => fresh.drop());

/** The step that works on suspects, beside a pipeline that echoes. */
function open() {
  const rig = createRig(database, { owner: "a" });
  const logged: unknown[] = [];
  const log = { error: (...entry: unknown[]) => void logged.push(entry) } as never;
  return {
    rig,
    logged,
    step: createSuspects({ database, messages, pipeline: rig.pipeline, owner: "a", log }),
  };
}

async function heldAtCrashes(crashes: number): Promise<{ id: number; chat: number }> {
  const { id, conversationId } = await messages.receive(incoming({ text: "nghi ngờ" }));
  await database.pool.query("update messages set crashes = $2 where id = $1", [id, crashes]);
  return { id, chat: conversationId };
}

const repliesIn = async (chat: number) =>
  (
    await database.pool.query(
      "select key, text from messages where conversation_id = $1 and direction = 'out'",
      [chat],
    )
  ).rows;

describe("work on suspects", () => {
  it("says that there is nothing to do when nothing is suspected", async () => {
    await heldAtCrashes(2);
    expect(await open().step()).toBe(false);
  });

  it("answers a suspect as any other message", async () => {
    const { id, chat } = await heldAtCrashes(49);
    expect(await open().step()).toBe(true);
    expect(await messageRow(database, id)).toMatchObject({ status: "done", outcome: "answered" });
    expect(await repliesIn(chat)).toEqual([{ key: `message:${id}:0`, text: "Trả lời: nghi ngờ" }]);
  });

  it("buries what was held at fifty crashes, tells its member, and shows it to staff", async () => {
    const { id, chat } = await heldAtCrashes(50);
    const { step, logged } = open();
    expect(await step()).toBe(true);
    expect(await messageRow(database, id)).toMatchObject({ status: "dead", errors: 0 });
    expect(await repliesIn(chat)).toEqual([
      { key: `message:${id}:0`, text: expect.stringContaining("bà con") },
    ]);
    expect((await new FailedMessageStore(database).list(null)).map((one) => one.id)).toContain(id);
    expect(JSON.stringify(logged)).not.toContain("nghi ngờ");
  });

  it("is done with a message that staff send again, which begins without crashes", async () => {
    const { id, chat } = await heldAtCrashes(50);
    const { step, rig } = open();
    await step();
    await database.tx((client) => new FailedMessageStore(database).reopen(client, id));
    expect(await messageRow(database, id)).toMatchObject({ status: "open", crashes: 0 });
    expect(await rig.pipeline.handleNext()).toBe(true);
    expect((await repliesIn(chat)).map(({ text }) => text)).toContain("Trả lời: nghi ngờ");
  });

  it("buries a reply at whose sending the process died, and writes no apology for it", async () => {
    const { id, chat } = await heldAtCrashes(0);
    await database.pool.query("update messages set status = 'done' where id = $1", [id]);
    await database.tx((client) => messages.enqueue(client, chat, [outgoing()]));
    await database.pool.query(
      "update messages set crashes = 50 where conversation_id = $1 and direction = 'out'",
      [chat],
    );
    expect(await open().step()).toBe(true);
    const { rows } = await database.pool.query(
      "select status from messages where conversation_id = $1 and direction = 'out'",
      [chat],
    );
    expect(rows).toEqual([{ status: "dead" }]);
  });
});
