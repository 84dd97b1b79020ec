import { randomInt, randomUUID } from "node:crypto";
import type { IncomingMessage } from "../../src/conversation/channel.ts";
import { ConversationState } from "../../src/conversation/state.ts";
import type { Turn } from "../../src/conversation/turn.ts";
import type { Database } from "../../src/db/database.ts";
import type { NewOutgoing } from "../../src/db/messages.ts";
import { makeCode } from "../../src/petitions/code.ts";
import type { NewPetition } from "../../src/petitions/petition.ts";

/** What a member sends; by default in a chat of its own. */
export function incoming(given: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    channel: "telegram",
    chatId: randomUUID(),
    externalId: randomUUID(),
    text: "Cho tôi hỏi về vốn vay",
    attachment: null,
    sentAt: new Date(),
    ...given,
  };
}

export function outgoing(given: Partial<NewOutgoing> = {}): NewOutgoing {
  return { key: randomUUID(), author: "bot", reply: { text: "Dạ có", choices: [] }, ...given };
}

export function newPetition(given: Partial<NewPetition> = {}): NewPetition {
  return {
    code: makeCode((n) => randomInt(n)),
    content: "Đường vào kho lúa hư nặng, xin hỗ trợ sửa trước vụ Đông Xuân.",
    stance: "kien-nghi",
    topic: "ha-tang",
    cooperative: "HTX Tân Thuận",
    commune: "Xã Tân Thuận",
    contact: "0900 000 000",
    ...given,
  };
}

/** A Turn that says one thing and changes nothing else. */
export function turn(text: string, given: Partial<Turn> = {}): Turn {
  return {
    replies: [{ text, choices: [] }],
    state: ConversationState.parse({}),
    outcome: "answered",
    trace: null,
    cited: [],
    edition: null,
    petition: null,
    act: null,
    files: null,
    handOver: false,
    erase: false,
    ...given,
  };
}

/** A member of staff; returns the id. */
export async function hire(database: Database, name = "Cán bộ Hoa"): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    "insert into staff (name, email, role, password_hash) values ($1, $2, 'staff', 'none') returning id",
    [name, `${randomUUID()}@xa.test`],
  );
  return rows[0]?.id ?? 0;
}

/** Lets every lease run out, as if its holder had died a while ago. */
export async function expireLeases(database: Database): Promise<void> {
  await database.pool.query(
    "update messages set lease_until = now() - interval '1 second' where status = 'open'",
  );
}

/** Lets every waiting time pass. */
export async function passWaits(database: Database): Promise<void> {
  await database.pool.query("update messages set due_at = now() where status = 'open'");
}

/** One message as its row stands. */
export async function messageRow(database: Database, id: number): Promise<Record<string, unknown>> {
  const { rows } = await database.pool.query("select * from messages where id = $1", [id]);
  return rows[0];
}
