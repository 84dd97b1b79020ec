import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../metrics.ts";
import { createPoster } from "./posts.ts";
import { watch } from "./process.ts";
import type { Running } from "./subject.ts";

/** When each message is written, in milliseconds from the start, and by whom. */
export type Writing = { at: number; chatId: number; text: string }[];

export type Times = { p50: number; p95: number; p99: number; max: number };
/** What was seen from outside; times in milliseconds. */
export type Seen = {
  messages: number;
  accepted: number;
  /** Accepted and never replied to, replies beyond one per message, posts answered 503 and otherwise failed. */
  lost: number;
  duplicates: number;
  refusedPosts: number;
  failedPosts: number;
  /** Still unfinished in the database at the end; null where it keeps no such state. */
  open: number | null;
  /** From the moment at which a message was due to be posted to the arrival of its reply. */
  reply: Times;
  /** From a post, on a connection of its own, to its 200. */
  ack: Times;
  /** How much later than planned the sender began; what it says of itself. */
  lateP99: number;
  perSecond: number;
  drainSecs: number;
  rssMb: number | null;
  cpuMsPerMessage: number | null;
};

/** A run in which nothing moves for so long has come to its end; a refused post may wait for 64 s. */
const STANDSTILL_MS = 90_000;

/** Pairs replies with messages: a chat is answered in the order in which it was written to. */
export function createLedger() {
  const due = new Map<string, number[]>();
  const answered = { times: [] as number[], duplicates: 0 };
  return {
    answered,
    /** Due since `at`, on the clock of performance.now(). */
    expect(chatId: number, at: number): void {
      const key = String(chatId);
      const waiting = due.get(key);
      if (waiting) waiting.push(at);
      else due.set(key, [at]);
    },
    reply(chatId: string): void {
      const since = due.get(chatId)?.shift();
      if (since === undefined) answered.duplicates += 1;
      else answered.times.push(performance.now() - since);
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;

/** Writes everything at its time, whatever the answers, and waits until all is answered or nothing moves any more. */
export async function drive(running: Running, ledger: Ledger, writing: Writing): Promise<Seen> {
  const stopWatching = watch(running.pid);
  const giveUp = new AbortController();
  const poster = createPoster(running.webhook, running.secret, giveUp.signal);
  const acks: number[] = [];
  const late: number[] = [];
  const began = performance.now();
  const date = Math.floor(Date.now() / 1000);
  const posts: Promise<void>[] = [];
  for (const [n, { at, chatId, text }] of writing.entries()) {
    const due = began + at;
    if (due - performance.now() > 1) await sleep(due - performance.now());
    late.push(performance.now() - due);
    ledger.expect(chatId, due);
    posts.push(
      poster.post(chatId, updateOf(n, chatId, text, date)).then((taken) => {
        if (taken) acks.push(taken.ackMs);
      }),
    );
  }
  const ended = performance.now();
  await untilStill(() => acks.length + ledger.answered.times.length, writing.length * 2);
  const drained = performance.now();
  giveUp.abort();
  await Promise.all(posts);
  const { rssMb, cpuMs } = stopWatching();
  poster.close();
  const { times, duplicates } = ledger.answered;
  return {
    messages: writing.length,
    accepted: acks.length,
    lost: Math.max(0, acks.length - times.length),
    duplicates,
    refusedPosts: poster.refused,
    failedPosts: poster.failed,
    open: await running.open(),
    reply: timesOf(times),
    ack: timesOf(acks),
    lateP99: round(percentile(late, 0.99)),
    perSecond: round(times.length / ((drained - began) / 1000)),
    drainSecs: round((drained - ended) / 1000),
    rssMb: rssMb === null ? null : Math.round(rssMb),
    cpuMsPerMessage: cpuMs === null ? null : round(cpuMs / writing.length),
  };
}

async function untilStill(progress: () => number, goal: number): Promise<void> {
  let last = { at: performance.now(), progress: progress() };
  while (progress() < goal && performance.now() - last.at < STANDSTILL_MS) {
    await sleep(20);
    if (progress() !== last.progress) last = { at: performance.now(), progress: progress() };
  }
}

function updateOf(n: number, id: number, text: string, date: number) {
  const person = { id, first_name: "Lan", username: `lan_${id}` };
  return {
    update_id: n + 1,
    message: {
      message_id: n + 1,
      from: { ...person, is_bot: false, language_code: "vi" },
      chat: { ...person, type: "private" },
      date,
      text,
    },
  };
}

function timesOf(ms: number[]): Times {
  const at = (share: number) => round(percentile(ms, share));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10;
}
