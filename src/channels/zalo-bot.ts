import { z } from "zod";
import type { Channel, Receive } from "../conversation/channel.ts";
import { endOf, type Lead, type Term } from "./lead.ts";
import type { Log } from "./log.ts";
import { causesOf, wordsOf } from "./network-errors.ts";
import { pollFor } from "./poll-term.ts";
import { rootOf } from "./root.ts";
import { createTokenScrub } from "./secrets.ts";
import { untilDone } from "./until-done.ts";
import { type Call, createApi, ZaloRefusal } from "./zalo-bot-api.ts";
import { isPerhapsWebhook } from "./zalo-bot-errors.ts";
import { createHealth } from "./zalo-bot-health.ts";
import { createPoll, type Pace, pauseAfter, USUAL_PACE } from "./zalo-bot-polling.ts";
import { createQuota } from "./zalo-bot-quota.ts";
import { createSend, MAX_TEXT } from "./zalo-bot-send.ts";
import { toIncoming, type Update } from "./zalo-bot-updates.ts";
import { createWebhook } from "./zalo-bot-webhook.ts";
import { createFetchFile } from "./zalo-files.ts";

export type ZaloBotOptions = {
  token: string;
  apiRoot: string;
  /** Set: Zalo posts to us; unset: we poll. */
  webhookSecret: string | null;
  /** Where this server is reached from outside; set, it is told to Zalo at the start. */
  publicUrl: string | null;
  /** Which process polls, or tells Zalo where to post. */
  lead: Lead;
  log: Log;
  pace?: Pace;
};

const SIDE_CALL_MS = 5_000;
const VERIFY_MS = 30_000;
const STOP_GRACE_MS = 1_000;

const webhookSchema = z.object({
  verification: z
    .object({ ok: z.boolean(), outcome: z.string().catch("") })
    .optional()
    .catch(undefined),
});

/** Zalo keeps the address all the same, so posts may arrive; until it reaches us it is told again. */
class NotReachable extends Error {}

/** Zalo Bot as a channel: takes messages by long polling or by webhook, sends plain text with numbered choices. */
export function createZaloBot(options: ZaloBotOptions): Channel {
  const { token, webhookSecret, publicUrl, lead, log, pace = USUAL_PACE } = options;
  const scrub = createTokenScrub(token);
  const health = createHealth(pace.silenceMs);
  const call = createApi({ token, apiRoot: options.apiRoot, onToken: health.token });
  const stopping = new AbortController();
  const cutOff = new AbortController();
  const { signal } = stopping;
  const poll = createPoll(
    { call, pace, stopping: signal, cutOff: cutOff.signal, reached: health.reached },
    store,
  );
  const beingStored = new Set<Promise<void>>();
  let receive: Receive | null = null;
  let running = Promise.resolve();

  const patience = { report, pauseAfter: pauseAfter(pace), signal };

  async function run(): Promise<void> {
    await untilDone(connect, patience);
    await lead.whileLeading(webhookSecret ? bePostedTo : askFor, signal);
    if (poll.isHolding())
      await poll.storeHeld().catch(() => log.error({}, "Mất một tin Zalo Bot vì không lưu được"));
  }

  async function connect(): Promise<void> {
    await call("getMe", {}, { signal, timeoutMs: SIDE_CALL_MS });
    health.reached();
  }

  async function bePostedTo(term: Term): Promise<void> {
    await untilDone(setWebhook, { ...patience, signal: term.signal });
    await endOf(term);
  }

  async function setWebhook(): Promise<void> {
    if (webhookSecret && publicUrl) await tellWebhook(call, webhookSecret, publicUrl, signal);
    health.reached();
  }

  async function askFor(term: Term): Promise<void> {
    health.polls();
    await forgetWebhook();
    const once = () => pollOnce(term);
    const ended = await pollFor(term, { ...patience, once, isAnswer, silenceMs: pace.silenceMs });
    if (ended === "over") health.rests();
    await untilDone(poll.storeHeld, patience);
  }

  /** Polling and webhook exclude each other at Zalo. What it says to having none is not documented, and the polls tell whether it worked. */
  async function forgetWebhook(): Promise<void> {
    await call("deleteWebhook", {}, { signal, timeoutMs: SIDE_CALL_MS }).catch(report);
  }

  async function pollOnce(term: Term): Promise<void> {
    try {
      await poll.once(term);
    } catch (error) {
      if (isPerhapsWebhook(error)) await forgetWebhook();
      throw error;
    }
  }

  async function takePosted(update: Update): Promise<void> {
    if (signal.aborted) throw new Error("not taking messages");
    const storing = store(update).then(health.reached);
    beingStored.add(storing);
    await storing.finally(() => beingStored.delete(storing));
  }

  async function store(update: Update): Promise<void> {
    if (!receive) throw new Error("not taking messages");
    const incoming = toIncoming(update, new Date());
    if (incoming) await receive(incoming).then(health.stored, failToStore);
  }

  function failToStore(error: unknown): never {
    health.unstored();
    log.error({ reason: scrub(causesOf(error).map(wordsOf).join(": ")) }, "Không lưu được tin nhắn Zalo Bot");
    throw error;
  }

  function report(error: unknown): void {
    if (error instanceof NotReachable) health.unreached(error.message);
    log.warn({ reason: scrub(causesOf(error).map(wordsOf).join(": ")) }, "Kênh Zalo Bot gặp trục trặc");
  }

  return {
    name: "zalo-bot",
    capabilities: { maxTextLength: MAX_TEXT, choices: "numbers" },
    async start(to) {
      receive = to;
      running = run();
    },
    /** The poll under way may bring a message that Zalo gives only once, so it ends by itself. */
    async stop() {
      stopping.abort();
      const impatience = setTimeout(() => cutOff.abort(), pace.pollSeconds * 1000 + STOP_GRACE_MS);
      await running;
      clearTimeout(impatience);
      await Promise.allSettled(beingStored);
    },
    send: createSend({ call, quota: createQuota(), scrub }),
    fetchFile: createFetchFile(options.apiRoot),
    async typing(chatId) {
      const limits = { timeoutMs: SIDE_CALL_MS };
      await call("sendChatAction", { chat_id: chatId, action: "typing" }, limits).catch(() => undefined);
    },
    fault: health.fault,
    ...(webhookSecret ? { webhook: createWebhook(webhookSecret, takePosted) } : {}),
  };
}

/** Zalo is reached, whatever it says; no other process would fare better. */
function isAnswer(error: unknown): boolean {
  return error instanceof ZaloRefusal;
}

async function tellWebhook(
  call: Call,
  secret: string,
  publicUrl: string,
  signal: AbortSignal,
): Promise<void> {
  const url = `${rootOf(publicUrl)}/webhooks/zalo-bot`;
  const result = await call(
    "setWebhook",
    { url, secret_token: secret },
    { signal, timeoutMs: VERIFY_MS },
  ).catch((error: unknown) => {
    if (error instanceof ZaloRefusal && error.code === 400) {
      throw new NotReachable("Zalo không nhận địa chỉ webhook", { cause: error });
    }
    throw error;
  });
  const verification = webhookSchema.safeParse(result).data?.verification;
  if (verification?.ok === false) {
    throw new NotReachable(`Zalo chưa gọi được webhook: ${verification.outcome}`);
  }
}
