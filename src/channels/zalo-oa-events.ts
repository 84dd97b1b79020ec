import { z } from "zod";
import type { Attachment, IncomingMessage, StaffWords } from "../conversation/channel.ts";

const id = z.union([z.string(), z.number().int().transform(String)]).pipe(z.string().min(1).max(200));
const person = z.object({ id, admin_id: id.optional() });
const attachment = z.object({
  payload: z
    .object({
      url: z.string().optional(),
      id: id.optional(),
      name: z.string().optional().catch(undefined),
      size: z.coerce.number().int().nonnegative().optional().catch(undefined),
    })
    .nullish()
    .catch(null),
});

const message = z.object({
  msg_id: id,
  text: z.string().optional().catch(undefined),
  attachments: z.array(attachment).optional().catch(undefined),
});

/** One event, checked only where it is used: Zalo adds fields at any time. */
export const eventSchema = z
  .object({
    event_name: z.string(),
    timestamp: z
      .union([z.string(), z.number()])
      .transform(String)
      .pipe(z.string().regex(/^\d{1,15}$/)),
    sender: person.optional().catch(undefined),
    recipient: person.optional().catch(undefined),
    message: z.unknown().optional(),
  })
  .transform((event, context) => {
    const parsed = message.safeParse(event.message);
    if (!isMessage(event.event_name))
      return { ...event, message: (isEcho(event.event_name) && parsed.data) || null };
    if (parsed.success && event.sender) return { ...event, message: parsed.data };
    context.addIssue({ code: "custom", message: "a message without its sender or its id" });
    return z.NEVER;
  });

export type ZaloEvent = z.infer<typeof eventSchema>;

/** What stands beside the text, by the event; null is text alone, and what is new at Zalo is "other". */
const KINDS: Record<string, Attachment["kind"] | null> = {
  user_send_text: null,
  user_send_image: "photo",
  user_send_audio: "voice",
  user_send_sticker: "sticker",
  user_send_file: "document",
};

/**
 * The event as a member's message. Null for all that is nobody's words: follow, unfollow, user_submit_info, receipts,
 * and what the account itself sent. Visitors without a Zalo account (anonymous_send_…) are not served either.
 */
export function toIncoming({
  event_name,
  sender,
  message: said,
  timestamp,
}: ZaloEvent): IncomingMessage | null {
  if (!said || !sender || !isMessage(event_name)) return null;
  return {
    channel: "zalo-oa",
    chatId: sender.id,
    externalId: said.msg_id,
    text: said.text ?? "",
    attachment: attachmentOf(event_name, said.attachments ?? []),
    sentAt: new Date(Number(timestamp)),
  };
}

/**
 * What a person of the staff wrote to a member from Zalo's own console, or null. Zalo echoes all that the account
 * sends (oa_send_…), our own replies included; only a person's carries `admin_id`.
 */
export function takenOverIn(event: ZaloEvent): StaffWords | null {
  const { event_name, sender, recipient, message: said, timestamp } = event;
  if (!isEcho(event_name) || !sender?.admin_id || !recipient || !said) return null;
  return {
    channel: "zalo-oa",
    chatId: recipient.id,
    externalId: said.msg_id,
    text: said.text ?? "",
    attachment: attachmentOf(event_name.replace(/^oa_/, "user_"), said.attachments ?? []),
    sentAt: new Date(Number(timestamp)),
  };
}

function isEcho(event: string): boolean {
  return event.startsWith("oa_send_");
}

function isMessage(event: string): boolean {
  return event.startsWith("user_send_");
}

function attachmentOf(event: string, attached: z.infer<typeof attachment>[]): Attachment | null {
  const kind = Object.hasOwn(KINDS, event) ? KINDS[event] : "other";
  const payload = attached[0]?.payload;
  if (!kind) return null;
  return {
    kind,
    reference: payload?.url ?? payload?.id ?? null,
    ...(payload?.name ? { name: payload.name } : {}),
    ...(payload?.size === undefined ? {} : { size: payload.size }),
  };
}
