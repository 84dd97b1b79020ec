import type { History, Row } from "./history.ts";
import { explainRepeats, type Repeats } from "./repeats.ts";

/** What must not be after a run; every figure has to be 0. */
export type Violations = {
  /** Accepted with a 2xx, and not there, or not handled. */
  lost: number;
  /** Stored more often than it was written. */
  repeated: number;
  /** Handled without a whole reply. */
  unanswered: number;
  /** Counted as sent, and Telegram never delivered it. */
  undelivered: number;
  /** Buried, refused or left in doubt, though nothing asked for it. */
  failed: number;
  /** Neither handled nor sent by the end. */
  stuck: number;
  /** Words of one member stored for another or told to another. */
  wrongChat: number;
  /** Delivered, and no reply of ours has these words. */
  phantom: number;
  /** Messages handled, or replies first delivered, in another order than they were written. */
  inversions: number;
  /** A code that a member was told, or a filed message, without its petition. */
  petitionsLost: number;
  /** The same petition twice, or one that nobody filed. */
  petitionsDoubled: number;
  /** A reply that came twice for no reason. */
  unexplainedRepeats: number;
};

export type Inspection = { violations: Violations; repeats: Repeats };

type Expected = {
  /** Tells messages whose failing is the point of the run. */
  mayFail?: (row: Row) => boolean;
};

/** The outcome of a message with which a petition was filed. */
const FILED = "petition_received";
const CODE = /KN-(?!XXXXXX)[0-9A-Z]{6}/g;
const MARK = /\[m(\d+)-\d+\]/g;

/** Holds against each other what Telegram saw, what is stored, and what members were told. */
export function inspect(history: History, { mayFail = () => false }: Expected = {}): Inspection {
  const { rows, petitions } = history;
  const incoming = rows.filter(({ direction }) => direction === "in");
  const outgoing = rows.filter(({ direction }) => direction === "out");
  const byKey = new Map(incoming.map((row) => [row.key, row]));
  const repliesTo = new Map<number, Row[]>();
  for (const row of outgoing) {
    const cause = Number(/^message:(\d+):/.exec(row.key)?.[1] ?? 0);
    repliesTo.set(cause, [...(repliesTo.get(cause) ?? []), row]);
  }
  const handled = incoming.filter(({ status }) => status === "done");
  const repeats = explainRepeats(history);
  const origins = new Set(petitions.map(({ origin }) => origin));
  const isHandled = (key: string) => {
    const row = byKey.get(key);
    return row !== undefined && (row.status === "done" || mayFail(row));
  };

  const violations: Violations = {
    lost: count(acceptedKeys(history), (key) => !isHandled(key)),
    repeated: incoming.length - count([...writtenKeys(history)], (key) => byKey.has(key)),
    unanswered: count(handled, ({ id }) => !isWhole(id, repliesTo.get(id) ?? [])),
    undelivered: count(outgoing, (row) => row.status === "done" && !repeats.deliveries.has(row.id)),
    failed: count(rows, (row) => !["done", "open"].includes(row.status) && !mayFail(row)),
    stuck: count(rows, ({ status }) => status === "open"),
    wrongChat: wrongChats(history),
    phantom: repeats.phantoms.length,
    inversions: inversions(incoming, outgoing, repeats),
    petitionsLost:
      codesWithoutPetition(history) + count(handled, (row) => isFiled(row) && !origins.has(originOf(row))),
    petitionsDoubled:
      petitions.length -
      new Set(petitions.map(({ content }) => content)).size +
      count(petitions, ({ origin }) => !handled.some((row) => isFiled(row) && originOf(row) === origin)),
    unexplainedRepeats: repeats.unexplained.length,
  };
  return { violations, repeats };
}

const isFiled = ({ outcome }: Row): boolean => outcome === FILED;
const originOf = ({ id }: Row): string => `message:${id}`;

/** The keys under which what Telegram saw accepted has to be stored. */
function acceptedKeys({ pushes }: History): string[] {
  return pushes.filter(({ acceptedAt }) => acceptedAt !== null).flatMap(keyOf);
}

function writtenKeys({ pushes }: History): Set<string> {
  return new Set(pushes.flatMap(keyOf));
}

function keyOf({ chat, messageId }: History["pushes"][number]): string[] {
  return messageId === null ? [] : [`message:${chat}:${messageId}`];
}

function isWhole(id: number, replies: Row[]): boolean {
  return replies.length > 0 && replies.every(({ key }, n) => key === `message:${id}:${n}`);
}

function wrongChats({ rows, sent }: History): number {
  const overheard = (chat: string, text: string) =>
    [...text.matchAll(MARK)].some(([, member]) => String(700_000 + Number(member)) !== chat);
  return count([...rows, ...sent], ({ chat, text }) => overheard(chat, text));
}

function codesWithoutPetition({ petitions, sent }: History): number {
  const known = new Set(petitions.map(({ code, chat }) => `${chat} ${code}`));
  const told = new Set(
    sent.flatMap(({ chat, text }) => [...text.matchAll(CODE)].map(([code]) => `${chat} ${code}`)),
  );
  return count([...told], (code) => !known.has(code));
}

function inversions(incoming: Row[], outgoing: Row[], { deliveries }: Repeats): number {
  const written = (row: Row) => Number(row.key.split(":")[2]);
  const delivered = (row: Row) => deliveries.get(row.id)?.[0]?.at ?? null;
  return descents(incoming, written) + descents(outgoing, delivered);
}

/** How often a number is smaller than the one before it in the same chat. */
function descents(rows: Row[], numberOf: (row: Row) => number | null): number {
  const last = new Map<string, number>();
  return count(rows, (row) => {
    const number = numberOf(row);
    if (number === null || Number.isNaN(number)) return false;
    const before = last.get(row.chat) ?? Number.NEGATIVE_INFINITY;
    last.set(row.chat, number);
    return number < before;
  });
}

function count<T>(items: readonly T[], isIt: (item: T) => boolean): number {
  return items.filter(isIt).length;
}
