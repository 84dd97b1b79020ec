import { z } from "zod";
import type { FailedMessage } from "../../conversation/chat-list.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import { withQuery } from "../petitions/places.ts";
import type { View } from "../view.tsx";
import { FailedList } from "./failed-view.tsx";
import { Frame } from "./frame.tsx";
import { MessageId, Reason } from "./judging.ts";
import { FAILED, saying } from "./places.ts";

const PER_PAGE = 50;

const NOTICES: Record<string, string> = {
  again: "Đã đưa vào hàng chờ. Kết quả hiện trong cuộc trò chuyện sau vài giây.",
  settled: "Đã ghi là báo bằng cách khác.",
};
const FAULTS: Record<string, string> = {
  gone: "Tin này đã được xử lý hoặc đã tự gửi đi.",
  note: "Xin ghi đã báo bằng cách nào.",
};

const Before = MessageId.nullable().catch(null);
const Settled = z.object({ note: Reason });

type Needs = Pick<ConsoleOptions, "chats">;

/** What did not reach its end: messages buried after errors, replies that did not arrive or perhaps did not. */
export function failedPages({ chats }: Needs, view: View) {
  const show: Handler = async (c) => {
    const before = Before.parse(c.req.query("before"));
    // One more than is shown tells whether there is a next page.
    const rows: FailedMessage[] = await chats.failed(before, PER_PAGE + 1);
    const shown = rows.slice(0, PER_PAGE);
    const said = { notice: NOTICES[c.req.query("notice") ?? ""], fault: FAULTS[c.req.query("fault") ?? ""] };
    const body = (
      <Frame at={FAILED} session={c.var.session} said={said}>
        <div class="heading">
          <h1>Chưa gửi được</h1>
          <p class="quiet">Tin của bà con xử lý lỗi, và lời đáp chưa đến nơi hoặc chưa rõ đã đến chưa.</p>
        </div>
        <FailedList messages={shown} session={c.var.session} />
        {rows.length > PER_PAGE ? (
          <nav class="pager" aria-label="Phân trang">
            <a href={withQuery(FAILED, { before: String(shown.at(-1)?.id) })}>Cũ hơn ›</a>
          </nav>
        ) : null}
      </Frame>
    );
    return view.page(c, "Chưa gửi được", body);
  };

  const again: Handler = async (c) => {
    const id = MessageId.safeParse(c.req.param("id"));
    if (!id.success) return view.refusal(c, 404);
    const isOpen = await chats.verbs.tryAgain(id.data);
    return c.redirect(isOpen ? saying(FAILED, "again") : withQuery(FAILED, { fault: "gone" }), 303);
  };

  const settle: Handler = async (c) => {
    const id = MessageId.safeParse(c.req.param("id"));
    if (!id.success) return view.refusal(c, 404);
    const form = Settled.safeParse(await c.req.parseBody());
    if (!form.success) return c.redirect(withQuery(FAILED, { fault: "note" }), 303);
    const isSettled = await chats.verbs.settle(id.data, form.data.note);
    return c.redirect(isSettled ? saying(FAILED, "settled") : withQuery(FAILED, { fault: "gone" }), 303);
  };

  return { show, again, settle };
}
