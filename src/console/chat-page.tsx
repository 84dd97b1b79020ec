import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import { z } from "zod";
import type { Chat, TranscriptLine } from "../conversation/transcript.ts";
import type { Session } from "../staff/account.ts";
import { normalize } from "../text/normalize.ts";
import { mayWrite } from "./access.ts";
import { inVietnam } from "./dates.ts";
import type { ConsoleOptions, Transcripts } from "./desk.ts";
import type { Handler, Signed } from "./handler.ts";
import { AUTHORS, channelLabel, deliveryLabel, outcomeLabel, wentWrong } from "./labels.ts";
import { Csrf } from "./layout.tsx";
import { MAX_REPLY_LENGTH, ReplyField } from "./reply-field.tsx";
import type { View } from "./view.tsx";

type Needs = Pick<ConsoleOptions, "conversations" | "messages" | "desk" | "staff">;

/** The key makes a form that is sent twice count once. */
const Key = z.object({ key: z.uuid() });
const Reply = Key.extend({ text: z.string().transform(normalize) });

const Id = z.string().regex(/^\d{1,15}$/);

const FAULTS = {
  empty: "Tin nhắn đang trống.",
  tooLong: `Tin nhắn dài quá ${MAX_REPLY_LENGTH} ký tự. Xin viết ngắn lại.`,
  notHeld: "Cuộc trò chuyện này đã giao lại cho trợ lý tự động, nên tin dưới đây chưa được gửi.",
};

/** One chat: its transcript, and, while people hold it, writing to the member and giving it back. */
export function chatPages({ conversations, messages, desk, staff }: Needs, view: View) {
  const show: Handler = async (c) => {
    const chat = await find(c);
    if (!chat) return view.refusal(c, 404);
    await staff.audit(c.var.session.staff.id, "chat-viewed", `chat:${chat.id}`);
    return draw(c, chat, {});
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
    return c.redirect(`/console/chats/${chat.id}#end`, 303);
  };

  const handBack: Handler = async (c) => {
    const chat = await find(c);
    const form = Key.safeParse(await c.req.parseBody());
    if (!chat || !form.success) return view.refusal(c, 404);
    if (chat.heldByStaff) {
      await desk.handBack(chat.id, form.data.key);
      await staff.audit(c.var.session.staff.id, "chat-handed-back", `chat:${chat.id}`);
    }
    return c.redirect("/console/chats", 303);
  };

  async function find(c: Context<Signed>): Promise<Chat | null> {
    const id = Id.safeParse(c.req.param("id"));
    return id.success ? conversations.find(Number(id.data)) : null;
  }

  async function draw(c: Context<Signed>, chat: Chat, said: Said, status: 200 | 400 | 409 = 200) {
    const lines = await wholeTranscript(messages, chat);
    const body = <Page chat={chat} lines={lines} session={c.var.session} said={said} />;
    return view.page(c, `Cuộc trò chuyện số ${chat.id}`, body, status);
  }

  return { show, write, handBack };
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

type Said = { fault?: string; text?: string };
type PageProps = { chat: Chat; lines: TranscriptLine[]; session: Session; said: Said };

function Page({ chat, lines, session, said }: PageProps) {
  return (
    <>
      <p class="back">
        <a href="/console/chats">‹ Chờ cán bộ</a>
      </p>
      <div class="heading">
        <h1>Cuộc trò chuyện số {chat.id}</h1>
        <span class={chat.heldByStaff ? "badge open" : "badge"}>
          {chat.heldByStaff ? "Đang chờ cán bộ" : "Trợ lý tự động đang trả lời"}
        </span>
        <p class="quiet">{channelLabel(chat.channel)}</p>
      </div>
      {lines.length > 0 ? (
        <ol class="transcript">
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </ol>
      ) : (
        <p class="panel empty">Cuộc trò chuyện này chưa có tin nhắn nào.</p>
      )}
      <div id="end">
        <Actions chat={chat} session={session} said={said} />
      </div>
    </>
  );
}

function Line({ line }: { line: TranscriptLine }) {
  const outcome = outcomeLabel(line.outcome);
  return (
    <li id={`m${line.id}`} class={`line by-${line.author}`}>
      <p class="quiet">
        <strong>{AUTHORS[line.author]}</strong> ·{" "}
        <time datetime={line.sentAt.toISOString()}>{inVietnam(line.sentAt)}</time> ·{" "}
        <span class={wentWrong(line) ? "wrong" : ""}>{deliveryLabel(line)}</span>
        {outcome ? ` · ${outcome}` : ""}
      </p>
      <p class="text">{line.text || "(không có chữ)"}</p>
      {line.attachment ? <p class="quiet">Có tệp kèm theo: {line.attachment.kind}</p> : null}
      {line.choices.length > 0 ? <p class="quiet">Lựa chọn: {line.choices.join(" · ")}</p> : null}
    </li>
  );
}

function Actions({ chat, session, said }: Omit<PageProps, "lines">) {
  if (!mayWrite(session.staff.role))
    return <p class="quiet">Tài khoản này chỉ được xem, không trả lời được.</p>;
  if (!chat.heldByStaff && !said.text) {
    return (
      <p class="quiet">
        Trợ lý tự động đang trả lời ở đây. Cán bộ viết được khi thành viên yêu cầu gặp cán bộ (gõ /canbo).
      </p>
    );
  }
  const address = `/console/chats/${chat.id}`;
  return (
    <section class="panel" aria-labelledby="reply">
      <h2 id="reply">Viết cho thành viên</h2>
      <form method="post" action={`${address}/write`} class="stack">
        <Csrf session={session} />
        <input type="hidden" name="key" value={randomUUID()} />
        <ReplyField label="Tin nhắn" fault={said.fault} text={said.text} />
        <button type="submit" class="main">
          Gửi
        </button>
      </form>
      <form method="post" action={`${address}/hand-back`} class="aside">
        <Csrf session={session} />
        <input type="hidden" name="key" value={randomUUID()} />
        <p class="quiet">Xong việc thì giao lại, để trợ lý tự động trả lời các câu hỏi tiếp theo.</p>
        <button type="submit">Giao lại cho trợ lý tự động</button>
      </form>
    </section>
  );
}
