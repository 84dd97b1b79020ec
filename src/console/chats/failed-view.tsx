import type { FailedMessage } from "../../conversation/chat-list.ts";
import type { Session } from "../../staff/account.ts";
import { mayWrite } from "../access.ts";
import { inVietnam } from "../dates.ts";
import { channelLabel, deliveryLabel } from "../labels.ts";
import { Csrf } from "../layout.tsx";
import { type Column, excerpt, Table } from "../table.tsx";
import { chatAddress, FAILED } from "./places.ts";

const COLUMNS: Column<FailedMessage>[] = [
  {
    title: "Tin",
    class: "wide most",
    cell: ({ id, conversationId, direction, text }) => (
      <>
        {direction === "in" ? "Bà con viết" : "Lời đáp"}:{" "}
        <a href={chatAddress(conversationId, id)}>{excerpt(text) || "(không có chữ)"}</a>
      </>
    ),
  },
  { title: "Vì sao", class: "wide", cell: (message) => whyOf(message) },
  { title: "Kênh", cell: ({ channel }) => channelLabel(channel) },
  { title: "Từ lúc", class: "when", cell: ({ at }) => inVietnam(at) },
];

/** Messages that did not reach their end, with what may be done about each. */
export function FailedList({ messages, session }: { messages: FailedMessage[]; session: Session }) {
  if (messages.length === 0)
    return (
      <p class="panel empty">
        Mọi tin đều đã được xử lý và gửi đi. Khi có tin hỏng, tin sẽ hiện ở đây để cán bộ xử lý lại.
      </p>
    );
  const actions: Column<FailedMessage>[] = mayWrite(session.staff.role)
    ? [{ title: "Xử lý", class: "wide", cell: (message) => <Actions message={message} session={session} /> }]
    : [];
  return (
    <Table
      caption="Tin chưa xử lý hoặc chưa gửi được, mới nhất ở trên"
      columns={[...COLUMNS, ...actions]}
      rows={messages}
    />
  );
}

/** What went wrong of a member's message is for who runs the service, and in no language of staff. */
function whyOf({ direction, author, status, reason }: FailedMessage): string {
  const said = direction === "in" ? { author, status, reason: null } : { author, status, reason };
  return deliveryLabel(said);
}

function Actions({
  message: { id, direction, status },
  session,
}: {
  message: FailedMessage;
  session: Session;
}) {
  return (
    <>
      {status === "waiting" ? (
        <p class="quiet">Sẽ tự gửi khi bà con nhắn lại.</p>
      ) : (
        <form method="post" action={`${FAILED}/${id}/again`}>
          <Csrf session={session} />
          {status === "uncertain" ? (
            <p class="warning">Tin này có thể đã đến nơi. Gửi lại thì bà con có thể nhận hai lần.</p>
          ) : null}
          <button type="submit">{direction === "in" ? "Xử lý lại" : "Gửi lại"}</button>
        </form>
      )}
      <details>
        <summary>Đã báo bằng cách khác</summary>
        <form method="post" action={`${FAILED}/${id}/settle`} class="stack">
          <Csrf session={session} />
          <label>
            Báo bằng cách nào
            <input name="note" required maxlength={500} placeholder="Ví dụ: đã gọi điện cho bà con" />
          </label>
          <button type="submit">Ghi nhận</button>
        </form>
      </details>
    </>
  );
}
