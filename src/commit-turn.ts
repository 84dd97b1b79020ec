import type pg from "pg";
import type { Channel, ChannelName } from "./conversation/channel.ts";
import type { Reply, Turn } from "./conversation/turn.ts";
import { wording } from "./conversation/wording.ts";
import { lockChat } from "./db/chats.ts";
import type { CitationStore } from "./db/citations.ts";
import type { ClaimedMessage } from "./db/claims.ts";
import type { ConversationStore } from "./db/conversations.ts";
import type { Database } from "./db/database.ts";
import type { MessageStore, NewOutgoing } from "./db/messages.ts";
import type { AttachmentStore } from "./db/petition-attachments.ts";
import type { PetitionStore } from "./db/petitions.ts";
import { commitPlainTurn } from "./db/plain-turn.ts";
import type { Hand } from "./dispatch.ts";
import { cutAtSentences } from "./text/sentences.ts";

/** What a Turn changes, by where that is kept. */
export type CommitParts = {
  database: Database;
  messages: MessageStore;
  conversations: ConversationStore;
  petitions: PetitionStore;
  attachments: AttachmentStore;
  citations: CitationStore;
  channels: Map<ChannelName, Channel>;
  /** Where staff are told of new petitions and of members who wait for a person; null when nowhere. */
  staffChat: { channel: ChannelName; chatId: string } | null;
  /** Names this process; a message is finished only by the process that holds it. */
  owner: string;
};

/**
 * Commits a Turn as a whole or not at all, and gives its first reply to a spare sender; throws LostLease when somebody else
 * holds the message. True when another message of the chat became due by it.
 */
export async function commitTurn(
  message: ClaimedMessage,
  turn: Turn,
  parts: CommitParts,
  sender: Hand<ClaimedMessage> | null,
): Promise<boolean> {
  let reply: ClaimedMessage | null = null;
  try {
    const committed = isPlain(turn) ? await commitPlain(message, turn, parts, sender !== null) : null;
    // Where staff wrote meanwhile, or the lease is lost, the long way tells.
    if (!committed) await commitWhole(message, turn, parts);
    reply = committed?.held ?? null;
    return committed?.isMoreDue ?? true;
  } finally {
    if (reply) sender?.work(reply);
    else sender?.free();
  }
}

/** Nearly every Turn: it says something in its own chat, and no more. */
function isPlain({ petition, act, files, handOver, erase }: Turn): boolean {
  return !petition && !act && !files && !handOver && !erase;
}

function commitPlain(
  message: ClaimedMessage,
  turn: Turn,
  { database, channels, owner }: CommitParts,
  toSend: boolean,
) {
  return commitPlainTurn(
    database,
    message,
    owner,
    { ...turn, outgoing: outgoing(message, turn.replies, channels) },
    toSend,
  );
}

async function commitWhole(message: ClaimedMessage, turn: Turn, parts: CommitParts): Promise<void> {
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
      ? await conversations.erase(client, message.conversationId, message)
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
  { staffChat, messages }: CommitParts,
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

/** Long replies become several rows, one call each; their keys follow from the message, so a repeat adds none. */
export function outgoing(
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
