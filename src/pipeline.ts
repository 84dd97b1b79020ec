import type pg from "pg";
import { type CommitParts, commitTurn, outgoing } from "./commit-turn.ts";
import type { IncomingMessage } from "./conversation/channel.ts";
import type { Respond } from "./conversation/respond.ts";
import { wording } from "./conversation/wording.ts";
import type { ClaimedMessage } from "./db/claims.ts";
import { LostLease } from "./db/messages.ts";
import type { Received } from "./db/receive.ts";
import { deliver } from "./delivering.ts";
import type { Hand, Stage } from "./dispatch.ts";
import { ignoreLostLease, whileHolding } from "./holding.ts";
import type { Log } from "./log.ts";
import { whileTyping } from "./typing.ts";

/** A free sender; null while there is none. */
type SpareSender = () => Hand<ClaimedMessage> | null;

/**
 * The life of one message: receive → handle → deliver. Each arrow is one transaction, and where hands are free the transaction
 * that ends one step already holds the message for the next.
 */
export type Pipeline = {
  /**
   * Stores a message; resolves after the commit, and only then may the sender be told that it arrived. With `toHandle` it is
   * held by this process when it is the next one of its chat.
   */
  receive(message: IncomingMessage, toHandle?: boolean): Promise<Received>;
  /** Answers what came in, and gives the replies to spare senders. */
  handling(spare?: SpareSender): Stage<ClaimedMessage>;
  /** Sends the replies. */
  delivering: Stage<ClaimedMessage>;
  /** Answers the next message; false when there is none. */
  handleNext(): Promise<boolean>;
  /** Sends the next reply; false when there is none. */
  deliverNext(): Promise<boolean>;
};

export type PipelineParts = CommitParts & {
  respond: Respond;
  log: Log;
  /** An ISO day in Vietnam. */
  today: () => string;
};

export function createPipeline(parts: PipelineParts): Pipeline {
  const { messages, owner } = parts;
  let underWay = 0;

  const handling = (spare: SpareSender = () => null): Stage<ClaimedMessage> => ({
    take: (limit) => messages.claimSome("in", owner, limit),
    async work(message) {
      underWay += 1;
      try {
        return await handle(message, parts, { spare, isQuiet: underWay === 1 });
      } catch (error) {
        return await putBack(message, error, parts);
      } finally {
        underWay -= 1;
      }
    },
  });
  const delivering: Stage<ClaimedMessage> = {
    take: (limit) => messages.claimSome("out", owner, limit),
    work: (message) => deliver(message, parts),
  };
  return {
    receive: (message, toHandle = false) => messages.receive(message, toHandle ? owner : null),
    handling,
    delivering,
    handleNext: () => next(handling()),
    deliverNext: () => next(delivering),
  };
}

async function next<T>({ take, work }: Stage<T>): Promise<boolean> {
  const [piece] = await take(1);
  if (piece === undefined) return false;
  await work(piece);
  return true;
}

/** Works out the Turn without holding a transaction, then commits all of it at once; true when the chat's next message is due. */
async function handle(
  message: ClaimedMessage,
  parts: PipelineParts,
  { spare, isQuiet }: { spare: SpareSender; isQuiet: boolean },
): Promise<boolean> {
  if (message.heldByStaff) return commitSilence(message, parts);
  const respond = () =>
    parts.respond({
      text: message.text,
      attachment: message.attachment,
      conversationId: message.conversationId,
      messageId: message.id,
      state: message.state,
      today: parts.today(),
      pausedSince: message.pausedSince?.toISOString() ?? null,
    });
  const turn = await whileHolding(message, parts, () =>
    whileTyping(parts.channels.get(message.channel), message.chatId, isQuiet, respond),
  );
  return commitTurn(message, turn, parts, spare());
}

/** People hold this chat: the message is kept for them and nobody answers by machine. */
async function commitSilence(
  message: ClaimedMessage,
  { database, messages, owner }: PipelineParts,
): Promise<boolean> {
  await database.tx((client) => messages.finish(client, message.id, owner, "held_by_staff", null));
  return true;
}

/** Counts the error; a message that keeps failing is buried where staff see it, and its member is told. */
async function putBack(message: ClaimedMessage, error: unknown, parts: PipelineParts): Promise<boolean> {
  if (error instanceof LostLease) ignoreLostLease(parts.log, message.id)(error);
  else {
    parts.log.error({ message: message.id, err: error }, "a message could not be handled");
    await parts.database
      .tx(async (client) => {
        const dead = await parts.messages.fail(client, message.id, parts.owner, String(error).slice(0, 500));
        if (dead) await apologise(client, message, parts);
      })
      .catch(ignoreLostLease(parts.log, message.id));
  }
  return true;
}

async function apologise(
  client: pg.PoolClient,
  message: ClaimedMessage,
  parts: PipelineParts,
): Promise<void> {
  const replies = [{ text: wording.failed, choices: [] }];
  await parts.messages.enqueue(client, message.conversationId, outgoing(message, replies, parts.channels));
}
