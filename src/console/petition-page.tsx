import type { Context } from "hono";
import { z } from "zod";
import { readCode } from "../petitions/code.ts";
import { mayBecome } from "../petitions/petition.ts";
import { type PetitionFile, PetitionMoved } from "../petitions/petition-file.ts";
import type { Session } from "../staff/account.ts";
import { normalize } from "../text/normalize.ts";
import { mayWrite } from "./access.ts";
import { inVietnam } from "./dates.ts";
import type { ConsoleOptions } from "./desk.ts";
import type { Handler, Signed } from "./handler.ts";
import { channelLabel, stanceLabel } from "./labels.ts";
import { Csrf } from "./layout.tsx";
import { PetitionHistory } from "./petition-history.tsx";
import { StatusBadge } from "./petitions-page.tsx";
import { MAX_REPLY_LENGTH, ReplyField } from "./reply-field.tsx";
import type { View } from "./view.tsx";

type Needs = Pick<ConsoleOptions, "petitions" | "desk" | "staff" | "topics">;

const Reply = z.object({ text: z.string().transform(normalize), version: z.coerce.number().int() });

const NOTICES: Record<string, string> = {
  answered: "Đã ghi câu trả lời. Câu trả lời đang được gửi đến thành viên qua kênh đã dùng để kiến nghị.",
  "no-chat":
    "Đã ghi câu trả lời. Cuộc trò chuyện không còn (thành viên đã yêu cầu xóa dữ liệu, hoặc kiến nghị không đến qua chat) nên không gửi tin được; ai có mã vẫn tra cứu được câu trả lời.",
};

const FAULTS = {
  empty: "Câu trả lời đang trống.",
  tooLong: `Câu trả lời dài quá ${MAX_REPLY_LENGTH} ký tự. Xin viết ngắn lại.`,
  moved:
    "Kiến nghị này vừa được người khác cập nhật, nên câu trả lời dưới đây chưa được gửi. Xin xem lại phần “Quá trình xử lý”, sửa nếu cần, rồi gửi lại.",
};

/** One petition: what was written, what was done about it, and the reply. */
export function petitionPages({ petitions, desk, staff, topics }: Needs, view: View) {
  const show: Handler = async (c) => {
    const petition = await find(c);
    if (!petition) return view.refusal(c, 404);
    await staff.audit(c.var.session.staff.id, "petition-viewed", petition.code);
    return draw(c, petition, { notice: NOTICES[c.req.query("notice") ?? ""] });
  };

  const answer: Handler = async (c) => {
    const petition = await find(c);
    if (!petition) return view.refusal(c, 404);
    const form = await c.req.parseBody();
    const reply = Reply.safeParse(form);
    const text = reply.data?.text ?? "";
    if (!reply.success || text === "") return draw(c, petition, { fault: FAULTS.empty, text }, 400);
    if (text.length > MAX_REPLY_LENGTH) return draw(c, petition, { fault: FAULTS.tooLong, text }, 400);
    try {
      const isSent = await desk.answer(petition, reply.data.version, c.var.session.staff.id, text);
      return c.redirect(`/console/petitions/${petition.code}?notice=${isSent ? "answered" : "no-chat"}`, 303);
    } catch (error) {
      if (!(error instanceof PetitionMoved)) throw error;
      const current = (await find(c)) ?? petition;
      return draw(c, current, { fault: FAULTS.moved, text }, 409);
    }
  };

  async function find(c: Context<Signed>): Promise<PetitionFile | null> {
    const reading = readCode(c.req.param("code") ?? "");
    return reading.kind === "code" ? petitions.find(reading.code) : null;
  }

  function draw(c: Context<Signed>, petition: PetitionFile, said: Said, status: 200 | 400 | 409 = 200) {
    const topic = topics.find(({ id }) => id === petition.topic)?.name ?? petition.topic;
    const body = <Page petition={petition} topic={topic} session={c.var.session} said={said} />;
    return view.page(c, `Kiến nghị ${petition.code}`, body, status);
  }

  return { show, answer };
}

/** What the page says about the last thing done, and the text that was not sent. */
type Said = { notice?: string | undefined; fault?: string; text?: string };

type PageProps = { petition: PetitionFile; topic: string; session: Session; said: Said };

function Page({ petition, topic, session, said }: PageProps) {
  return (
    <>
      <p class="back">
        <a href="/console/petitions">‹ Danh sách kiến nghị</a>
      </p>
      <div class="heading">
        <h1>
          Kiến nghị <span class="code">{petition.code}</span>
        </h1>
        <StatusBadge status={petition.status} />
      </div>
      {said.notice ? (
        <p class="done" role="status">
          {said.notice}
        </p>
      ) : null}
      <div class="columns">
        <div>
          <section class="panel" aria-labelledby="content">
            <h2 id="content">Nội dung</h2>
            <p class="text">{petition.content}</p>
          </section>
          <ReplyForm petition={petition} session={session} said={said} />
          <PetitionHistory events={petition.events} />
        </div>
        <Facts petition={petition} topic={topic} />
      </div>
    </>
  );
}

function Facts({ petition, topic }: { petition: PetitionFile; topic: string }) {
  const facts: [name: string, value: string | null][] = [
    ["Loại", stanceLabel(petition.stance)],
    ["Chủ đề", topic],
    ["Cơ quan", petition.agency],
    ["Hợp tác xã", petition.cooperative],
    ["Xã, phường", petition.commune],
    ["Liên hệ", petition.contact],
    ["Kênh", channelLabel(petition.channel)],
    ["Ngày nhận", inVietnam(petition.receivedAt)],
    ["Ngày trả lời", petition.answeredAt ? inVietnam(petition.answeredAt) : null],
  ];
  return (
    <section class="panel facts" aria-labelledby="facts">
      <h2 id="facts">Thông tin</h2>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? "–"}</dd>
          </div>
        ))}
      </dl>
      {petition.conversationId === null ? null : (
        <p>
          <a href={`/console/chats/${petition.conversationId}`}>Xem cuộc trò chuyện</a>
        </p>
      )}
    </section>
  );
}

function ReplyForm({ petition, session, said }: Omit<PageProps, "topic">) {
  if (!mayWrite(session.staff.role))
    return <p class="quiet">Tài khoản này chỉ được xem, không trả lời được.</p>;
  if (!mayBecome(petition.status, "answered")) {
    return <p class="quiet">Kiến nghị ở trạng thái này không trả lời được nữa.</p>;
  }
  return (
    <section class="panel" aria-labelledby="reply">
      <h2 id="reply">{petition.status === "answered" ? "Trả lời bổ sung" : "Trả lời"}</h2>
      {petition.conversationId === null ? (
        <p class="quiet">Cuộc trò chuyện không còn: câu trả lời chỉ xem được khi tra cứu bằng mã.</p>
      ) : null}
      <form method="post" action={`/console/petitions/${petition.code}/answer`} class="stack">
        <Csrf session={session} />
        <input type="hidden" name="version" value={String(petition.version)} />
        <ReplyField label="Câu trả lời gửi đến thành viên" fault={said.fault} text={said.text} />
        <button type="submit" class="main">
          Gửi câu trả lời
        </button>
      </form>
    </section>
  );
}
