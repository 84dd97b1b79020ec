import { wording } from "./conversation/wording.ts";
import type { ClaimedMessage, Direction } from "./db/claims.ts";
import type { Database } from "./db/database.ts";
import type { MessageStore } from "./db/messages.ts";
import { bury, CRASHES_UNTIL_DEAD, claimSuspect } from "./db/suspects.ts";
import type { Log } from "./log.ts";
import type { Pipeline } from "./pipeline.ts";

type Parts = {
  database: Database;
  messages: Pick<MessageStore, "enqueue">;
  pipeline: Pick<Pipeline, "handling" | "delivering">;
  /** Names this process, as the pipeline does. */
  owner: string;
  log: Pick<Log, "error">;
};

const REASON = "dịch vụ dừng đột ngột mỗi lần xử lý tin này";

/**
 * Works on messages that were held at several crashes and may be what kills the process: one at a time, so that a culprit takes
 * no other suspect with it, and not for ever. The step tells whether there was one.
 */
export function createSuspects({ database, messages, pipeline, owner, log }: Parts): () => Promise<boolean> {
  return async () => {
    const hadIncoming = await workOne("in");
    return (await workOne("out")) || hadIncoming;
  };

  async function workOne(direction: Direction): Promise<boolean> {
    const message = await claimSuspect(database, direction, owner);
    if (!message) return false;
    const stage = direction === "in" ? pipeline.handling() : pipeline.delivering;
    await (message.crashes < CRASHES_UNTIL_DEAD ? stage.work(message) : giveUp(message, direction));
    return true;
  }

  async function giveUp(
    { id, conversationId, crashes }: ClaimedMessage,
    direction: Direction,
  ): Promise<void> {
    const apology = {
      key: `message:${id}:0`,
      author: "bot" as const,
      reply: { text: wording.failed, choices: [] },
    };
    await database.tx(async (client) => {
      await bury(client, id, owner, REASON);
      if (direction === "in") await messages.enqueue(client, conversationId, [apology]);
    });
    log.error({ message: id, crashes }, "một tin làm dịch vụ dừng đột ngột nhiều lần, đã gác lại cho cán bộ");
  }
}
