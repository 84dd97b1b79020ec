import type { createUpdateQueue } from "./fake-telegram-queue.ts";

export type Payload = Record<string, unknown>;
export type Button = { text: string; callback_data?: string };
export type SentMessage = { chatId: string; messageId: number; text: string; buttons: Button[]; at: number };
export type Answer = { status: number; body: object };

/** What the fake server knows: the bot, what it was told, and which chats refuse it. */
export type World = {
  bot: { id: number; username: string };
  queue: ReturnType<typeof createUpdateQueue>;
  sent: SentMessage[];
  nextMessageId: () => number;
  openQueries: Set<string>;
  webhook: { url: string; secretToken: string };
  /** How the last post to the webhook failed, if it did. */
  webhookError: { at: number; message: string } | null;
  commands: unknown[];
  refusing: Map<string, Answer>;
  /** Where files lie, by their ids. */
  files: Map<string, { path: string; size: number }>;
};

const HTML_TAGS = /^\/?(b|strong|i|em|u|ins|s|strike|del|span|tg-spoiler|a|code|pre|blockquote|tg-emoji)\b/i;
const MAX_TEXT = 4096;
const MAX_DATA_BYTES = 64;
const MAX_DOWNLOAD = 20 * 1024 * 1024;

export const ok = (result: unknown): Answer => ({ status: 200, body: { ok: true, result } });

export const failure = (code: number, description: string, parameters?: object): Answer => ({
  status: code,
  body: { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) },
});

const badRequest = (description: string): Answer => failure(400, `Bad Request: ${description}`);

/** The methods that answer at once, by their lower-case names. */
export const METHODS: Record<string, (payload: Payload, world: World) => Answer> = {
  getme: (_payload, { bot }) =>
    ok({
      id: bot.id,
      is_bot: true,
      first_name: "Cầu Nối",
      username: bot.username,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }),
  deletewebhook: (payload, world) => {
    world.webhook = { url: "", secretToken: "" };
    if (payload.drop_pending_updates) world.queue.drop();
    return ok(true);
  },
  setwebhook: (payload, world) => {
    const url = String(payload.url ?? "");
    if (!/^https?:\/\//.test(url))
      return badRequest("bad webhook: An HTTPS URL must be provided for webhook");
    world.webhook = { url, secretToken: String(payload.secret_token ?? "") };
    allowFrom(payload, world);
    return ok(true);
  },
  getwebhookinfo: (_payload, { webhook, webhookError, queue }) =>
    ok({
      url: webhook.url,
      has_custom_certificate: false,
      pending_update_count: queue.pendingCount(),
      ...(webhookError
        ? {
            last_error_date: Math.floor(webhookError.at / 1000),
            last_error_message: webhookError.message,
          }
        : {}),
    }),
  setmycommands: (payload, world) => {
    const commands = listOf(payload.commands) as { command: string }[];
    if (!commands.every(({ command }) => /^[a-z0-9_]{1,32}$/.test(command)))
      return badRequest("BOT_COMMAND_INVALID");
    world.commands = commands;
    return ok(true);
  },
  sendmessage: (payload, world) => {
    const chatId = String(payload.chat_id);
    const refused = world.refusing.get(chatId) ?? invalidText(payload) ?? invalidButtons(payload);
    if (refused) return refused;
    const messageId = world.nextMessageId();
    const text = String(payload.text).trim();
    world.sent.push({ chatId, messageId, text, buttons: buttonsOf(payload), at: Date.now() });
    return ok(messageAsShown(payload, messageId, text, world));
  },
  getfile: (payload, { files }) => {
    const fileId = String(payload.file_id);
    const file = files.get(fileId);
    if (!file) return badRequest("wrong file_id or the file is temporarily unavailable");
    if (file.size > MAX_DOWNLOAD) return badRequest("file is too big");
    return ok({ file_id: fileId, file_unique_id: `u${fileId}`, file_size: file.size, file_path: file.path });
  },
  sendchataction: (payload, world) => world.refusing.get(String(payload.chat_id)) ?? ok(true),
  answercallbackquery: (payload, world) =>
    world.openQueries.delete(String(payload.callback_query_id))
      ? ok(true)
      : badRequest("query is too old and response timeout expired or query ID is invalid"),
  editmessagetext: (payload, world) => {
    const message = world.sent.find(({ messageId }) => messageId === Number(payload.message_id));
    if (!message) return badRequest("message to edit not found");
    if (message.text === String(payload.text).trim()) return badRequest("message is not modified");
    const refused = invalidText(payload) ?? invalidButtons(payload);
    if (refused) return refused;
    Object.assign(message, { text: String(payload.text).trim(), buttons: buttonsOf(payload) });
    return ok(messageAsShown(payload, message.messageId, message.text, world));
  },
};

/** Remembers which kinds of update the bot wants; a call that says nothing keeps the last wish. */
export function allowFrom(payload: Payload, world: World): void {
  if (payload.allowed_updates !== undefined) world.queue.allow(listOf(payload.allowed_updates) as string[]);
}

function messageAsShown(payload: Payload, messageId: number, text: string, { bot }: World): object {
  const id = Number(payload.chat_id);
  const buttons = buttonsOf(payload);
  return {
    message_id: messageId,
    from: { id: bot.id, is_bot: true, first_name: "Cầu Nối", username: bot.username },
    chat: id < 0 ? { id, title: "HTX", type: "supergroup" } : { id, first_name: "A", type: "private" },
    date: Math.floor(Date.now() / 1000),
    text,
    ...(buttons.length > 0 ? { reply_markup: markupOf(payload) } : {}),
  };
}

function invalidText(payload: Payload): Answer | null {
  const text = String(payload.text ?? "");
  if (text.trim() === "") return badRequest("message text is empty");
  if (Buffer.from(text).toString() !== text) return badRequest("strings must be encoded in UTF-8");
  if (payload.parse_mode !== undefined) return invalidHtml(payload, text);
  return text.trim().length > MAX_TEXT ? badRequest("message is too long") : null;
}

function invalidHtml(payload: Payload, text: string): Answer | null {
  if (String(payload.parse_mode).toLowerCase() !== "html") return badRequest("unsupported parse_mode");
  const opened = text
    .split("<")
    .slice(1)
    .find((rest) => !HTML_TAGS.test(rest));
  if (opened !== undefined)
    return badRequest(`can't parse entities: Unsupported start tag "${opened.split(/[ >]/)[0]}"`);
  return text.replace(/<[^>]*>/g, "").length > MAX_TEXT ? badRequest("message is too long") : null;
}

function invalidButtons(payload: Payload): Answer | null {
  const buttons = buttonsOf(payload);
  if (buttons.some(({ text }) => !text))
    return badRequest("can't parse inline keyboard button: text is empty");
  const sizes = buttons.map(({ callback_data: data }) => Buffer.byteLength(data ?? ""));
  return sizes.some((size) => size < 1 || size > MAX_DATA_BYTES) ? badRequest("BUTTON_DATA_INVALID") : null;
}

function buttonsOf(payload: Payload): Button[] {
  return markupOf(payload).inline_keyboard.flat();
}

function markupOf(payload: Payload): { inline_keyboard: Button[][] } {
  const raw = payload.reply_markup;
  const markup = typeof raw === "string" ? JSON.parse(raw) : raw;
  return { inline_keyboard: markup?.inline_keyboard ?? [] };
}

function listOf(raw: unknown): unknown[] {
  return typeof raw === "string" ? JSON.parse(raw) : ((raw as unknown[] | undefined) ?? []);
}
