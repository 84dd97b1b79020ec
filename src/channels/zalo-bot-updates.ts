import { z } from "zod";
import type { Attachment, IncomingMessage } from "../conversation/channel.ts";

const id = z.string().min(1);
const optionalText = z.string().optional().catch(undefined);
const LAST_MOMENT = 8.64e15;

const message = z.object({
  message_id: id,
  date: z.coerce.number().positive().max(LAST_MOMENT).optional().catch(undefined),
  chat: z.object({ id }),
  from: z.object({ is_bot: z.boolean().optional().catch(undefined) }).optional(),
  text: z.string().optional(),
  caption: optionalText,
  photo_url: optionalText,
  photo: optionalText,
  voice_url: optionalText,
  sticker: optionalText,
  url: optionalText,
});

/** One update, checked only where it is used. */
const updateSchema = z.object({ event_name: z.string().catch(""), message: message.optional() });

export type Update = z.infer<typeof updateSchema>;
type Message = z.infer<typeof message>;

/** Reads an update as it comes in practice or wrapped as the documentation shows it; null when it is none. */
export function readUpdate(raw: unknown): Update | null {
  const wrapped = z.object({ ok: z.literal(true), result: z.record(z.string(), z.unknown()) }).safeParse(raw);
  return updateSchema.safeParse(wrapped.data?.result ?? raw).data ?? null;
}

/**
 * The update as a member's message, or null when it is nobody's words. In a group the bot hears only what
 * mentions it or replies to it, and nothing in the update marks that, so whatever comes is for the bot.
 */
export function toIncoming({ event_name, message: source }: Update, now: Date): IncomingMessage | null {
  if (!source || source.from?.is_bot || event_name === "message.reaction.received") return null;
  return {
    channel: "zalo-bot",
    chatId: source.chat.id,
    externalId: `${event_name}:${source.message_id}`,
    text: source.text ?? source.caption ?? "",
    attachment: attachmentOf(event_name, source),
    sentAt: source.date === undefined ? now : new Date(source.date),
  };
}

/** Zalo sends files, links, contact cards and the words of protected people as "unsupported", without content. */
function attachmentOf(eventName: string, source: Message): Attachment | null {
  switch (eventName) {
    case "message.image.received":
      return { kind: "photo", reference: source.photo_url ?? source.photo ?? null };
    case "message.voice.received":
      return { kind: "voice", reference: source.voice_url ?? null };
    case "message.sticker.received":
      return { kind: "sticker", reference: source.url ?? source.sticker ?? null };
    default:
      return source.text === undefined ? { kind: "other", reference: null } : null;
  }
}
