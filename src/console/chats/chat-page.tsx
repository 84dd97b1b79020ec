import type { Context } from "hono";
import { z } from "zod";
import type { Chat, TranscriptLine } from "../../conversation/transcript.ts";
import { normalize } from "../../text/normalize.ts";
import type { ConsoleOptions, Transcripts } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import { MAX_REPLY_LENGTH } from "../reply-field.tsx";
import type { View } from "../view.tsx";
import { type ChatSaid, ChatView } from "./chat-view.tsx";
import { documentNumber, judgementOf, UNKNOWN_DOCUMENT, WrongAnswer } from "./judging.ts";
import { chatAddress } from "./places.ts";

type Needs = Pick<ConsoleOptions, "conversations" | "messages" | "desk" | "staff" | "chats" | "knowledge">;

/** The key makes a form that is sent twice count once. */
const Key = z.object({ key: z.uuid() });
const Reply = Key.extend({ text: z.string().transform(normalize) });

const Id = z.string().regex(/^\d{1,15}$/);

const FAULTS = {
  empty: "Tin nhắn đang trống.",
  tooLong: `Tin nhắn dài quá ${MAX_REPLY_LENGTH} ký tự. Xin viết ngắn lại.`,
  notHeld: "Cuộc trò chuyện này đã giao lại cho trợ lý tự động, nên tin dưới đây chưa được gửi.",
  judge: "Xin chọn câu trả lời sai ở đâu.",
};

const NOTICES: Record<string, string> = {
  judged: "Đã đánh dấu. Quản trị sẽ xem ở mục “Câu trả lời sai”.",
  known: "Câu trả lời này đã được đánh dấu và đang chờ quản trị xem.",
};

/** One chat: its transcript with how each answer came about; taking it over, writing to the member, giving it back. */
export function chatPages(options: Needs, view: View) {
  const { conversations, messages, desk, staff, chats, knowledge } = options;

  const show: Handler = async (c) => {
    const chat = await find(c);
    if (!chat) return view.refusal(c, 404);
    await staff.audit(c.var.session.staff.id, "chat-viewed", `chat:${chat.id}`);
    return draw(c, chat, { notice: NOTICES[c.req.query("notice") ?? ""] });
  };

  const write: Handler = async (c) => {
    const chat = await find(c);
    if (!chat) return view.refusal(c, 404);
    const reply = Reply.safeParse(await c.req.parseBody());
    const text = reply.data?.text ?? "";
    if (!reply.success || text === "") return draw(c, chat, { fault: FAULTS.empty, text }, 400);
    if (text.length > MAX_REPLY_LENGTH) return draw(c, chat, { fault: FAULTS.tooLong, text }, 400);
    if (!chat.heldByStaff) return draw(c, chat, { fault: FAULTS.notHeld, text }, 409);
    await desk.write(chat.id, c.var.session.staff.id, reply.data.key, text);
    return c.redirect(`${chatAddress(chat.id)}#end`, 303);
  };

  const takeOver: Handler = async (c) => {
    const chat = await find(c);
    const form = Key.safeParse(await c.req.parseBody());
    if (!chat || !form.success) return view.refusal(c, 404);
    await chats.verbs.takeOver(chat.id, form.data.key);
    return c.redirect(`${chatAddress(chat.id)}#end`, 303);
  };

  const handBack: Handler = async (c) => {
    const chat = await find(c);
    const form = Key.safeParse(await c.req.parseBody());
    if (!chat || !form.success) return view.refusal(c, 404);
    if (chat.heldByStaff) await desk.handBack(chat.id, form.data.key);
    return c.redirect("/console/chats", 303);
  };

  const judge: Handler = async (c) => {
    const chat = await find(c);
    if (!chat) return view.refusal(c, 404);
    const form = WrongAnswer.safeParse(await c.req.parseBody());
    if (!form.success) return draw(c, chat, { judgeFault: FAULTS.judge }, 400);
    const { message, document: typed } = form.data;
    const asked = await chats.judgements.asked(message);
    if (asked?.conversationId !== chat.id) return view.refusal(c, 404);
    const document = typed === null ? null : documentNumber(knowledge.live.now(), typed);
    if (document === undefined) return draw(c, chat, { judgeFault: UNKNOWN_DOCUMENT }, 400);
    const judgement = judgementOf(message, asked, { ...form.data, document });
    const id = await chats.verbs.judge(judgement, c.var.session.staff.id);
    return c.redirect(
      `/console/chats/${chat.id}?notice=${id === null ? "known" : "judged"}#m${message}`,
      303,
    );
  };

  async function find(c: Context<Signed>): Promise<Chat | null> {
    const id = Id.safeParse(c.req.param("id"));
    return id.success ? conversations.find(Number(id.data)) : null;
  }

  async function draw(c: Context<Signed>, chat: Chat, said: ChatSaid, status: 200 | 400 | 409 = 200) {
    const [lines, judgements] = await Promise.all([
      wholeTranscript(messages, chat),
      chats.judgements.ofChat(chat.id),
    ]);
    const given = { chat, lines, judgements, said, session: c.var.session, inUse: knowledge.live.now() };
    return view.page(c, `Cuộc trò chuyện số ${chat.id}`, <ChatView {...given} />, status);
  }

  return { show, write, takeOver, handBack, judge };
}

const LINES_AT_ONCE = 200;

async function wholeTranscript(messages: Transcripts, chat: Chat): Promise<TranscriptLine[]> {
  const lines: TranscriptLine[] = [];
  for (;;) {
    const more = await messages.transcript(chat.channel, chat.chatId, lines.at(-1)?.id ?? 0, LINES_AT_ONCE);
    lines.push(...more);
    if (more.length < LINES_AT_ONCE) return lines;
  }
}
