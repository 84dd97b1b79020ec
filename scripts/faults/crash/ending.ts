import { type CrashPoint, kindOf, pointsIn } from "./point.ts";
import type { Trial } from "./trial.ts";

/** What was stored of a trial in the end, and what its people read. */
export type Ending = {
  updates: number;
  incoming: { id: number; status: string; outcome: string | null; errors: number; text: string }[];
  outgoing: { key: string; status: string; text: string; chat: string }[];
  petitions: { code: string; status: string; content: string; consented: boolean; chat: number | null }[];
  /** The kinds of what happened to the petitions. */
  events: string[];
  attachments: { status: string; bytes: Buffer | null }[];
  erasedChats: number;
  /** Petitions that tell a cooperative or a contact. */
  identifying: number;
  /** Lines of the audit about answers to petitions. */
  audit: number;
  /** What Telegram showed to the people. */
  sends: string[];
};

/** What must not be; every figure has to be 0. */
export type Faults = {
  lost: number;
  repeated: number;
  unanswered: number;
  stuck: number;
  undelivered: number;
  unexplainedDuplicates: number;
  petitions: number;
  dead: number;
  wrongEnd: number;
};

/** Reads it all, in as many questions as there are kinds of rows. */
export async function readEnding({ subject, chats, updates, before }: Trial): Promise<Ending> {
  const { pool } = subject.database;
  const rows = async <T extends object>(text: string, from: number) =>
    (await pool.query<T>(text, [from])).rows;
  const messages = await rows<
    Ending["incoming"][number] & Ending["outgoing"][number] & { direction: string }
  >(
    `select m.id, m.direction, m.key, m.status, m.outcome, m.errors, m.text, c.chat_id as chat
     from messages m join conversations c on c.id = m.conversation_id where c.id > $1 order by m.id`,
    before.conversation,
  );
  const petitions = await rows<Ending["petitions"][number] & { identifying: string | null }>(
    `select code, status, content, consented_at is not null as consented, conversation_id as chat,
            coalesce(cooperative, contact) as identifying
     from petitions where id > $1 order by id`,
    before.petition,
  );
  const events = await rows<{ kind: string }>(
    "select kind from petition_events where petition_id > $1 order by id",
    before.petition,
  );
  const attachments = await rows<Ending["attachments"][number]>(
    "select status, bytes from petition_attachments where petition_id > $1",
    before.petition,
  );
  const erased = await rows(
    "select id from conversations where id > $1 and chat_id like 'erased-%'",
    before.conversation,
  );
  const audit = await rows(
    "select id from audit where id > $1 and action = 'petition-answered'",
    before.audit,
  );
  return {
    updates: updates.size,
    incoming: messages.filter(({ direction }) => direction === "in"),
    outgoing: messages.filter(({ direction }) => direction === "out"),
    petitions,
    events: events.map(({ kind }) => kind),
    attachments,
    erasedChats: erased.length,
    identifying: petitions.filter(({ identifying }) => identifying !== null).length,
    audit: audit.length,
    sends: subject.fake.sent.filter(({ chatId }) => chats.includes(chatId)).map(({ text }) => text),
  };
}

/** Holds an ending against what must be true after any scenario; `trace` is what the process that died had done. */
export function examine(
  ending: Ending,
  expected: { petitions: number; dead: number; wrong: readonly string[] },
  trace: string,
): Faults & { explainedDuplicates: number } {
  const { incoming, outgoing, sends } = ending;
  const done = incoming.filter(({ status }) => status === "done");
  const dead = incoming.filter(({ status }) => status === "dead");
  const extra = Math.max(0, sends.length - outgoing.length);
  const explained = Math.min(extra, inFlight(trace));
  return {
    lost: Math.max(0, ending.updates - incoming.length) + count(done, ({ outcome }) => outcome === null),
    repeated: Math.max(0, incoming.length - ending.updates),
    unanswered: count([...done, ...dead], ({ id }) => !outgoing.some(({ key }) => key === `message:${id}:0`)),
    stuck: count([...incoming, ...outgoing], ({ status }) => status === "open" || status === "waiting"),
    undelivered:
      count(outgoing, ({ status }) => status !== "done") +
      count(outgoing, ({ text, chat }) => !isErased(chat) && !sends.includes(text.trim())),
    unexplainedDuplicates: extra - explained,
    explainedDuplicates: explained,
    petitions: Math.abs(ending.petitions.length - expected.petitions),
    dead: Math.abs(dead.length - expected.dead),
    wrongEnd: expected.wrong.length,
  };
}

/** Sends that had begun and were not written down when the process died: each of them may be seen twice, and no other. */
export function inFlight(trace: string): number {
  const points = pointsIn(trace);
  const isSend = ({ label }: CrashPoint) => label === "send sendmessage";
  const begun = count(points, (point) => point.phase === "before" && isSend(point));
  const marked = count(points, (point) => point.phase === "after" && kindOf(point) === "mark");
  const last = points.at(-1);
  // It died right before this one.
  const never = last?.phase === "before" && isSend(last) ? 1 : 0;
  return Math.max(0, begun - marked - never);
}

const isErased = (chat: string): boolean => chat.startsWith("erased-");

function count<T>(items: readonly T[], isIt: (item: T) => boolean): number {
  return items.filter(isIt).length;
}
