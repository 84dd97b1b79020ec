import { readFileSync } from "node:fs";
import { createTelegram, type TelegramOptions } from "../../src/channels/telegram.ts";
import type { Channel, IncomingMessage, Receive } from "../../src/conversation/channel.ts";
import type { FakeTelegram } from "../support/fake-telegram.ts";
import { alone } from "../support/lead.ts";
import { overhear } from "../support/overheard.ts";

export const QUICK = { pollSeconds: 1, firstRetryMs: 10, slowestRetryMs: 40, silenceMs: 1_600, lookMs: 50 };

/** A recorded update. */
export function recorded(name: string): { update_id: number } & Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../fixtures/telegram/${name}.json`, import.meta.url), "utf8"));
}

/** Where an offset survives the channel that wrote it. */
export function createOffsets() {
  const kept = { offset: null as number | null, writes: 0 };
  return {
    kept,
    read: async () => kept.offset,
    write: async (offset: number) => {
      kept.offset = offset;
      kept.writes += 1;
      return true;
    },
  };
}

/** A channel on the fake server, with all it logs and receives; `close` ends what was opened. */
export function createRig(telegram: Pick<FakeTelegram, "token" | "apiRoot">) {
  const logged: string[] = [];
  const received: IncomingMessage[] = [];
  const open: Channel[] = [];
  const note = (fields: object, text: string) => {
    overhear(fields, text);
    logged.push(`${JSON.stringify(fields)} ${text}`);
  };
  const offsets = createOffsets();

  return {
    logged,
    received,
    offsets,
    texts: () => received.map(({ text }) => text),
    keep: (async (message) => void received.push(message)) as Receive,
    channel(options: Partial<TelegramOptions> = {}): Channel {
      const log = { info: note, warn: note, error: note };
      const { token, apiRoot } = telegram;
      const channel = createTelegram({ token, apiRoot, log, offsets, lead: alone, pace: QUICK, ...options });
      open.push(channel);
      return channel;
    },
    close: () => Promise.all(open.map((channel) => channel.stop())),
  };
}
