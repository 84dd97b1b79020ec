import type { Channel, Receive, TakenOver } from "../conversation/channel.ts";
import type { Log } from "./log.ts";
import { createFetchFile } from "./zalo-files.ts";
import { createScrub } from "./zalo-oa-api.ts";
import { describe } from "./zalo-oa-errors.ts";
import { takenOverIn, toIncoming, type ZaloEvent } from "./zalo-oa-events.ts";
import { createHealth } from "./zalo-oa-health.ts";
import { createRefresh } from "./zalo-oa-oauth.ts";
import { createSend, MAX_TEXT_LENGTH } from "./zalo-oa-send.ts";
import { createTokenKeeper, type TokenPace, type TokenStore, USUAL_TOKEN_PACE } from "./zalo-oa-tokens.ts";
import { createWebhook, isSigned } from "./zalo-oa-webhook.ts";

export type ZaloOaOptions = {
  appId: string;
  appSecret: string;
  /** The key on the webhook page of Zalo's console, which signs what is posted to us. */
  secretKey: string;
  /** Starts the chain of refresh tokens; looked at again only when that chain is lost. */
  refreshToken: string;
  apiRoot: string;
  oauthRoot: string;
  tokens: TokenStore;
  log: Log;
  pace?: ZaloOaPace;
};

/** How long things may take; tests shorten it. */
export type ZaloOaPace = TokenPace & { storeMs: number };

export const USUAL_PACE: ZaloOaPace = { ...USUAL_TOKEN_PACE, storeMs: 1_700 };

/** A Zalo Official Account as a channel: takes messages by webhook, sends consultation messages with buttons. */
export function createZaloOa(options: ZaloOaOptions): Channel {
  const { appId, appSecret, secretKey, refreshToken, log, pace = USUAL_PACE } = options;
  const secrets = createScrub([appSecret, secretKey, refreshToken]);
  const { scrub } = secrets;
  const tokens = createTokenKeeper({
    store: options.tokens,
    refresh: createRefresh({
      appId,
      appSecret,
      oauthRoot: options.oauthRoot,
      timeoutMs: pace.oauthTimeoutMs,
      scrub,
    }),
    seed: refreshToken,
    scrub: secrets,
    log,
    pace,
  });
  const health = createHealth(tokens.fault);
  const beingStored = new Set<Promise<void>>();
  let receive: Receive | null = null;
  let takenOver: TakenOver | undefined;
  let checking: NodeJS.Timeout | null = null;

  async function take(event: ZaloEvent): Promise<void> {
    const storing = store(event);
    beingStored.add(storing);
    await storing.finally(() => beingStored.delete(storing));
  }

  async function store(event: ZaloEvent): Promise<void> {
    if (!receive) throw new Error("not taking messages");
    health.signedWith("secret key");
    const incoming = toIncoming(event);
    if (incoming) await receive(incoming).then(health.stored, failToStore);
    const words = takenOverIn(event);
    if (words) await takenOver?.(words).catch(failToStore);
  }

  function failToStore(error: unknown): never {
    health.unstored();
    log.error({ reason: describe(error, scrub) }, "Không lưu được tin nhắn Zalo OA, sẽ nhận lại");
    throw error;
  }

  /** Sources differ on which secret signs, so a wrong one is recognised and named instead of staying a mystery. */
  function onForged(headers: Headers, rawBody: Uint8Array): void {
    if (!isSigned(headers, rawBody, { appId, secretKey: appSecret })) return;
    health.signedWith("app secret");
    log.warn(
      {},
      "Zalo OA ký tin bằng khóa của ứng dụng, không phải OA Secret Key: xem lại ZALO_OA_SECRET_KEY",
    );
  }

  return {
    name: "zalo-oa",
    capabilities: { maxTextLength: MAX_TEXT_LENGTH, choices: "buttons" },
    async start(to, tellTakenOver) {
      receive = to;
      takenOver = tellTakenOver;
      void tokens.check();
      checking = setInterval(() => void tokens.check(), pace.checkMs);
    },
    async stop() {
      receive = null;
      if (checking) clearInterval(checking);
      await Promise.allSettled(beingStored);
      await tokens.idle();
    },
    send: createSend({ apiRoot: options.apiRoot, tokens, scrub, onAnswer: health.answered }),
    fetchFile: createFetchFile(options.apiRoot),
    webhook: createWebhook({ appId, secretKey, patienceMs: pace.storeMs, onForged }, take),
    fault: health.fault,
  };
}
