import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import type { ChannelName, IncomingMessage } from "../../conversation/channel.ts";
import type { TranscriptLine } from "../../conversation/transcript.ts";
import { normalize } from "../../text/normalize.ts";
import { MAX_TEXT_LENGTH } from "./channel.ts";
import { ChatPage } from "./page.tsx";
import { createChatSessions } from "./session.ts";

export type WebChatOptions = {
  /** Does the work that stores a message, or refuses at once with the seconds after which to try again. */
  whenRoom<T>(store: () => Promise<T>): Promise<T | { retryAfter: number }>;
  /** Stores a message; resolves after the commit. */
  receive(message: IncomingMessage): Promise<{ id: number }>;
  /** Messages of a chat that are still to be handled. */
  openIn(channel: ChannelName, chatId: string): Promise<number>;
  transcript(channel: ChannelName, chatId: string, after: number): Promise<TranscriptLine[]>;
  sessionSecret: string;
  publicUrl: string | null;
  /** Serves a folder of static files and returns its address. */
  publish(folder: URL): string;
  /** Tells the pipeline that there is work, so that it need not wait for the database's notice. */
  wake?(): void;
};

const MAX_BODY_BYTES = 64 * 1024;
const MAX_OPEN_MESSAGES = 20;
const RETRY_AFTER_SECONDS = 5;

const Post = z.object({ text: z.string(), clientId: z.uuid().optional() });
const After = z.string().regex(/^\d{1,15}$/);

const words = {
  notJson: "Tin nhắn phải gửi ở dạng application/json.",
  noText: 'Tin nhắn phải có dạng {"text": "…"}, trong đó text là một chuỗi chữ.',
  empty: "Tin nhắn đang trống. Bà con viết giúp câu hỏi hoặc ý kiến rồi gửi lại nhé.",
  tooLong: `Tin nhắn dài quá ${MAX_TEXT_LENGTH.toLocaleString("vi-VN")} ký tự. Bà con chia thành vài tin ngắn hơn rồi gửi lại giúp nhé.`,
  tooMany: "Bà con gửi hơi nhanh, các tin trước còn đang được trả lời. Xin chờ một lát rồi gửi tiếp.",
  busy: "Đang có rất nhiều bà con nhắn cùng lúc. Xin chờ một lát rồi gửi lại.",
  after: "Tham số after phải là số của một tin nhắn.",
};

/** The chat page and the two calls it lives on. The caller keeps other origins out. */
export function webChatRoutes(options: WebChatOptions): Hono {
  const sessions = createChatSessions(options.sessionSecret, options.publicUrl);
  const assets = options.publish(new URL("./browser/", import.meta.url));
  const app = new Hono().basePath("/chat");

  app.get("/", async (c) => {
    await sessions.open(c);
    return c.html(<ChatPage assets={assets} />);
  });

  app.get("/messages", async (c) => {
    const after = After.safeParse(c.req.query("after") ?? "0");
    if (!after.success) return c.json({ error: words.after }, 400);
    const lines = await options.transcript("web-chat", await sessions.chatOf(c), Number(after.data));
    return c.json({ messages: readable(lines).map(toMessage) });
  });

  const tooLong = (c: Context) => c.json({ error: words.tooLong }, 413);
  app.post("/messages", bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLong }), async (c) => {
    if (!isJson(c.req.header("content-type"))) return c.json({ error: words.notJson }, 415);
    const post = Post.safeParse(await c.req.json().catch(() => null));
    if (!post.success) return c.json({ error: words.noText }, 400);
    const text = normalize(post.data.text);
    if (text === "") return c.json({ error: words.empty }, 400);
    if (text.length > MAX_TEXT_LENGTH) return tooLong(c);

    const chatId = await sessions.chatOf(c);
    const externalId = post.data.clientId ?? randomUUID();
    const stored = await options.whenRoom(() => store(chatId, externalId, text));
    if (stored === "too many")
      return c.json({ error: words.tooMany }, 429, { "Retry-After": String(RETRY_AFTER_SECONDS) });
    if ("retryAfter" in stored)
      return c.json({ error: words.busy }, 503, { "Retry-After": String(stored.retryAfter) });
    options.wake?.();
    return c.json(stored, 202);
  });

  async function store(chatId: string, externalId: string, text: string) {
    if ((await options.openIn("web-chat", chatId)) >= MAX_OPEN_MESSAGES) return "too many" as const;
    const sentAt = new Date();
    const { id } = await options.receive({
      channel: "web-chat",
      chatId,
      externalId,
      text,
      attachment: null,
      sentAt,
    });
    return { id };
  }

  return app;
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(";")[0]?.trim().toLowerCase() === "application/json";
}

/** What waits for the channel to be on again is not read yet, nor what follows it, since the page asks for what is newer than it has. */
function readable(lines: TranscriptLine[]): TranscriptLine[] {
  const held = lines.findIndex(({ author, status }) => author !== "member" && status === "switched-off");
  return held === -1 ? lines : lines.slice(0, held);
}

function toMessage({ id, author, text, choices, sentAt }: TranscriptLine) {
  return { id, from: author, text, choices, sentAt };
}
