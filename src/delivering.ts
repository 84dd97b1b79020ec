import { setTimeout as sleep } from "node:timers/promises";
import type { Channel, ChannelName, Delivery } from "./conversation/channel.ts";
import type { ClaimedMessage } from "./db/claims.ts";
import { LostLease, type MessageStore } from "./db/messages.ts";
import { ignoreLostLease, whileHolding } from "./holding.ts";
import type { Log } from "./log.ts";

type Parts = {
  messages: Pick<MessageStore, "renew" | "recordDelivery">;
  channels: Map<ChannelName, Channel>;
  log: Pick<Log, "warn">;
  owner: string;
};

const SEND_TIMEOUT_MS = 15_000;
/** Until the lease runs out: a reply that is out and cannot be marked would be sent once more. */
const MARK_AGAIN_MS = [200, 800, 2_000, 4_000];
const CHANNEL_OFF_RETRY_SECONDS = 60;

/** Sends a reply that this process holds, and marks what became of it; true when the chat's next reply may be due. */
export async function deliver(message: ClaimedMessage, parts: Parts): Promise<boolean> {
  const { messages, channels, log, owner } = parts;
  const delivery = await whileHolding(message, parts, () => send(message, channels.get(message.channel)));
  if (delivery.outcome !== "sent") log.warn({ message: message.id, delivery }, "a reply was not delivered");
  return mark(() => messages.recordDelivery(message.id, owner, delivery)).catch((error: unknown) => {
    ignoreLostLease(log, message.id)(error);
    return true;
  });
}

async function mark(record: () => Promise<boolean>): Promise<boolean> {
  for (const pause of MARK_AGAIN_MS) {
    try {
      return await record();
    } catch (error) {
      if (error instanceof LostLease) throw error;
      await sleep(pause);
    }
  }
  return record();
}

async function send(message: ClaimedMessage, channel: Channel | undefined): Promise<Delivery> {
  if (!channel) {
    return { outcome: "retry", afterSeconds: CHANNEL_OFF_RETRY_SECONDS, reason: "kênh này đang tắt" };
  }
  try {
    return await channel.send(
      { chatId: message.chatId, text: message.text, choices: message.choices },
      AbortSignal.timeout(SEND_TIMEOUT_MS),
    );
  } catch (error) {
    // A channel answers with a Delivery; if it throws all the same, nobody knows whether the message went out.
    return { outcome: "uncertain", reason: error instanceof Error ? error.name : "lỗi không rõ" };
  }
}
