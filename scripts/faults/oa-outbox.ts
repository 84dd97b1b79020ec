import { setTimeout as sleep } from "node:timers/promises";
import { lockChat } from "../../src/db/chats.ts";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { type Oa, oaUser } from "./oa.ts";

/** A send that found no token is tried again after a minute. */
const PATIENCE_MS = 180_000;
const LOOK_EVERY_MS = 10;

/** Chats of members who have just written, as Zalo lets nobody else be written to; what they wrote is not posted. */
export async function openChats(oa: Oa, database: Database, count: number): Promise<number[]> {
  oa.poster.postTo(async () => ({ status: 200 }));
  const chats: number[] = [];
  for (let number = 1; number <= count; number++) {
    await oa.member(oaUser(number)).says("xin chào");
    chats.push(await database.tx((client) => lockChat(client, "zalo-oa", oaUser(number))));
  }
  return chats;
}

/** Puts a message into the outbox of every chat, all in one moment; resolves with their key. */
export async function sendToEach(database: Database, chats: number[], key: string): Promise<string> {
  const messages = new MessageStore(database);
  const reply = { text: "Kiến nghị của bà con đã được trả lời.", choices: [] };
  await database.tx(async (client) => {
    for (const chat of chats) await messages.enqueue(client, chat, [{ key, author: "bot", reply }]);
  });
  return key;
}

/** Resolves with the number of processes that sent them. */
export async function untilSent({ pool }: Database, key: string, withinMs = PATIENCE_MS): Promise<number> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
    const { rows } = await pool.query<{ left: number; senders: number }>(
      `select count(*) filter (where status <> 'done')::int as left, count(distinct lease_owner)::int as senders
       from messages where key = $1`,
      [key],
    );
    if (rows[0]?.left === 0) return rows[0].senders;
  }
  const { rows } = await pool.query("select distinct status, reason from messages where key = $1", [key]);
  throw new Error(`${key} was not sent: ${JSON.stringify(rows)}`);
}
