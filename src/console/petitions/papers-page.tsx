import type { Context } from "hono";
import { z } from "zod";
import { attachment } from "../attachment.ts";
import { written } from "../dates.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import type { PaperScope } from "../office.ts";
import { type Column, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { Day } from "./list-filter.tsx";
import { groupAddress, paperAddress } from "./places.ts";

const PATH = "/console/papers";
const TYPES: Record<string, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};
const Name = z.string().regex(/^[A-Za-z0-9-]{1,80}\.(xlsx|docx)$/);
const Scope = z.object({
  from: z.iso.date().nullable().catch(null).default(null),
  to: z.iso.date().nullable().catch(null).default(null),
  group: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .nullable()
    .catch(null)
    .default(null),
});

type Memo = { name: string; agency: string; petitions: number };

/** The register, the summary and the memos of a period, made when they are asked for and kept nowhere. */
export function papersPages({ office, staff }: Pick<ConsoleOptions, "office" | "staff">, view: View) {
  const show: Handler = (c) => draw(c, scopeOf(c));

  const save: Handler = async (c) => {
    const name = Name.safeParse(c.req.param("name"));
    const scope = scopeOf(c);
    const bytes = name.success ? await office.papers.make(name.data, scope) : null;
    if (!name.success || !bytes) return view.refusal(c, 404);
    if ("fault" in bytes) return draw(c, scope, bytes.fault);
    await staff.audit(c.var.session.staff.id, "paper-saved", name.data);
    return c.body(new Uint8Array(bytes), 200, {
      "Content-Type": TYPES[name.data.split(".").at(-1) ?? ""] ?? "application/octet-stream",
      "Content-Disposition": attachment(name.data),
    });
  };

  async function draw(c: Context<Signed>, scope: PaperScope, fault?: string) {
    const memos = await office.papers.memos(scope);
    const body = <Page scope={scope} memos={memos} fault={fault} />;
    return view.page(c, "Sổ và báo cáo", body, fault ? 400 : 200);
  }

  return { show, save };
}

function scopeOf(c: Context<Signed>): PaperScope {
  return Scope.parse(c.req.query());
}

function Page({ scope, memos, fault }: { scope: PaperScope; memos: Memo[]; fault: string | undefined }) {
  const query = { from: scope.from, to: scope.to, group: scope.group === null ? null : String(scope.group) };
  const columns: Column<Memo>[] = [
    { title: "Cơ quan", class: "wide", cell: ({ agency }) => agency },
    { title: "Số ý kiến", cell: ({ petitions }) => written(petitions) },
    {
      title: "Công văn",
      cell: ({ name, agency }) => (
        <a href={paperAddress(name, query)} aria-label={`Tải .docx: công văn gửi ${agency}`}>
          Tải .docx
        </a>
      ),
    },
  ];
  return (
    <Frame at={PATH} said={{ fault }}>
      <div class="heading">
        <h1>Sổ và báo cáo</h1>
        {scope.group === null ? null : (
          <p class="quiet">
            Chỉ gồm <a href={groupAddress(scope.group)}>nhóm số {scope.group}</a>.{" "}
            <a href={PATH}>Lấy tất cả</a>
          </p>
        )}
      </div>
      <form method="get" action={PATH} class="filter ask">
        {query.group ? <input type="hidden" name="group" value={query.group} /> : null}
        <div class="days">
          <Day name="from" label="Nhận từ ngày" value={scope.from} />
          <Day name="to" label="Nhận đến ngày" value={scope.to} />
        </div>
        <button type="submit">Chọn kỳ này</button>
      </form>
      <section class="panel" aria-labelledby="whole">
        <h2 id="whole">Cho lãnh đạo</h2>
        <ul class="plain">
          <li>
            <a href={paperAddress("summary.docx", query)}>Báo cáo tổng hợp (.docx)</a>
          </li>
          <li>
            <a href={paperAddress("register.xlsx", query)}>Sổ theo dõi, mỗi ý kiến một dòng (.xlsx)</a>
          </li>
        </ul>
        <p class="quiet">Không tệp nào ghi người gửi hay số điện thoại.</p>
      </section>
      <section aria-labelledby="memos">
        <h2 id="memos">Công văn gửi từng cơ quan</h2>
        {memos.length > 0 ? (
          <Table caption="Công văn gửi từng cơ quan" columns={columns} rows={memos} />
        ) : (
          <p class="panel empty">Kỳ này chưa có ý kiến nào thuộc một cơ quan. Hãy chọn kỳ khác.</p>
        )}
      </section>
    </Frame>
  );
}
