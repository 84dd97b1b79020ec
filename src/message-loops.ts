import type { Database } from "./db/database.ts";
import { startDispatch } from "./dispatch.ts";
import type { Loop } from "./loop.ts";
import type { Pipeline } from "./pipeline.ts";

/** Answers worked out side by side; they share one thread, but not the waits for the database or a language model. */
const HANDLERS = 8;
/** Calls to providers side by side: at 100 ms each, so many carry 120 replies a second. */
const SENDERS = 12;
const IDLE_MS = 500;

/** Handles and delivers messages until stopped; a call wakes the handling, and a notice of the database what it concerns. */
export async function startMessageLoops(given: {
  pipeline: Pipeline;
  database: Database;
  onError: (error: unknown) => void;
}): Promise<Loop> {
  const { pipeline, database, onError } = given;
  const handling = startDispatch(pipeline.handling, { workers: HANDLERS, idleMs: IDLE_MS, onError });
  const delivering = startDispatch(pipeline.delivering, { workers: SENDERS, idleMs: IDLE_MS, onError });
  const stop = async () => {
    await delivering.stop();
    await handling.stop();
  };
  const listening = database.listen("messages", (direction) => {
    if (direction !== "out") handling.wake();
    if (direction !== "in") delivering.wake();
  });
  await listening.catch((error: unknown) => stop().then(() => Promise.reject(error)));
  return { wake: handling.wake, stop };
}
