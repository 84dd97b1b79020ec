import type { Patch } from "./build.ts";

/** A mistake that somebody might make, as a change of the sources. */
export type Bug = {
  name: string;
  /** What a member or a reviewer would say of it. */
  about: string;
  /** The goal that has to see it. */
  goal: string;
  /** How many trials of that goal are enough to see it. */
  size: number;
  patches: Patch[];
};

const CLAIMS = "src/db/claims.ts";
const MESSAGES = "src/db/messages.ts";
const COMMIT = "src/commit-turn.ts";
const TELEGRAM_ERRORS = "src/channels/telegram-errors.ts";
const WEBHOOK = "src/channels/telegram-webhook.ts";
const RECEIVE = "src/db/receive.ts";
const LOOPS = "src/message-loops.ts";

/** Every Turn goes the long way, in a transaction of several statements. */
const NEVER_PLAIN: Patch = { file: COMMIT, from: "isPlain(turn) ? await", to: "false ? await" };
/** Every message is claimed, and none is held from the first. */
const NEVER_TAKEN_ALONG: Patch[] = [
  { file: LOOPS, from: "pipeline.receive(message, hand !== null)", to: "pipeline.receive(message, false)" },
  { file: LOOPS, from: "pipeline.handling(delivering.spare)", to: "pipeline.handling()" },
];

const KILLS = { goal: "R1", size: 40 };
const PAUSES = { goal: "R5", size: 30 };

/** Mistakes that the harness has to see; each is written so that the service still runs well in calm weather. */
export const BUGS: readonly Bug[] = [
  {
    name: "ack-first",
    about: "2xx is given before the message is stored",
    ...KILLS,
    patches: [
      {
        file: WEBHOOK,
        from: `    return take(update).then(
      () => ({ status: 200 }),
      () => ({ status: 503 }),
    );`,
        to: `    void new Promise((resolve) => setTimeout(resolve, 20)).then(() => take(update)).catch(() => undefined);
    return { status: 200 };`,
      },
    ],
  },
  {
    name: "no-deduplication",
    about: "a repeat of an update is stored as a new message",
    ...KILLS,
    patches: [
      {
        file: RECEIVE,
        from: "      externalId,\n      text,\n",
        to: "      externalId + '#' + Math.random(),\n      text,\n",
      },
    ],
  },
  {
    name: "two-transactions",
    about: "a message is marked as answered before its reply is stored",
    ...KILLS,
    patches: [
      NEVER_PLAIN,
      {
        file: COMMIT,
        from: `  await database.tx(async (client) => {
    await messages.finish(client, message.id, owner, turn.outcome, turn.trace);`,
        to: `  await database.tx((client) => messages.finish(client, message.id, owner, turn.outcome, turn.trace));
  await database.tx(async (client) => {`,
      },
    ],
  },
  {
    name: "reply-outside",
    about: "the reply is stored after the commit that marks its message",
    ...KILLS,
    patches: [
      NEVER_PLAIN,
      {
        file: COMMIT,
        from: "    await messages.enqueue(client, chat, outgoing(message, turn.replies, parts.channels, petitionId));\n    await tellStaff(client, message, turn, parts);\n  });",
        to: `    await tellStaff(client, message, turn, parts);
    return { chat, petitionId };
  }).then(({ chat, petitionId }) =>
    database.tx((client) => messages.enqueue(client, chat, outgoing(message, turn.replies, parts.channels, petitionId))),
  );`,
      },
    ],
  },
  {
    name: "mark-first",
    about: "a reply is marked as sent before it is sent",
    ...KILLS,
    patches: [
      {
        file: "src/delivering.ts",
        from: "  const delivery = await whileHolding(message, parts, () => send(message, channels.get(message.channel)));",
        to: `  await messages.recordDelivery(message.id, owner, { outcome: "sent", providerId: null });
  await send(message, channels.get(message.channel));
  const delivery = { outcome: "sent", providerId: null } as Delivery;
  if (Date.now() > 0) return;`,
      },
    ],
  },
  {
    name: "no-order",
    about: "any open message of a chat may be taken, not only its first",
    ...KILLS,
    patches: [
      ...NEVER_TAKEN_ALONG,
      {
        file: CLAIMS,
        from: "where earliest.conversation_id = m.conversation_id and earliest.direction = m.direction",
        to: "where earliest.id = m.id and earliest.direction = m.direction",
      },
    ],
  },
  {
    name: "jumps-the-queue",
    about: "a reply is handed on to a sender, though an earlier one of its chat was put off",
    goal: "R7",
    size: 300,
    patches: [{ file: "src/db/plain-turn.ts", from: " and is_next_in_chat($1, 'out')", to: "" }],
  },
  {
    name: "lease-for-ever",
    about: "what a dead process held is never taken over",
    ...KILLS,
    patches: [
      {
        file: CLAIMS,
        from: "and (m.lease_until is null or m.lease_until < now())",
        to: "and m.lease_until is null",
      },
    ],
  },
  {
    name: "crashes-are-poison",
    about: "a message is given up after two crashes, though they were no fault of it",
    goal: "R1",
    size: 80,
    patches: [
      {
        file: CLAIMS,
        from: "where m.status = 'open' and m.direction = $1 and m.due_at <= now()",
        to: "where m.status = 'open' and m.direction = $1 and m.due_at <= now() and m.leases < 2",
      },
    ],
  },
  {
    name: "drop-on-429",
    about: "a reply that Telegram asks to send later is given up",
    ...KILLS,
    patches: [
      {
        file: TELEGRAM_ERRORS,
        from: "if (code === 429) return slowDown(error.parameters.retry_after ?? NETWORK_SECONDS);",
        to: 'if (code === 429) return { outcome: "refused", reason: "429" };',
      },
    ],
  },
  {
    name: "last-chat",
    about: "now and then a reply goes to the chat that was answered before",
    ...KILLS,
    patches: [
      ...NEVER_TAKEN_ALONG,
      {
        file: CLAIMS,
        from: "rows.map(asClaimed)",
        to: "rows.map(asClaimed).map((row, n) => ({ ...row, chatId: n === 1 ? rows[0].chatId : row.chatId }))",
      },
    ],
  },
  {
    name: "no-lock",
    about: "two processes may take the same message",
    ...KILLS,
    patches: [
      ...NEVER_TAKEN_ALONG,
      {
        file: CLAIMS,
        from: "order by m.created_at, m.id limit $4 for update of m skip locked",
        to: "order by m.created_at, m.id limit $4",
      },
    ],
  },
  {
    name: "petition-outside",
    about: "a petition is stored apart from its message, under a key of its own",
    ...KILLS,
    patches: [
      {
        file: COMMIT,
        from: "? await petitions.create(client, message.conversationId, ",
        to: "? await petitions.create({ query: (...all: [never]) => database.pool.query(...all) } as never, message.conversationId, Math.random() + ",
      },
    ],
  },
  {
    name: "no-fencing",
    about: "a process that lost a message finishes it all the same",
    ...PAUSES,
    patches: [
      {
        file: MESSAGES,
        from: "trace = $4, finished_at = now(), lease_until = null\n       where id = $1 and lease_owner = $2 and status = 'open'`",
        to: "trace = $4, finished_at = now(), lease_until = null\n       where id = $1 and $2::text is not null`",
      },
    ],
  },
];

/** The changes of the sources that plant a bug. */
export function patchesOf(name: string): Patch[] {
  const bug = BUGS.find((each) => each.name === name);
  if (!bug)
    throw new Error(`Không có lỗi cài sẵn "${name}". Có: ${BUGS.map((each) => each.name).join(", ")}`);
  return bug.patches;
}
