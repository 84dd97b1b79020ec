import { randomUUID } from "node:crypto";
import type { Chat, TranscriptLine } from "../../conversation/transcript.ts";
import type { Judgement } from "../../knowledge/judgement.ts";
import type { Session } from "../../staff/account.ts";
import { mayWrite } from "../access.ts";
import { inVietnam } from "../dates.ts";
import type { InUse } from "../knowledge-desk.ts";
import { AUTHORS, channelLabel, deliveryLabel, outcomeLabel, wentWrong } from "../labels.ts";
import { Csrf } from "../layout.tsx";
import { ReplyField } from "../reply-field.tsx";
import { Notices } from "../tabbed.tsx";
import { DocumentNumbers } from "./expected-fields.tsx";
import { Frame } from "./frame.tsx";
import { Judged, JudgeForm } from "./judge-form.tsx";
import { ALL, HELD } from "./places.ts";
import { readTrace } from "./trace.ts";
import { TraceView } from "./trace-view.tsx";

/** What a page says of what was done, and a text that could not be sent. */
export type ChatSaid = { notice?: string | undefined; fault?: string; judgeFault?: string; text?: string };

export type ChatViewProps = {
  chat: Chat;
  lines: TranscriptLine[];
  judgements: Judgement[];
  inUse: InUse;
  session: Session;
  said: ChatSaid;
};

/** The page of one chat. */
export function ChatView(props: ChatViewProps) {
  const { chat, lines, inUse, session, said } = props;
  const asked = new Map(lines.map((line) => [line.id, line]));
  return (
    <Frame at="" session={session}>
      <p class="back">
        <a href={chat.heldByStaff ? HELD : ALL}>
          ‹ {chat.heldByStaff ? "Chờ cán bộ" : "Tất cả cuộc trò chuyện"}
        </a>
      </p>
      <div class="heading">
        <h1>Cuộc trò chuyện số {chat.id}</h1>
        <span class={chat.heldByStaff ? "badge open" : "badge"}>
          {chat.heldByStaff ? "Đang chờ cán bộ" : "Trợ lý tự động đang trả lời"}
        </span>
        <p class="quiet">{channelLabel(chat.channel)}</p>
      </div>
      <Notices said={{ notice: said.notice, fault: said.judgeFault }} />
      {lines.length > 0 ? (
        <ol class="transcript">
          {lines.map((line) => (
            <Line key={line.id} line={line}>
              {line.cause === null ? null : <Answer {...props} question={asked.get(line.cause)} />}
            </Line>
          ))}
        </ol>
      ) : (
        <p class="panel empty">Cuộc trò chuyện này chưa có tin nhắn nào.</p>
      )}
      <DocumentNumbers numbers={inUse.corpus.documents.map(({ number }) => number)} />
      <div id="end">
        <Actions chat={chat} session={session} said={said} />
      </div>
    </Frame>
  );
}

function Line({ line, children }: { line: TranscriptLine; children?: unknown }) {
  const outcome = outcomeLabel(line.outcome);
  const isComplaint = line.outcome === "feedback_unhelpful";
  return (
    <li id={`m${line.id}`} class={`line by-${line.author}`}>
      <p class="quiet">
        <strong>{AUTHORS[line.author]}</strong> ·{" "}
        <time datetime={line.sentAt.toISOString()}>{inVietnam(line.sentAt)}</time> ·{" "}
        <span class={wentWrong(line) ? "wrong" : ""}>{deliveryLabel(line)}</span>
        {outcome ? (
          <>
            {" · "}
            <span class={isComplaint ? "wrong" : ""}>{outcome}</span>
          </>
        ) : null}
      </p>
      <p class="text">{line.text || "(không có chữ)"}</p>
      {line.attachment ? <p class="quiet">Có tệp kèm theo: {line.attachment.kind}</p> : null}
      {line.choices.length > 0 ? <p class="quiet">Lựa chọn: {line.choices.join(" · ")}</p> : null}
      {children as string}
    </li>
  );
}

/** Under a reply of the bot: how it came about, and what staff say of it. */
function Answer({
  chat,
  judgements,
  inUse,
  session,
  question,
}: ChatViewProps & { question?: TranscriptLine | undefined }) {
  const trace = readTrace(question?.trace);
  if (!question || !trace) return null;
  const judged = judgements.filter(({ messageId }) => messageId === question.id);
  const isOpen = judged.some(({ status }) => status === "open");
  return (
    <>
      <TraceView trace={trace} inUse={inUse} />
      {judged.map((judgement) => (
        <Judged key={judgement.id} judgement={judgement} />
      ))}
      {mayWrite(session.staff.role) && !isOpen ? (
        <JudgeForm chat={chat.id} messageId={question.id} session={session} />
      ) : null}
    </>
  );
}

function Actions({ chat, session, said }: Pick<ChatViewProps, "chat" | "session" | "said">) {
  if (!mayWrite(session.staff.role))
    return <p class="quiet">Tài khoản này chỉ được xem, không trả lời được.</p>;
  if (!chat.heldByStaff && !said.text) return <TakeOver chat={chat} session={session} />;
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

function TakeOver({ chat, session }: { chat: Chat; session: Session }) {
  return (
    <form method="post" action={`/console/chats/${chat.id}/take-over`} class="aside">
      <Csrf session={session} />
      <input type="hidden" name="key" value={randomUUID()} />
      <p class="quiet">
        Trợ lý tự động đang trả lời ở đây. Nếu nhận cuộc trò chuyện, trợ lý sẽ im lặng, bà con được báo là có
        cán bộ, và anh chị viết được cho bà con.
      </p>
      <button type="submit">Nhận cuộc trò chuyện</button>
    </form>
  );
}
