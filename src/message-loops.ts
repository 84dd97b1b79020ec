import type { IncomingMessage } from "./conversation/channel.ts";
import type { Database } from "./db/database.ts";
import { startDispatch } from "./dispatch.ts";
import type { Loop } from "./loop.ts";
import type { Pipeline } from "./pipeline.ts";

/** Answers worked out side by side; they share one thread, but not the waits for the database or a language model. */
const HANDLERS = 16;
/** Calls to providers side by side: at 100 ms each, so many carry 160 replies a second. */
const SENDERS = 16;
const IDLE_MS = 500;
/**
 * What becomes of messages has connections of its own, so that no report of the console holds it up, and few of them: on two
 * cores a message cost the database 4.1 to 4.7 ms of CPU over four connections and 4.5 to 6.4 ms over ten.
 */
export const CONNECTIONS = 4;

export type MessageLoops = Pick<Loop, "stop"> & {
  /** Stores a message, and has it handled here and now where a hand is free. */
  receive(message: IncomingMessage): Promise<{ id: number }>;
};

/** Handles and delivers messages until stopped; what nobody took along at its coming is told by a notice of the database. */
export async function startMessageLoops(given: {
  pipeline: Pipeline;
  database: Database;
  onError: (error: unknown) => void;
}): Promise<MessageLoops> {
  const { pipeline, database, onError } = given;
  const options = { idleMs: IDLE_MS, onError };
  const delivering = startDispatch(pipeline.delivering, { workers: SENDERS, ...options });
  const handling = startDispatch(pipeline.handling(delivering.spare), { workers: HANDLERS, ...options });
  const stop = async () => {
    await delivering.stop();
    await handling.stop();
  };
  const listening = database.listen("messages", (direction) => {
    if (direction !== "out") handling.wake();
    if (direction !== "in") delivering.wake();
  });
  await listening.catch((error: unknown) => stop().then(() => Promise.reject(error)));
  return {
    stop,
    async receive(message) {
      const hand = handling.spare();
      const { id, held } = await pipeline.receive(message, hand !== null).catch((error: unknown) => {
        hand?.free();
        throw error;
      });
      // The sender hears first that it arrived: an answer may take this thread for some milliseconds.
      if (held) setImmediate(() => hand?.work(held));
      else hand?.free();
      return { id };
    },
  };
}
