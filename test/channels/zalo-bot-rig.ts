import { readFileSync } from "node:fs";
import { createZaloBot, type ZaloBotOptions } from "../../src/channels/zalo-bot.ts";
import type { Channel, IncomingMessage, Receive } from "../../src/conversation/channel.ts";
import type { FakeZaloBot } from "../support/fake-zalo-bot.ts";
import { alone } from "../support/lead.ts";
import { overhear } from "../support/overheard.ts";

export const QUICK = {
  pollSeconds: 0.2,
  lateMs: 500,
  firstRetryMs: 10,
  slowestRetryMs: 40,
  silenceMs: 1_200,
};
export const SECRET = "bi-mat_0123456789";

/** A recorded body. */
export function recorded(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../fixtures/zalo-bot/${name}.json`, import.meta.url), "utf8"));
}

/** A channel on the fake server, with all it logs and receives; `close` ends what was opened. */
export function createRig(zalo: Pick<FakeZaloBot, "token" | "apiRoot">) {
  const logged: string[] = [];
  const received: IncomingMessage[] = [];
  const open: Channel[] = [];
  const note = (fields: object, text: string) => {
    overhear(fields, text);
    logged.push(`${JSON.stringify(fields)} ${text}`);
  };

  return {
    logged,
    received,
    texts: () => received.map(({ text }) => text),
    keep: (async (message) => void received.push(message)) as Receive,
    channel(options: Partial<ZaloBotOptions> = {}): Channel {
      const log = { info: note, warn: note, error: note };
      const { token, apiRoot } = zalo;
      const off = { webhookSecret: null, publicUrl: null };
      const channel = createZaloBot({ token, apiRoot, ...off, lead: alone, log, pace: QUICK, ...options });
      open.push(channel);
      return channel;
    },
    close: () => Promise.all(open.map((channel) => channel.stop())),
  };
}
