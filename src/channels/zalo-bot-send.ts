import { z } from "zod";
import type { Delivery, OutgoingMessage } from "../conversation/channel.ts";
import type { Call } from "./zalo-bot-api.ts";
import { withChoices } from "./zalo-bot-choices.ts";
import { deliveryFor, isOverQuota } from "./zalo-bot-errors.ts";
import type { Quota } from "./zalo-bot-quota.ts";

/** UTF-16 units that one Zalo message may hold. */
export const MAX_TEXT = 2_000;

const sentSchema = z.object({ message_id: z.string().nullable().catch(null) }).catch({ message_id: null });

type Parts = { call: Call; quota: Quota; scrub: (text: string) => string };

/** Sends one message and tells what became of it; while the quota is spent, Zalo is left in peace. */
export function createSend({ call, quota, scrub }: Parts) {
  return async (message: OutgoingMessage, until: AbortSignal): Promise<Delivery> => {
    if (until.aborted) return { outcome: "retry", afterSeconds: 0, reason: "chưa kịp gửi" };
    if (quota.waitSeconds() > 0) return overQuota(quota.waitSeconds());
    try {
      return await sendNow(message, until);
    } catch (error) {
      return isOverQuota(error) ? overQuota(quota.exceeded()) : deliveryFor(error, scrub);
    }
  };

  /** Plain text, so nothing a document or a member wrote can break the formatting. */
  async function sendNow({ chatId, text, choices }: OutgoingMessage, until: AbortSignal): Promise<Delivery> {
    const whole = withChoices(written(text), choices.map(written), MAX_TEXT);
    const result = await call("sendMessage", { chat_id: chatId, text: whole }, { signal: until });
    quota.kept();
    return { outcome: "sent", providerId: sentSchema.parse(result).message_id };
  }
}

/** Letters as Zalo counts them, and half an emoji at a cut becomes a replacement sign. */
function written(text: string): string {
  return text.normalize("NFC").toWellFormed();
}

function overQuota(afterSeconds: number): Delivery {
  return { outcome: "retry", afterSeconds, reason: "hết hạn mức gửi tin của Zalo" };
}
