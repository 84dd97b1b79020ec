import type pg from "pg";
import type { Channel, ChannelName, IncomingMessage } from "./conversation/channel.ts";
import type { Respond } from "./conversation/respond.ts";
import type { Reply, Turn } from "./conversation/turn.ts";
import { wording } from "./conversation/wording.ts";
import { lockChat } from "./db/chats.ts";
import type { CitationStore } from "./db/citations.ts";
import type { ClaimedMessage } from "./db/claims.ts";
import type { ConversationStore } from "./db/conversations.ts";
import type { Database } from "./db/database.ts";
import { LostLease, type MessageStore, type NewOutgoing } from "./db/messages.ts";
import type { AttachmentStore } from "./db/petition-attachments.ts";
import type { PetitionStore } from "./db/petitions.ts";
import { deliver } from "./delivering.ts";
import type { Stage } from "./dispatch.ts";
import { ignoreLostLease, whileHolding } from "./holding.ts";
import type { Log } from "./log.ts";
import { cutAtSentences } from "./text/sentences.ts";

/** The life of one message: receive → handle → deliver. Each arrow is one transaction. */
export type Pipeline = {
  /** Stores a message; resolves with its id after the commit, and only then may the sender be told that it arrived. */
  receive(message: IncomingMessage): Promise<{ id: number }>;
  /** Answers what came in. */
  handling: Stage<ClaimedMessage>;
  /** Sends the replies. */
  delivering: Stage<ClaimedMessage>;
  /** Answers the next message; false when there is none. */
  handleNext(): Promise<boolean>;
  /** Sends the next reply; false when there is none. */
  deliverNext(): Promise<boolean>;
};

export type PipelineParts = {
  database: Database;
  messages: MessageStore;
  conversations: ConversationStore;
  petitions: PetitionStore;
  attachments: AttachmentStore;
  citations: CitationStore;
  respond: Respond;
  channels: Map<ChannelName, Channel>;
  log: Log;
  /** Where staff are told of new petitions and of members who wait for a person; null when nowhere. */
  staffChat: { channel: ChannelName; chatId: string } | null;
  /** Names this process; a message is finished only by the process that holds it. */
  owner: string;
  /** An ISO day in Vietnam. */
  today: () => string;
};

export function createPipeline(parts: PipelineParts): Pipeline {
  const { messages, owner } = parts;
  const handling: Stage<ClaimedMessage> = {
    take: (limit) => messages.claimSome("in", owner, limit),
    work: (message) => handle(message, parts).catch((error) => putBack(message, error, parts)),
  };
  const delivering: Stage<ClaimedMessage> = {
    take: (limit) => messages.claimSome("out", owner, limit),
    work: (message) => deliver(message, parts),
  };
  return {
    receive: (message) => messages.receive(message),
    handling,
    delivering,
    handleNext: () => next(handling),
    deliverNext: () => next(delivering),
  };
}

async function next<T>({ take, work }: Stage<T>): Promise<boolean> {
  const [piece] = await take(1);
  if (piece === undefined) return false;
  await work(piece);
  return true;
}

/** Works out the Turn without holding a transaction, then commits all of it at once. */
async function handle(message: ClaimedMessage, parts: PipelineParts): Promise<void> {
  if (message.heldByStaff) return commitSilence(message, parts);
  void parts.channels
    .get(message.channel)
    ?.typing?.(message.chatId)
    .catch(() => undefined);
  const turn = await whileHolding(message, parts, () =>
    parts.respond({
      text: message.text,
      attachment: message.attachment,
      conversationId: message.conversationId,
      messageId: message.id,
      state: message.state,
      today: parts.today(),
      pausedSince: message.pausedSince?.toISOString() ?? null,
    }),
  );
  await commitTurn(message, turn, parts);
}

async function commitTurn(message: ClaimedMessage, turn: Turn, parts: PipelineParts): Promise<void> {
  const { database, messages, conversations, petitions, attachments, citations, owner } = parts;
  await database.tx(async (client) => {
    await messages.finish(client, message.id, owner, turn.outcome, turn.trace);
    await citations.note(client, message.id, turn.cited, turn.edition);
    const petitionId = turn.petition
      ? await petitions.create(client, message.conversationId, `message:${message.id}`, turn.petition)
      : turn.act
        ? await petitions.act(client, message.conversationId, turn.act)
        : undefined;
    if (turn.files) await attachments.add(client, message.conversationId, turn.files);
    const chat = turn.erase
      ? await conversations.erase(client, message.conversationId)
      : message.conversationId;
    if (!turn.erase) await conversations.saveState(client, chat, turn.state, message.state);
    if (turn.handOver) await conversations.hold(client, chat, true);
    await messages.enqueue(client, chat, outgoing(message, turn.replies, parts.channels, petitionId));
    await tellStaff(client, message, turn, parts);
  });
}

/** Staff learn of new work where they sit; the notice names no member and repeats no word of his. */
async function tellStaff(
  client: pg.PoolClient,
  { id }: ClaimedMessage,
  turn: Turn,
  { staffChat, messages }: PipelineParts,
): Promise<void> {
  const text = newsForStaff(turn);
  if (!staffChat || !text) return;
  const chat = await lockChat(client, staffChat.channel, staffChat.chatId);
  await messages.enqueue(client, chat, [
    { key: `notice:${id}`, author: "bot", reply: { text, choices: [] } },
  ]);
}

function newsForStaff({ petition, act, handOver }: Turn): string | null {
  if (petition) return wording.staffPetition(petition.code);
  if (act?.verb === "supply") return wording.staffSupplied(act.code);
  if (act?.verb === "unsatisfied") return wording.staffUnsatisfied(act.code);
  if (act?.verb === "withdraw") return wording.staffWithdrawn(act.code);
  return handOver ? wording.staffHandOver : null;
}

/** People hold this chat: the message is kept for them and nobody answers by machine. */
async function commitSilence(
  message: ClaimedMessage,
  { database, messages, owner }: PipelineParts,
): Promise<void> {
  await database.tx((client) => messages.finish(client, message.id, owner, "held_by_staff", null));
}

/** Counts the error; a message that keeps failing is buried where staff see it, and its member is told. */
async function putBack(message: ClaimedMessage, error: unknown, parts: PipelineParts): Promise<void> {
  if (error instanceof LostLease) return ignoreLostLease(parts.log, message.id)(error);
  parts.log.error({ message: message.id, err: error }, "a message could not be handled");
  await parts.database
    .tx(async (client) => {
      const dead = await parts.messages.fail(client, message.id, parts.owner, String(error).slice(0, 500));
      if (dead) await apologise(client, message, parts);
    })
    .catch(ignoreLostLease(parts.log, message.id));
}

async function apologise(
  client: pg.PoolClient,
  message: ClaimedMessage,
  parts: PipelineParts,
): Promise<void> {
  const replies = [{ text: wording.failed, choices: [] }];
  await parts.messages.enqueue(client, message.conversationId, outgoing(message, replies, parts.channels));
}

/** Long replies become several rows, one call each; their keys follow from the message, so a repeat adds none. */
function outgoing(
  message: ClaimedMessage,
  replies: Reply[],
  channels: Map<ChannelName, Channel>,
  petitionId?: number,
): NewOutgoing[] {
  const { maxTextLength = 2000, choices = "buttons" } = channels.get(message.channel)?.capabilities ?? {};
  return replies
    .flatMap((reply) => cutReply(reply, maxTextLength - (choices === "numbers" ? roomFor(reply.choices) : 0)))
    .map((reply, n) => ({
      key: `message:${message.id}:${n}`,
      author: "bot" as const,
      reply,
      ...(petitionId === undefined ? {} : { petitionId }),
    }));
}

/** Where choices are a numbered list in the text, they need room there. */
function roomFor(choices: string[]): number {
  return choices.length === 0 ? 0 : choices.reduce((room, choice) => room + choice.length + 5, 50);
}

function cutReply(reply: Reply, limit: number): Reply[] {
  const pieces = cutAtSentences(reply.text, limit);
  return pieces.map((text, i) => ({ text, choices: i === pieces.length - 1 ? reply.choices : [] }));
}
