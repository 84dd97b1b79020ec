import type pg from "pg";
import type { Call, FakeTelegram } from "../../test/support/fake-telegram.ts";
import type { Push } from "../../test/support/fake-telegram-push.ts";
import type { Life } from "./replica.ts";
import { callerName, type World } from "./world.ts";

/** A message as it is stored; times are milliseconds since the epoch, on the one clock of the machine. */
export type Row = {
  id: number;
  chat: string;
  direction: "in" | "out";
  key: string;
  text: string;
  status: string;
  outcome: string | null;
  leases: number;
  providerId: string | null;
  finishedAt: number | null;
};

export type Petition = { code: string; chat: string | null; origin: string; content: string };

/** One delivered message as Telegram knows it. */
export type Sent = {
  chat: string;
  messageId: string;
  text: string;
  at: number;
  /** Who sent it, and what then went wrong with the answer. */
  from: string;
  fault: string | null;
};

/** A time in which something was broken: a life of a replica was paused, or the database was away. */
export type Disturbance = { kind: "paused" | "databaseDown"; from: number; to: number; caller?: string };

/** Everything that a run left behind, told by the three who saw it: Telegram, the database, and who disturbed them. */
export type History = {
  pushes: Push[];
  rows: Row[];
  petitions: Petition[];
  sent: Sent[];
  lives: (Life & { caller: string })[];
  disturbances: Disturbance[];
};

/** Reads what the run left, once nothing is under way any more. */
export async function readHistory(world: World, disturbances: Disturbance[] = []): Promise<History> {
  return {
    pushes: world.pusher.pushes,
    rows: await readRows(world.pool),
    petitions: await readPetitions(world.pool),
    sent: sentOf(world.fake),
    lives: world.replicas.flatMap(({ lives }) =>
      lives.map((life) => ({ ...life, caller: callerName(life.replica, life.life) })),
    ),
    disturbances,
  };
}

async function readRows(pool: pg.Pool): Promise<Row[]> {
  const { rows } = await pool.query(
    `select m.id::int as id, c.chat_id as chat, m.direction, m.key, m.text, m.status, m.outcome, m.leases,
            m.provider_id as "providerId", (extract(epoch from m.finished_at) * 1000)::float8 as "finishedAt"
     from messages m join conversations c on c.id = m.conversation_id where c.channel = 'telegram' order by m.id`,
  );
  return rows;
}

async function readPetitions(pool: pg.Pool): Promise<Petition[]> {
  const { rows } = await pool.query(
    `select p.code, c.chat_id as chat, p.origin_key as origin, p.content
     from petitions p left join conversations c on c.id = p.conversation_id order by p.id`,
  );
  return rows;
}

/** The calls that delivered, in the order in which Telegram gave their messages out. */
function sentOf({ sent, calls }: FakeTelegram): Sent[] {
  const delivered = calls.filter(({ method, done }) => method === "sendmessage" && done);
  if (delivered.length !== sent.length) throw new Error("calls and messages of the fake differ");
  return sent.map((message, n) => toSent(message, delivered[n] as Call));
}

function toSent(message: FakeTelegram["sent"][number], { from, fault }: Call): Sent {
  return {
    chat: message.chatId,
    messageId: String(message.messageId),
    text: message.text,
    at: message.at,
    from,
    fault: fault?.kind ?? null,
  };
}
