import { readFileSync } from "node:fs";
import { createZaloOa, type ZaloOaOptions, type ZaloOaPace } from "../../src/channels/zalo-oa.ts";
import type { TokenLock, TokenStore, Tokens } from "../../src/channels/zalo-oa-tokens.ts";
import type { Channel, IncomingMessage, Receive } from "../../src/conversation/channel.ts";
import { ACCOUNT, type FakeZaloOa, signatureOf } from "../support/fake-zalo-oa.ts";
import { overhear } from "../support/overheard.ts";

export const QUICK: ZaloOaPace = {
  checkMs: 60_000,
  retryMs: 0,
  rejectedRetryMs: 0,
  oauthTimeoutMs: 3_000,
  storeMs: 1_700,
};

/** A recorded event, byte for byte. */
export function recorded(name: string): string {
  return readFileSync(new URL(`../fixtures/zalo-oa/${name}.json`, import.meta.url), "utf8");
}

/** The headers with which Zalo posts a body. */
export function signed(body: string, key: { appId: string; secretKey: string } = ACCOUNT): Headers {
  const timestamp = /"timestamp":\s*"?(\d+)/.exec(body)?.[1] ?? "";
  return new Headers({ "X-ZEvent-Signature": signatureOf(body, timestamp, key) });
}

/** A store in memory with the promises of the one in the database, for one process. */
export function createMemoryTokens() {
  const kept = { pair: null as Tokens | null, since: null as Date | null, ageSeconds: 0 };
  const store: TokenStore = {
    async withLock(run) {
      const lock: TokenLock = {
        stored: kept.pair && { ...kept.pair, ageSeconds: kept.ageSeconds },
        rotatingSince: kept.since,
        markRotation: async () => {
          kept.since ??= new Date();
        },
      };
      const { keep, result } = await run(lock);
      if (keep) Object.assign(kept, { pair: keep, ageSeconds: 0 });
      kept.since = null;
      return result;
    },
  };
  return { ...store, kept };
}

/** Channels on the fake, with all they log and receive; `close` ends what was opened. */
export function createRig(zalo: FakeZaloOa) {
  const logged: string[] = [];
  const received: IncomingMessage[] = [];
  const open: Channel[] = [];
  const note = (fields: object, text: string) => {
    overhear(fields, text);
    logged.push(`${JSON.stringify(fields)} ${text}`);
  };
  const tokens = createMemoryTokens();

  return {
    logged,
    received,
    tokens,
    keep: (async (message) => void received.push(message)) as Receive,
    channel(options: Partial<ZaloOaOptions> = {}): Channel {
      const { appId, appSecret, secretKey, seed } = zalo.account;
      const channel = createZaloOa({
        appId,
        appSecret,
        secretKey,
        refreshToken: seed,
        apiRoot: zalo.root,
        oauthRoot: `${zalo.root}/`,
        tokens,
        log: { info: note, warn: note, error: note },
        pace: QUICK,
        ...options,
      });
      open.push(channel);
      return channel;
    },
    close: () => Promise.all(open.map((channel) => channel.stop())),
  };
}

/** Posts a body to the webhook of a channel. */
export async function post(
  channel: Channel,
  body: string,
  headers = signed(body),
): Promise<number | undefined> {
  return (await channel.webhook?.(headers, Buffer.from(body)))?.status;
}
