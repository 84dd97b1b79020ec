import type { History, Row, Sent } from "./history.ts";

/** Why a member read a reply twice. */
export type Cause = "answerLost" | "killed" | "paused" | "databaseDown";

export type Repeats = {
  /** How many repeats each cause explains. */
  explained: Record<Cause, number>;
  /** Repeats that nothing explains. */
  unexplained: Sent[];
  /** Messages that no stored reply has the words of. */
  phantoms: Sent[];
  /** Every delivery of each stored reply, in the order in which they came. */
  deliveries: Map<number, Sent[]>;
};

/** The longest send, a lease, and what it takes until somebody looks again. */
const LONGEST_HOLD_MS = 30_000;
/** A send may take 15 s; what was paused on the way goes out afterwards. */
const LONGEST_SEND_MS = 16_000;
const LOSES_THE_ANSWER = new Set(["reset after delivery", "cut-off answer"]);

/**
 * Holds what Telegram delivered against the stored replies. The id that a reply was marked with tells its acknowledged delivery;
 * any other is a repeat, and must have its own cause: its answer was lost, its sender was killed or paused before it could mark
 * the reply, or the database was away.
 */
export function explainRepeats(history: History): Repeats {
  const rows = history.rows.filter(({ direction }) => direction === "out");
  const byChat = groupBy(rows, ({ chat }) => chat);
  const marked = new Map(rows.map((row) => [`${row.chat} ${row.providerId}`, row]));
  const repeats: Repeats = {
    explained: { answerLost: 0, killed: 0, paused: 0, databaseDown: 0 },
    unexplained: [],
    phantoms: [],
    deliveries: new Map(),
  };
  const unmarked: { sent: Sent; row: Row }[] = [];
  for (const sent of history.sent) {
    const own = marked.get(`${sent.chat} ${sent.messageId}`);
    const row = own ?? rowOf(sent, byChat.get(sent.chat) ?? []);
    if (!row) {
      repeats.phantoms.push(sent);
      continue;
    }
    repeats.deliveries.set(row.id, [...(repeats.deliveries.get(row.id) ?? []), sent]);
    if (!own) unmarked.push({ sent, row });
  }
  for (const { sent, row } of unmarked) {
    if ((repeats.deliveries.get(row.id)?.length ?? 0) < 2) continue;
    const cause = causeOf(sent, row, history);
    if (cause) repeats.explained[cause] += 1;
    else repeats.unexplained.push(sent);
  }
  return repeats;
}

/** The reply with these words whose turn it was then, or the last one before: people are told the same words again and again. */
function rowOf(sent: Sent, rows: Row[]): Row | undefined {
  const isOver = ({ finishedAt }: Row) => finishedAt !== null && finishedAt < sent.at;
  const same = rows.filter(({ text }) => text.trim() === sent.text);
  const open = same.find((row) => !isOver(row));
  const earlier = same.filter(isOver).at(-1);
  const isItsTurn = rows.every((row) => open === undefined || row.id >= open.id || isOver(row));
  return isItsTurn ? (open ?? earlier) : (earlier ?? open);
}

function causeOf({ from, at, fault }: Sent, row: Row, { lives, disturbances }: History): Cause | null {
  if (fault !== null && LOSES_THE_ANSWER.has(fault)) return "answerLost";
  const life = lives.find(({ caller }) => caller === from);
  const end = life?.signal === "SIGKILL" ? life.endedAt : null;
  const isKilled = end !== null && end >= at && end - at < LONGEST_HOLD_MS;
  if (isKilled && (row.finishedAt === null || row.finishedAt > end)) return "killed";
  const found = disturbances.find(
    (each) =>
      (each.caller === undefined || each.caller === from) &&
      each.from <= at + LONGEST_SEND_MS &&
      each.to >= at - LONGEST_SEND_MS,
  );
  return found?.kind ?? null;
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
