import { setTimeout as sleep } from "node:timers/promises";
import type { Channel, Delivery } from "../conversation/channel.ts";

/** Asks for a turn to send to a chat: ours after the wait, or else to be asked for again after it. */
export type TakeTurn = (chatId: string) => Promise<{ isOurs: boolean; waitMs: number }>;

const UNKNOWN_SECONDS = 2;

/** The same channel, which calls its provider for a message only when it is its turn; who has none is put off without a call. */
export function paced(channel: Channel, takeTurn: TakeTurn): Channel {
  return {
    ...channel,
    async send(message, until): Promise<Delivery> {
      const turn = await takeTurn(message.chatId).catch(() => null);
      if (turn === null) return putOff(UNKNOWN_SECONDS, "chưa biết đã đến lượt gửi chưa");
      if (!turn.isOurs) return putOff(turn.waitMs / 1000, "chờ đến lượt, để không gửi dồn dập");
      // Cut short by `until`, the send itself finds that its time is over.
      await sleep(turn.waitMs, undefined, { signal: until }).catch(() => undefined);
      return channel.send(message, until);
    },
  };
}

function putOff(afterSeconds: number, reason: string): Delivery {
  return { outcome: "retry", afterSeconds, reason };
}
