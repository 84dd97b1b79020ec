import type { Replica } from "./replica.ts";
import { callerName, type World } from "./world.ts";

/** The dangerous moments that kills hit. */
export type Windows = {
  /** Before it was ready. */
  startUp: number;
  /** While Telegram waited for its 2xx. */
  inboxInsert: number;
  /** While it held a message that it was answering. */
  whileHandling: number;
  /** After a reply was stored and before it was sent. */
  storedNotSent: number;
  /** After Telegram had the reply and before it was marked. */
  sentNotMarked: number;
};

export function noWindows(): Windows {
  return { startUp: 0, inboxInsert: 0, whileHandling: 0, storedNotSent: 0, sentNotMarked: 0 };
}

type Held = { chat: string; direction: "in" | "out"; text: string };

const STILL_FRESH = 60;

/**
 * Ends a replica, and counts which dangerous moments that was, as the database and Telegram tell afterwards; resolves with the
 * chats whose messages it took with it.
 */
export async function lookAtVictim(
  world: World,
  victim: Replica,
  windows: Windows,
  end: () => Promise<unknown>,
): Promise<string[]> {
  const life = victim.lives.at(-1);
  const isReady = life !== undefined && life.readyAt !== null && life.endedAt === null;
  const failedBefore = failedPosts(world);
  await end();
  if (!isReady) {
    windows.startUp += 1;
    return [];
  }
  const { rows: held } = await world.pool.query<Held>(
    `select c.chat_id as chat, m.direction, m.text from messages m join conversations c on c.id = m.conversation_id
     where m.status = 'open' and m.lease_owner like $1`,
    [`${life.pid}-%`],
  );
  const texts = lastTexts(world, callerName(life.replica, life.life));
  const outgoing = held.filter(({ direction }) => direction === "out");
  const isDelivered = ({ text }: Held) => texts.has(text.trim());
  if (failedPosts(world) > failedBefore) windows.inboxInsert += 1;
  if (held.length > outgoing.length) windows.whileHandling += 1;
  if (outgoing.some(isDelivered)) windows.sentNotMarked += 1;
  if (!outgoing.every(isDelivered) || (await isReplyWaiting(world))) windows.storedNotSent += 1;
  return held.map(({ chat }) => chat);
}

/** What this caller delivered last. */
function lastTexts({ fake }: World, caller: string): Set<string> {
  const own = fake.calls
    .slice(-STILL_FRESH)
    .filter((call) => call.from === caller && call.done && call.method === "sendmessage");
  return new Set(own.map(({ payload }) => String(payload.text).trim()));
}

async function isReplyWaiting({ pool }: World): Promise<boolean> {
  const { rows } = await pool.query(
    "select from messages where status = 'open' and direction = 'out' and leases = 0 limit 1",
  );
  return rows.length > 0;
}

/** Posts of Telegram that came to nothing, among the last ones. */
function failedPosts({ pusher }: World): number {
  const isFailure = (status: number) => status >= 500 || status === 0;
  return pusher.pushes
    .slice(-STILL_FRESH)
    .reduce((sum, { statuses }) => sum + statuses.filter(isFailure).length, 0);
}
