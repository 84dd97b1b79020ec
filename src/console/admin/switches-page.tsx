import type { Context } from "hono";
import type { Child } from "hono/jsx";
import { z } from "zod";
import { SWITCH_NAMES, type SwitchChange, type SwitchRow } from "../../conversation/switch.ts";
import type { Role, Session } from "../../staff/account.ts";
import { mayCall, mayPublish } from "../access.ts";
import { inVietnam, written } from "../dates.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import { Facts } from "../knowledge/frame.tsx";
import { Csrf } from "../layout.tsx";
import { reason } from "../petitions/fields.ts";
import type { Said } from "../tabbed.tsx";
import { type Column, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { switchLabel } from "./switched-off.tsx";

const PATH = "/console/switches";
const TITLE = "Công tắc";

const Form = z.object({ name: z.enum(SWITCH_NAMES), turn: z.enum(["on", "off"]), reason });
const NOTICES: Record<string, string> = {
  on: "Đã bật lại. Những gì đang chờ được xử lý ngay, theo đúng thứ tự.",
  off: "Đã tắt. Công tắc có hiệu lực ngay ở mọi máy.",
  same: "Công tắc đã ở trạng thái này từ trước nên không có gì thay đổi.",
};

/** The off switches: how each stands, what waits because of it, and who turned what when and why. */
export function switchPages({ office: { switches } }: Pick<ConsoleOptions, "office">, view: View) {
  const show: Handler = (c) => draw(c, { notice: NOTICES[c.req.query("notice") ?? ""] });

  const turn: Handler = async (c) => {
    const form = Form.safeParse(await c.req.parseBody());
    if (!form.success)
      return draw(c, { fault: form.error.issues[0]?.message ?? "Biểu mẫu thiếu thông tin." }, 400);
    const { name, turn: wanted, reason: why } = form.data;
    const isTurned = await switches.turn(name, wanted === "on", c.var.session.staff.id, why);
    return c.redirect(`${PATH}?notice=${isTurned ? wanted : "same"}`, 303);
  };

  async function draw(c: Context<Signed>, said: Said, status: 200 | 400 = 200) {
    const [rows, history] = await Promise.all([switches.list(), switches.history()]);
    return view.page(c, TITLE, <Switches {...{ rows, history, said, session: c.var.session }} />, status);
  }

  return { show, turn };
}

type SwitchesProps = { rows: SwitchRow[]; history: SwitchChange[]; said: Said; session: Session };

function Switches({ rows, history, said, session }: SwitchesProps) {
  const byName = SWITCH_NAMES.flatMap((name) => rows.find((row) => row.name === name) ?? []);
  return (
    <Frame at={PATH} said={said} role={session.staff.role}>
      <h1>{TITLE}</h1>
      <p class="about">
        Tắt trả lời tự động thì tin của bà con vẫn được lưu và cán bộ đọc; bà con được báo một lần và vẫn gửi
        kiến nghị, tra cứu, gặp cán bộ, xóa dữ liệu được. Tắt một kênh thì tin đến vẫn được nhận và giữ lại,
        nhưng không có gì được gửi ra kênh đó cho đến khi bật lại.
      </p>
      {byName.map((row) => (
        <SwitchPanel row={row} session={session} />
      ))}
      <History history={history} />
    </Frame>
  );
}

function SwitchPanel({ row, session }: { row: SwitchRow; session: Session }) {
  const { name, isOn, since, by, reason: why } = row;
  return (
    <section class="panel" aria-labelledby={`switch-${name}`}>
      <h2 id={`switch-${name}`}>
        {switchLabel(name)}{" "}
        <span class={isOn ? "badge" : "badge wrong"}>{isOn ? "đang bật" : "đang tắt"}</span>
      </h2>
      <Facts
        facts={[
          ["Từ lúc", since ? inVietnam(since) : "chưa đổi lần nào"],
          ["Người đổi", by],
          ["Lý do", why],
          ...waiting(row, session.staff.role),
        ]}
      />
      {mayPublish(session.staff.role) ? <TurnForm row={row} session={session} /> : null}
    </section>
  );
}

/** Who may not read the questions is told how many there are, without the way to them. */
function waiting({ name, heard, toSend }: SwitchRow, role: Role): [string, Child][] {
  if (name !== "answers")
    return [
      ["Tin đến chờ xử lý", written(heard)],
      ["Tin đi chờ gửi", written(toSend)],
    ];
  const count = mayCall(role, "GET /console/questions") ? (
    <a href="/console/questions">{written(heard)}</a>
  ) : (
    written(heard)
  );
  return heard > 0 ? [["Câu hỏi chờ cán bộ đọc", count]] : [];
}

function TurnForm({ row: { name, isOn }, session }: { row: SwitchRow; session: Session }) {
  const verb = isOn ? "Tắt" : "Bật lại";
  return (
    <form method="post" action={PATH} class="stack">
      <Csrf session={session} />
      <input type="hidden" name="name" value={name} />
      <input type="hidden" name="turn" value={isOn ? "off" : "on"} />
      <label>
        Lý do
        <input name="reason" required maxlength={500} />
      </label>
      <button type="submit" class={isOn ? "" : "main"} aria-label={`${verb}: ${switchLabel(name)}`}>
        {verb}
      </button>
    </form>
  );
}

const CHANGES: Column<SwitchChange>[] = [
  { title: "Lúc", class: "when", cell: ({ at }) => inVietnam(at) },
  { title: "Công tắc", cell: ({ name }) => switchLabel(name) },
  { title: "Việc", cell: ({ isOn }) => (isOn ? "Bật lại" : "Tắt") },
  { title: "Người đổi", cell: ({ by }) => by },
  { title: "Lý do", class: "wide", cell: ({ reason: why }) => why },
];

function History({ history }: { history: SwitchChange[] }) {
  return (
    <section aria-labelledby="history">
      <h2 id="history">Các lần bật, tắt gần đây</h2>
      {history.length > 0 ? (
        <Table caption="Các lần bật, tắt, mới nhất ở trên" columns={CHANGES} rows={history} />
      ) : (
        <p class="panel">
          Chưa ai đổi công tắc nào. Khi có sự cố, người quản trị tắt ở trang này và ghi lý do.
        </p>
      )}
    </section>
  );
}
