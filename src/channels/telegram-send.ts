import type { Api } from "grammy";
import type { Delivery, OutgoingMessage } from "../conversation/channel.ts";
import { forGrammy } from "./telegram-api.ts";
import { keyboardFor } from "./telegram-buttons.ts";
import { deliveryFor, movedTo } from "./telegram-errors.ts";

/** Sends one message and tells what became of it; a group that moved is followed to its new id at once. */
export function createSend(api: Api, scrub: (text: string) => string) {
  return async (message: OutgoingMessage, until: AbortSignal): Promise<Delivery> => {
    if (until.aborted) return { outcome: "retry", afterSeconds: 0, reason: "chưa kịp gửi" };
    try {
      return await sendTo(message.chatId, message, until);
    } catch (error) {
      const newChat = movedTo(error);
      if (newChat === null) return deliveryFor(error, scrub);
      return sendTo(newChat, message, until).catch((later) => deliveryFor(later, scrub));
    }
  };

  /** Plain text, so nothing a document or a member wrote can break the formatting. */
  async function sendTo(
    chat: string | number,
    message: OutgoingMessage,
    until: AbortSignal,
  ): Promise<Delivery> {
    const buttons = message.choices.length > 0 ? { reply_markup: keyboardFor(message.choices) } : {};
    const extras = { link_preview_options: { is_disabled: true }, ...buttons };
    const sent = await api.sendMessage(chat, wellFormed(message.text), extras, forGrammy(until));
    return { outcome: "sent", providerId: String(sent.message_id) };
  }
}

/** Half an emoji at a cut becomes a replacement sign instead of a message that Telegram refuses. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString("utf8");
}
