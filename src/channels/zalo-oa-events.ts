import { z } from "zod";
import type { Attachment, IncomingMessage } from "../conversation/channel.ts";

const id = z.union([z.string(), z.number().int().transform(String)]).pipe(z.string().min(1).max(200));
const person = z.object({ id, admin_id: id.optional() });
const attachment = z.object({
  payload: z.object({ url: z.string().optional(), id: id.optional() }).nullish().catch(null),
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
    if (!isMessage(event.event_name)) return { ...event, message: null };
    const parsed = message.safeParse(event.message);
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
  if (!said || !sender) return null;
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
 * The chat in which a person of the staff wrote from Zalo's own console, or null. Zalo echoes all that the account
 * sends (oa_send_…), our own replies included; only a person's carries `admin_id`.
 */
export function takenOverIn({ event_name, sender, recipient }: ZaloEvent): string | null {
  return event_name.startsWith("oa_send_") && sender?.admin_id ? (recipient?.id ?? null) : null;
}

function isMessage(event: string): boolean {
  return event.startsWith("user_send_");
}

function attachmentOf(event: string, attached: z.infer<typeof attachment>[]): Attachment | null {
  const kind = Object.hasOwn(KINDS, event) ? KINDS[event] : "other";
  const payload = attached[0]?.payload;
  return kind ? { kind, reference: payload?.url ?? payload?.id ?? null } : null;
}
