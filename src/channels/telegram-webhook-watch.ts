import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "grammy";
import { endOf, type Lead, type Term } from "./lead.ts";
import type { Log } from "./log.ts";
import { forGrammy } from "./telegram-api.ts";
import type { Health } from "./telegram-health.ts";
import { ALLOWED_UPDATES } from "./telegram-updates.ts";
import { untilDone } from "./until-done.ts";

/** What Telegram tells of the webhook, as far as we look at it. */
export type WebhookInfo = {
  url?: string | undefined;
  pending_update_count: number;
  /** In seconds since 1970. */
  last_error_date?: number | undefined;
  last_error_message?: string | undefined;
};

/** How Telegram fares with our webhook, and what to tell of it. */
export type WebhookState =
  | { kind: "well"; fault: null }
  | { kind: "elsewhere" | "unreachable" | "late"; fault: string };

/** Telegram tries again after two minutes at most. */
const ERROR_COUNTS_MS = 180_000;
/** Telegram drops what is a day old. */
const LATE_AFTER_MS = 6 * 3_600_000;

/** Judges one look at the webhook after the other; `url` is where it should post, null when an operator sets that. */
export function createWebhookJudge(url: string | null): (info: WebhookInfo, now: number) => WebhookState {
  let waitingSince: number | null = null;

  return (info, now) => {
    const pending = info.pending_update_count;
    waitingSince = pending > 0 ? (waitingSince ?? now) : null;
    if (url === null ? !info.url : info.url !== url) {
      return { kind: "elsewhere", fault: "webhook ở Telegram không trỏ về đây" };
    }
    if (waitingSince !== null && now - waitingSince >= LATE_AFTER_MS) {
      const hours = Math.floor((now - waitingSince) / 3_600_000);
      return {
        kind: "late",
        fault: `${pending} tin chờ ở Telegram đã ${hours} giờ, quá 24 giờ Telegram sẽ bỏ`,
      };
    }
    const failedAt = (info.last_error_date ?? 0) * 1000;
    if (pending > 0 && now - failedAt < ERROR_COUNTS_MS) {
      return {
        kind: "unreachable",
        fault: `Telegram không gọi được webhook: ${info.last_error_message ?? "không rõ vì sao"}`,
      };
    }
    return { kind: "well", fault: null };
  };
}

type Parts = {
  api: Api;
  url: string | null;
  secret: string;
  lead: Lead;
  health: Health;
  log: Log;
  scrub: (text: string) => string;
  patience: Parameters<typeof untilDone>[1];
  announce: () => Promise<void>;
  lookMs: number;
};

/** Sees to it, until the signal of `patience`, that Telegram posts to us: one process sets the webhook, and every one looks at it. */
export async function keepWebhook(parts: Parts): Promise<void> {
  const { api, url, secret, lead, health, log, scrub, patience, announce } = parts;
  const { signal } = patience;
  const judge = createWebhookJudge(url);
  let last: WebhookState["kind"] = "well";
  let isLeading = false;

  await Promise.all([lead.whileLeading(leadFor, signal), watch()]);

  async function leadFor(term: Term): Promise<void> {
    await untilDone(set, { ...patience, signal: term.signal });
    await announce();
    isLeading = true;
    await endOf(term);
    isLeading = false;
  }

  async function set(): Promise<void> {
    if (url === null) return;
    await api.setWebhook(url, { secret_token: secret, allowed_updates: ALLOWED_UPDATES }, forGrammy(signal));
  }

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      await sleep(parts.lookMs, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await look().catch(patience.report);
    }
  }

  async function look(): Promise<void> {
    const info = await api.getWebhookInfo(forGrammy(signal));
    health.reached();
    tell(judge(info, Date.now()));
    if (last === "elsewhere" && isLeading) await set();
  }

  function tell({ kind, fault }: WebhookState): void {
    health.webhook(fault === null ? null : scrub(fault));
    if (kind === last) return;
    last = kind;
    if (fault !== null) log.error({ reason: scrub(fault) }, "Webhook Telegram có trục trặc");
  }
}
