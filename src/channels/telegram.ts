import { GrammyError } from "grammy";
import type { Channel, Receive } from "../conversation/channel.ts";
import type { Lead, Term } from "./lead.ts";
import type { Log } from "./log.ts";
import { pollFor } from "./poll-term.ts";
import { rootOf } from "./root.ts";
import { createTokenScrub } from "./secrets.ts";
import { botIdOf, createApi, forGrammy } from "./telegram-api.ts";
import { describe } from "./telegram-errors.ts";
import { createFetchFile } from "./telegram-files.ts";
import { createHealth } from "./telegram-health.ts";
import {
  createPoll,
  isWrongToken,
  type Offsets,
  type Pace,
  pauseAfter,
  USUAL_PACE,
} from "./telegram-polling.ts";

import { createSend } from "./telegram-send.ts";
import { toIncoming, type Update } from "./telegram-updates.ts";
import { createWebhook } from "./telegram-webhook.ts";
import { keepWebhook } from "./telegram-webhook-watch.ts";
import { untilDone } from "./until-done.ts";

export type TelegramOptions = {
  token: string;
  apiRoot: string;
  /** Set: Telegram posts to us; unset: we poll. */
  webhookSecret?: string | undefined;
  /** Where this server is reached from outside; set, it is told to Telegram at the start. */
  publicUrl?: string | undefined;
  /** Without it, the name is asked from Telegram before the first message is taken. */
  botUsername?: string | undefined;
  /** What the menu beside the text field offers. */
  commands?: { command: string; description: string }[];
  log: Log;
  offsets: Offsets;
  /** Which process polls, or tells Telegram where to post. */
  lead: Lead;
  pace?: Pace;
};

const SIDE_CALL_MS = 5_000;
const STALE_BUTTON = "Nút này không còn dùng được, xin gõ câu trả lời.";

/** Telegram as a channel: takes messages by long polling or by webhook, sends plain text with buttons. */
export function createTelegram(options: TelegramOptions): Channel {
  const { token, webhookSecret, lead, log, pace = USUAL_PACE } = options;
  const api = createApi(token, options.apiRoot, pace.pollSeconds + 10);
  const scrub = createTokenScrub(token);
  const health = createHealth(pace.silenceMs);
  const stopping = new AbortController();
  const { signal } = stopping;
  const beingStored = new Set<Promise<void>>();
  let username = options.botUsername?.replace(/^@/, "") ?? null;
  let receive: Receive | null = null;
  let running = Promise.resolve();

  const patience = { report, pauseAfter: pauseAfter(pace), signal };

  async function run(): Promise<void> {
    await untilDone(connect, patience);
    await (webhookSecret ? postedTo(webhookSecret) : lead.whileLeading(poll, signal));
  }

  async function connect(): Promise<void> {
    username = (await api.getMe(forGrammy(signal))).username;
    health.reached();
  }

  function postedTo(secret: string): Promise<void> {
    const url = options.publicUrl ? `${rootOf(options.publicUrl)}/webhooks/telegram` : null;
    return keepWebhook({
      api,
      url,
      secret,
      lead,
      health,
      log,
      scrub,
      patience,
      announce: announceCommands,
      lookMs: pace.lookMs,
    });
  }

  async function poll(term: Term): Promise<void> {
    const next = createPoll({ api, offsets: options.offsets, pace, log, term }, take);
    let isReady = false;
    health.polls();
    const once = async (ending: AbortSignal) => {
      if (!isReady) await switchToPolling(ending);
      isReady = true;
      await pollOnce(next, ending);
    };
    const ended = await pollFor(term, { ...patience, once, isAnswer, silenceMs: pace.silenceMs });
    if (ended === "over") health.rests();
  }

  /** Polling and webhook exclude each other at Telegram. */
  async function switchToPolling(ending: AbortSignal): Promise<void> {
    await api.deleteWebhook({}, forGrammy(ending));
    await announceCommands();
    health.reached();
  }

  /** A missing menu is no reason to be deaf. */
  async function announceCommands(): Promise<void> {
    if (!options.commands?.length) return;
    await api.setMyCommands(options.commands, {}, forGrammy(signal)).catch(report);
  }

  async function pollOnce(next: (ending: AbortSignal) => Promise<void>, ending: AbortSignal): Promise<void> {
    try {
      await next(ending);
      health.reached();
    } catch (error) {
      if (isWebhookSet(error)) await api.deleteWebhook({}, forGrammy(ending));
      throw error;
    }
  }

  async function take(update: Update): Promise<void> {
    const storing = store(update);
    beingStored.add(storing);
    await storing.finally(() => beingStored.delete(storing));
  }

  async function store(update: Update): Promise<void> {
    if (!receive || username === null || signal.aborted) throw new Error("not taking messages");
    const incoming = toIncoming(update, { id: botIdOf(token), username }, new Date());
    if (incoming) await receive(incoming).then(health.stored, failToStore);
    if (update.callback_query) stopButtonSpinning(update.callback_query.id, incoming !== null);
  }

  function failToStore(error: unknown): never {
    health.unstored();
    log.error({ reason: describe(error, scrub) }, "Không lưu được tin nhắn Telegram, sẽ nhận lại");
    throw error;
  }

  function stopButtonSpinning(id: string, isUnderstood: boolean): void {
    const notice = isUnderstood ? {} : { text: STALE_BUTTON };
    api.answerCallbackQuery(id, notice, forGrammy(AbortSignal.timeout(SIDE_CALL_MS))).catch(report);
  }

  function report(error: unknown): void {
    if (isWrongToken(error)) health.unreached("token sai");
    if (isSecondPoller(error)) health.unreached("một tiến trình khác đang nhận tin bằng cùng token");
    log.warn({ reason: describe(error, scrub) }, "Kênh Telegram gặp trục trặc");
  }

  return {
    name: "telegram",
    capabilities: { maxTextLength: 4096, choices: "buttons" },
    async start(to) {
      receive = to;
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
      await Promise.allSettled(beingStored);
    },
    send: createSend(api, scrub),
    fetchFile: createFetchFile({ api, apiRoot: options.apiRoot, token }),
    async typing(chatId) {
      await api
        .sendChatAction(chatId, "typing", {}, forGrammy(AbortSignal.timeout(SIDE_CALL_MS)))
        .catch(() => undefined);
    },
    fault: health.fault,
    ...(webhookSecret ? { webhook: createWebhook(webhookSecret, take) } : {}),
  };
}

/** Telegram is reached, whatever it says; no other process would fare better. */
function isAnswer(error: unknown): boolean {
  return error instanceof GrammyError;
}

function isSecondPoller(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409 && !isWebhookSet(error);
}

function isWebhookSet(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409 && /webhook/i.test(error.description);
}
