import { z } from "zod";
import type { Attachment, IncomingMessage } from "../conversation/channel.ts";
import { choiceOf } from "./telegram-buttons.ts";

const file = z.object({
  file_id: z.string(),
  file_name: z.string().optional().catch(undefined),
  file_size: z.number().int().nonnegative().optional().catch(undefined),
  mime_type: z.string().optional().catch(undefined),
});
const user = z.object({ id: z.number(), is_bot: z.boolean() });
const chat = z.object({ id: z.number(), type: z.string() });
const span = z.object({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  user: z.object({ id: z.number() }).optional(),
});
const button = z.object({ text: z.string(), callback_data: z.string().optional() });

const message = z.looseObject({
  message_id: z.number(),
  date: z.number(),
  edit_date: z.number().optional(),
  chat,
  from: user.optional(),
  sender_chat: chat.optional(),
  text: z.string().optional(),
  entities: z.array(span).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(span).optional(),
  photo: z.array(file).optional(),
  document: file.optional(),
  voice: file.optional(),
  sticker: file.optional(),
  reply_to_message: z.object({ from: user.optional() }).optional(),
});

const pressed = z.object({
  id: z.string(),
  data: z.string().optional(),
  message: z
    .object({ chat, reply_markup: z.object({ inline_keyboard: z.array(z.array(button)) }).optional() })
    .optional(),
});

/** One update, checked only where it is used: Telegram adds fields at any time. */
export const updateSchema = z.object({
  update_id: z.number().int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: pressed.optional(),
});

/** The kinds of update the channel asks Telegram for. */
export const ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"] as const;

export type Update = z.infer<typeof updateSchema>;
export type Identity = { id: number; username: string };
type Message = z.infer<typeof message>;
type Span = z.infer<typeof span> & { words: string };

const OTHER_FILES = ["video", "video_note", "audio", "animation"] as const;
const OTHER_CONTENT = ["location", "venue", "contact", "poll", "dice", "story"] as const;

/** The update as a member's message, or null when it is not addressed to the bot or is nobody's words. */
export function toIncoming(update: Update, bot: Identity, now: Date): IncomingMessage | null {
  if (update.callback_query) return fromButton(update.callback_query, now);
  if (update.edited_message) return fromEdit(update.edited_message, bot);
  return update.message ? fromMessage(update.message, bot) : null;
}

function fromButton(query: z.infer<typeof pressed>, now: Date): IncomingMessage | null {
  if (!query.message || query.data === undefined) return null;
  const text = choiceOf(query.data, query.message.reply_markup?.inline_keyboard.flat() ?? []);
  if (text === null) return null;
  const chatId = String(query.message.chat.id);
  return {
    channel: "telegram",
    chatId,
    externalId: `callback:${query.id}`,
    text,
    attachment: null,
    sentAt: now,
  };
}

/** A shared live position is edited every few seconds; those edits are not words. */
function fromEdit(edited: Message, bot: Identity): IncomingMessage | null {
  const original = fromMessage(edited, bot);
  if (!original || "location" in edited) return null;
  const editedAt = edited.edit_date ?? edited.date;
  const externalId = `edit:${original.chatId}:${edited.message_id}:${editedAt}`;
  return { ...original, externalId, sentAt: new Date(editedAt * 1000) };
}

function fromMessage(source: Message, bot: Identity): IncomingMessage | null {
  const attachment = attachmentOf(source);
  const isService = !wordsOf(source) && !attachment;
  if (isService || !isFromMember(source) || !isForBot(source, bot)) return null;
  const chatId = String(source.chat.id);
  return {
    channel: "telegram",
    chatId,
    externalId: `message:${chatId}:${source.message_id}`,
    text: withoutBotName(source, bot),
    attachment,
    sentAt: new Date(source.date * 1000),
  };
}

/** A linked channel's post appears in its group under Telegram's own user id, told apart by its sender chat. */
function isFromMember({ from, chat: { type }, sender_chat }: Message): boolean {
  return from !== undefined && !from.is_bot && type !== "channel" && sender_chat?.type !== "channel";
}

function isForBot(source: Message, bot: Identity): boolean {
  if (source.chat.type === "private") return true;
  const spans = spansOf(source);
  const command = spans.find(isCommand);
  if (command && addresseeOf(command) !== null) return isName(addresseeOf(command), bot);
  const isMentioned = spans.some((each) => isMention(each, bot) || each.user?.id === bot.id);
  return command !== undefined || isMentioned || source.reply_to_message?.from?.id === bot.id;
}

/** "/tracuu@cau_noi_bot KN" reads "/tracuu KN", "@cau_noi_bot, cho hỏi" reads "cho hỏi". */
function withoutBotName(source: Message, bot: Identity): string {
  const words = wordsOf(source);
  const names = spansOf(source).flatMap((each) => botNameIn(each, bot));
  const kept = names.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), words);
  return names.length === 0
    ? words
    : kept
        .replace(/[ \t]{2,}/g, " ")
        .replace(/^[\s,:]+/, "")
        .trimEnd();
}

function botNameIn(each: Span, bot: Identity): { start: number; end: number }[] {
  const end = each.offset + each.length;
  if (isMention(each, bot)) return [{ start: each.offset, end }];
  const isOurCommand = isCommand(each) && isName(addresseeOf(each), bot);
  return isOurCommand ? [{ start: each.offset + each.words.indexOf("@"), end }] : [];
}

function isCommand(each: Span): boolean {
  return each.type === "bot_command" && each.offset === 0;
}

function isMention(each: Span, bot: Identity): boolean {
  return each.type === "mention" && isName(each.words.slice(1), bot);
}

function addresseeOf(command: Span): string | null {
  return command.words.split("@")[1] ?? null;
}

function isName(name: string | null, bot: Identity): boolean {
  return name?.toLowerCase() === bot.username.toLowerCase();
}

function wordsOf(source: Message): string {
  return source.text ?? source.caption ?? "";
}

/** Offsets count UTF-16 units, as JavaScript strings do. */
function spansOf(source: Message): Span[] {
  const words = wordsOf(source);
  const spans = source.entities ?? source.caption_entities ?? [];
  return spans.map((each) => ({ ...each, words: words.slice(each.offset, each.offset + each.length) }));
}

/** Photos come in several sizes, the largest last. */
function attachmentOf(source: Message): Attachment | null {
  if (source.photo) {
    const largest = source.photo.at(-1);
    return largest ? { kind: "photo", ...told(largest) } : { kind: "photo", reference: null };
  }
  if (source.voice) return { kind: "voice", reference: source.voice.file_id };
  if (source.sticker) return { kind: "sticker", reference: source.sticker.file_id };
  const other = OTHER_FILES.find((key) => key in source);
  if (other) return { kind: "other", reference: file.safeParse(source[other]).data?.file_id ?? null };
  if (source.document) return { kind: "document", ...told(source.document) };
  return OTHER_CONTENT.some((key) => key in source) ? { kind: "other", reference: null } : null;
}

function told({ file_id, file_name, file_size, mime_type }: z.infer<typeof file>): Omit<Attachment, "kind"> {
  return {
    reference: file_id,
    ...(file_name ? { name: file_name } : {}),
    ...(file_size === undefined ? {} : { size: file_size }),
    ...(mime_type ? { mime: mime_type } : {}),
  };
}
