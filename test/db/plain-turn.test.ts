import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConversationState } from "../../src/conversation/state.ts";
import type { ClaimedMessage } from "../../src/db/claims.ts";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { commitPlainTurn, type PlainTurn } from "../../src/db/plain-turn.ts";
import { receiveMessage } from "../../src/db/receive.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { incoming, messageRow, outgoing } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
});
afterAll(() => fresh.drop());

async function heldMessage(given = incoming()): Promise<ClaimedMessage> {
  const { held } = await receiveMessage(database, given, "us");
  if (!held) throw new Error("the message is not held");
  return held;
}

function says(...texts: string[]): PlainTurn {
  return {
    outcome: "answered",
    trace: { why: "test" },
    cited: [],
    edition: null,
    state: ConversationState.parse({ greeted: true }),
    outgoing: texts.map((text, n) => ({ key: `reply:${text}:${n}`, reply: { text, choices: ["Có"] } })),
  };
}

async function chatOf({ conversationId }: ClaimedMessage) {
  const { rows } = await database.pool.query(
    `select m.direction, m.author, m.text, m.choices, m.status, m.lease_owner as holder, c.state ->> 'greeted' as greeted
     from messages m join conversations c on c.id = m.conversation_id where c.id = $1 order by m.id`,
    [conversationId],
  );
  return rows;
}

describe("a Turn that only says something", () => {
  it("is committed whole, and its first reply is held to be sent at once", async () => {
    const message = await heldMessage();
    const committed = await commitPlainTurn(database, message, "us", says("một", "hai"), true);
    expect(await chatOf(message)).toMatchObject([
      { direction: "in", status: "done", greeted: "true" },
      { direction: "out", author: "bot", text: "một", choices: ["Có"], status: "open", holder: "us" },
      { direction: "out", text: "hai", status: "open", holder: null },
    ]);
    expect(committed).toMatchObject({
      isMoreDue: false,
      held: {
        chatId: message.chatId,
        channel: "telegram",
        text: "một",
        choices: ["Có"],
        errors: 0,
        crashes: 0,
      },
    });
    expect(await messageRow(database, committed?.held?.id ?? 0)).toMatchObject({ text: "một", leases: 1 });
    expect(await messageRow(database, message.id)).toMatchObject({
      outcome: "answered",
      trace: { why: "test" },
    });
  });

  it("leaves its replies to whoever is free where it is told to", async () => {
    const message = await heldMessage();
    expect(await commitPlainTurn(database, message, "us", says("một"), false)).toMatchObject({ held: null });
    expect((await chatOf(message))[1]).toMatchObject({ status: "open", holder: null });
  });

  it("holds no reply before an earlier one of its chat is out", async () => {
    const message = await heldMessage();
    await database.tx((client) =>
      new MessageStore(database).enqueue(client, message.conversationId, [outgoing({ author: "staff" })]),
    );
    expect(await commitPlainTurn(database, message, "us", says("một"), true)).toMatchObject({ held: null });
  });

  it("tells that the member wrote again meanwhile", async () => {
    const given = incoming();
    const message = await heldMessage(given);
    await receiveMessage(database, { ...given, externalId: "again" }, "us");
    expect(await commitPlainTurn(database, message, "us", says("một"), true)).toMatchObject({
      isMoreDue: true,
    });
  });

  it("notes what it cited", async () => {
    const message = await heldMessage();
    await commitPlainTurn(database, message, "us", { ...says("một"), cited: ["a#1", "a#2", "a#1"] }, true);
    const { rows } = await database.pool.query(
      "select passage, edition_id from answer_citations where message_id = $1 order by passage",
      [message.id],
    );
    expect(rows).toEqual([
      { passage: "a#1", edition_id: null },
      { passage: "a#2", edition_id: null },
    ]);
  });

  it("adds no second reply under a key that there is already", async () => {
    const message = await heldMessage();
    await database.tx((client) =>
      new MessageStore(database).enqueue(client, message.conversationId, [outgoing({ key: "reply:một:0" })]),
    );
    expect(await commitPlainTurn(database, message, "us", says("một"), true)).toMatchObject({ held: null });
    expect(await chatOf(message)).toHaveLength(2);
  });

  it.each([
    ["somebody else holds the message", "lease_owner = 'another process'"],
    ["it is finished already", "status = 'done'"],
  ])("changes nothing when %s", async (_, change) => {
    const message = await heldMessage();
    await database.pool.query(`update messages set ${change} where id = $1`, [message.id]);
    expect(await commitPlainTurn(database, message, "us", says("một"), true)).toBeNull();
    expect(await chatOf(message)).toMatchObject([{ direction: "in", greeted: null }]);
  });

  it("changes nothing when staff changed the state of the chat meanwhile", async () => {
    const message = await heldMessage();
    await database.pool.query(`update conversations set state = '{"greeted": false}' where id = $1`, [
      message.conversationId,
    ]);
    expect(await commitPlainTurn(database, message, "us", says("một"), true)).toBeNull();
    expect(await chatOf(message)).toMatchObject([{ direction: "in", status: "open" }]);
  });
});
