import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Respond } from "../src/conversation/respond.ts";
import type { Database } from "../src/db/database.ts";
import { MessageStore } from "../src/db/messages.ts";
import { type MessageLoops, startMessageLoops } from "../src/message-loops.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createRig } from "./support/pipeline-rig.ts";
import { incoming, turn } from "./support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
const running: MessageLoops[] = [];
beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
  await database.pool.query("update messages set status = 'done' where status = 'open'");
});
afterAll(() => fresh.drop());

async function start(given: Parameters<typeof createRig>[1] = {}) {
  const rig = createRig(database, given);
  const faults: unknown[] = [];
  const loops = await startMessageLoops({
    pipeline: rig.pipeline,
    database,
    onError: (error) => void faults.push(error),
  });
  running.push(loops);
  // Until it was looked once, somebody else's older messages may be waiting.
  await sleep(50);
  return { ...rig, faults, receive: loops.receive, stop: loops.stop };
}

describe("messages", () => {
  it("are answered where they came in, without being looked for", async () => {
    const messages = new MessageStore(database);
    vi.spyOn(messages, "claimSome").mockResolvedValue([]);
    const { receive, textsTo } = await start({ messages });
    await receive(incoming({ chatId: "at-once", text: "vay vốn?" }));
    await vi.waitFor(() => expect(textsTo("at-once")).toEqual(["Trả lời: vay vốn?"]));
  });

  it("of one chat are answered in their order, with all pieces of a long answer between", async () => {
    const long: Respond = async ({ text, state }) =>
      turn(text, {
        state,
        replies: ["a", "b", "c"].map((piece) => ({ text: `${text}${piece}`, choices: [] })),
      });
    const { receive, textsTo, faults } = await start({ respond: long });
    for (let n = 0; n < 5; n++)
      await receive(incoming({ chatId: "order", text: String(n), externalId: String(n) }));
    const all = [0, 1, 2, 3, 4].flatMap((n) => [`${n}a`, `${n}b`, `${n}c`]);
    await vi.waitFor(() => expect(textsTo("order")).toEqual(all), 5_000);
    expect(faults).toEqual([]);
  });

  it("beyond the hands of one process are answered all the same, each once, by two of them", async () => {
    const slow: Respond = async ({ text, state }) => sleep(10).then(() => turn(text, { state }));
    const [one, two] = [
      await start({ owner: "one", respond: slow }),
      await start({ owner: "two", respond: slow }),
    ];
    const chats = Array.from({ length: 60 }, (_, n) => `many-${n}`);
    await Promise.all(chats.map((chatId) => one.receive(incoming({ chatId, text: chatId }))));
    const answered = () => chats.map((chatId) => [...one.textsTo(chatId), ...two.textsTo(chatId)]);
    await vi.waitFor(() => expect(answered()).toEqual(chats.map((chatId) => [chatId])), 10_000);
  });

  it("that cannot be stored leave their hand free for the next", async () => {
    const { receive, messages, textsTo } = await start();
    const failing = vi.spyOn(messages, "receive").mockRejectedValue(new Error("the database is away"));
    for (let n = 0; n < 30; n++) await expect(receive(incoming())).rejects.toThrow("away");
    failing.mockRestore();
    await receive(incoming({ chatId: "after", text: "còn đó không" }));
    await vi.waitFor(() => expect(textsTo("after")).toEqual(["Trả lời: còn đó không"]));
  });

  it("that come after a stop are stored for whoever comes next", async () => {
    const { receive, stop, statuses } = await start();
    await stop();
    await receive(incoming({ chatId: "too late" }));
    expect(await statuses("too late")).toEqual(["member open"]);
  });
});
