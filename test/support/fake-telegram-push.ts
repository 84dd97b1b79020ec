import { setTimeout as sleep } from "node:timers/promises";
import type { QueuedUpdate } from "./fake-telegram-queue.ts";

export type PushOptions = {
  /** Where updates go, and the secret that is told with them; an empty address keeps them waiting. */
  webhook: () => { url: string; secretToken: string };
  /** How much shorter than Telegram's the pauses are, such as 0.02. */
  scale: number;
  /** In [0, 1). */
  random: () => number;
  /** The share of accepted updates that are sent once more all the same. */
  againShare?: number;
};

/** What became of one update; times are milliseconds since the epoch. */
export type Push = {
  updateId: number;
  chat: string;
  /** Null for what is no message. */
  messageId: number | null;
  /** Null while no post of it got a 2xx. */
  acceptedAt: number | null;
  firstPostAt: number | null;
  /** Milliseconds that the accepting post took. */
  ackMs: number | null;
  /** The status of every post, 0 where none came. */
  statuses: number[];
};

const LONGEST_PAUSE_S = [60, 120] as const;
const TIMEOUT_S = 60;
/** A scaled time-out would be shorter than an honest answer of a busy machine. */
const SHORTEST_TIMEOUT_MS = 5_000;
const LONGEST_RETRY_AFTER_S = 3_600;
const LONGEST_DELAY_OF_REPEAT_MS = 3_000;

/**
 * Posts updates as Telegram's own server does: one queue for each chat, of which only the head is under way; after failures at
 * once, then after 2, 4, 8 … seconds, at last every 60 to 120; Retry-After is obeyed, and any 2xx forgets the update for ever.
 */
export function createPusher({ webhook, scale, random, againShare = 0 }: PushOptions) {
  const queues = new Map<string, { update: QueuedUpdate; push: Push }[]>();
  const pushes: Push[] = [];
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let repeats = 0;

  function take(update: QueuedUpdate): void {
    const chat = chatOf(update);
    const push: Push = {
      updateId: update.update_id,
      chat,
      messageId: messageOf(update),
      acceptedAt: null,
      firstPostAt: null,
      ackMs: null,
      statuses: [],
    };
    pushes.push(push);
    const queue = queues.get(chat) ?? [];
    queues.set(chat, [...queue, { update, push }]);
    if (queue.length === 0) track(drain(chat));
  }

  function track(work: Promise<void>): void {
    running.add(work);
    void work.finally(() => running.delete(work));
  }

  async function drain(chat: string): Promise<void> {
    for (let head = queues.get(chat)?.[0]; head && !stopping.signal.aborted; head = queues.get(chat)?.[0]) {
      await untilAccepted(head.update, head.push);
      queues.set(chat, (queues.get(chat) ?? []).slice(1));
      if (random() < againShare) track(repeat(head.update));
    }
  }

  async function untilAccepted(update: QueuedUpdate, push: Push): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; failures++) {
      push.firstPostAt ??= Date.now();
      const began = performance.now();
      const { status, retryAfter } = await post(update);
      push.statuses.push(status);
      if (status >= 200 && status < 300) {
        push.acceptedAt = Date.now();
        push.ackMs = performance.now() - began;
        return;
      }
      await pause(pauseMs(failures, retryAfter));
    }
  }

  async function repeat(update: QueuedUpdate): Promise<void> {
    await pause(random() * LONGEST_DELAY_OF_REPEAT_MS);
    if (stopping.signal.aborted) return;
    repeats += 1;
    await post(update);
  }

  function pauseMs(failures: number, retryAfter: number): number {
    if (retryAfter > 0) return Math.min(retryAfter, LONGEST_RETRY_AFTER_S) * 1000;
    const [least, most] = LONGEST_PAUSE_S;
    const wanted = failures === 0 ? 0 : 2 ** failures;
    return Math.min(wanted, least + random() * (most - least)) * 1000 * scale;
  }

  async function post(update: QueuedUpdate): Promise<{ status: number; retryAfter: number }> {
    const { url, secretToken } = webhook();
    if (!url) return { status: 0, retryAfter: 0 };
    const timeout = AbortSignal.timeout(Math.max(TIMEOUT_S * 1000 * scale, SHORTEST_TIMEOUT_MS));
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          ...(secretToken ? { "X-Telegram-Bot-Api-Secret-Token": secretToken } : {}),
        },
        body: JSON.stringify(update),
        signal: AbortSignal.any([timeout, stopping.signal]),
      });
      await response.arrayBuffer();
      return { status: response.status, retryAfter: Number(response.headers.get("retry-after") ?? 0) };
    } catch {
      return { status: 0, retryAfter: 0 };
    }
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  return {
    take,
    pushes,
    /** Posts an update once more, outside of its queue. */
    repeat: post,
    repeats: () => repeats,
    waiting: () => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0),
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}

export type Pusher = ReturnType<typeof createPusher>;

function chatOf(update: QueuedUpdate): string {
  return /"chat":\{"id":(-?\d+)/.exec(JSON.stringify(update))?.[1] ?? "none";
}

function messageOf({ message }: QueuedUpdate): number | null {
  return (message as { message_id: number } | undefined)?.message_id ?? null;
}
