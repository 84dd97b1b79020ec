import { z } from "zod";
import type { AccountRow } from "../../staff/account.ts";
import type { AuditFilter, AuditLine, ChainState } from "../../staff/audit.ts";
import { actionWords } from "../actions.ts";
import { inVietnam, written } from "../dates.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import { Pager, pageOf } from "../pager.tsx";
import { Day } from "../petitions/list-filter.tsx";
import { petitionAddress } from "../petitions/places.ts";
import { type Column, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";

const PATH = "/console/audit";
const PER_PAGE = 50;

const Query = z.object({
  staff: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional()
    .catch(undefined),
  action: z.string().min(1).max(200).optional().catch(undefined),
  day: z.iso.date().optional().catch(undefined),
});
type Query = z.infer<typeof Query>;

/** Who did and saw what, the newest first, and whether the chain of lines is whole. */
export function auditPage(
  { audit, accounts }: Pick<ConsoleOptions, "audit" | "accounts">,
  view: View,
): Handler {
  return async (c) => {
    const query = Query.parse(c.req.query());
    const page = pageOf(c.req.query("page"));
    const [lines, actions, people, chain] = await Promise.all([
      audit.list(filterOf(query), page, PER_PAGE + 1),
      audit.actions(),
      accounts.list(),
      c.req.query("check") === undefined ? audit.end() : audit.verify(),
    ]);
    const body = (
      <Frame at={PATH}>
        <h1>Nhật ký</h1>
        <Chain chain={chain} />
        <Filter query={query} actions={actions} people={people} />
        {lines.length > 0 ? (
          <Table caption="Nhật ký, mới nhất ở trên" columns={COLUMNS} rows={lines.slice(0, PER_PAGE)} />
        ) : (
          <p class="panel empty">
            Không có dòng nào khớp. Thử bớt điều kiện lọc hoặc <a href={PATH}>xem tất cả</a>.
          </p>
        )}
        <Pager path={PATH} query={query} page={page} hasNext={lines.length > PER_PAGE} />
      </Frame>
    );
    return view.page(c, "Nhật ký", body);
  };
}

function filterOf({ staff, action, day }: Query): AuditFilter {
  return {
    ...(staff ? { staff: Number(staff) } : {}),
    ...(action ? { action } : {}),
    ...(day ? { day } : {}),
  };
}

function Chain({ chain }: { chain: ChainState | { lines: number; hash: string } }) {
  return (
    <section class="panel" aria-labelledby="chain">
      <h2 id="chain">Tính toàn vẹn</h2>
      <p>
        Mỗi việc cán bộ làm và mỗi lần xem dữ liệu cá nhân để lại một dòng, nối với dòng trước bằng mã băm.
        Sửa hay xóa một dòng thì chuỗi đứt ở đúng dòng đó.
      </p>
      <ChainResult chain={chain} />
      <p class="quiet">Mã cuối chuỗi: {chain.hash}. Nên ghi mã này vào sổ giấy định kỳ để đối chiếu.</p>
      <form method="get" action={PATH}>
        <input type="hidden" name="check" value="1" />
        <button type="submit">Kiểm tra toàn bộ chuỗi</button>
      </form>
    </section>
  );
}

function ChainResult({ chain }: { chain: ChainState | { lines: number; hash: string } }) {
  if (!("brokenAt" in chain)) return <p>Nhật ký có {written(chain.lines)} dòng.</p>;
  return chain.brokenAt === null ? (
    <p class="done" role="status">
      Chuỗi nhật ký nguyên vẹn, {written(chain.lines)} dòng.
    </p>
  ) : (
    <p class="fault" role="alert">
      Chuỗi nhật ký đứt ở dòng số {written(chain.brokenAt)}: dòng này đã bị sửa hoặc bị xóa.
    </p>
  );
}

type FilterProps = { query: Query; actions: string[]; people: AccountRow[] };

function Filter({ query, actions, people }: FilterProps) {
  return (
    <search>
      <form method="get" action={PATH} class="filter ask">
        <label>
          Người
          <select name="staff">
            <option value="">Tất cả</option>
            {people.map(({ id, name, email }) => (
              <option key={id} value={String(id)} selected={String(id) === query.staff}>
                {name} ({email})
              </option>
            ))}
          </select>
        </label>
        <label>
          Việc
          <select name="action">
            <option value="">Tất cả</option>
            {actions.map((action) => (
              <option key={action} value={action} selected={action === query.action}>
                {actionWords(action)}
              </option>
            ))}
          </select>
        </label>
        <Day name="day" label="Ngày" value={query.day} />
        <button type="submit">Lọc</button>
        {query.staff || query.action || query.day ? <a href={PATH}>Bỏ lọc</a> : null}
      </form>
    </search>
  );
}

const COLUMNS: Column<AuditLine>[] = [
  { title: "Số", cell: ({ id }) => written(id) },
  { title: "Lúc", class: "when", cell: ({ at }) => inVietnam(at) },
  { title: "Người", cell: ({ name }) => name ?? "Lệnh trên máy chủ" },
  { title: "Việc", class: "wide", cell: ({ action }) => actionWords(action) },
  { title: "Đối tượng", cell: ({ subject }) => <Subject subject={subject} /> },
];

const NAMES: Record<string, string> = {
  staff: "Tài khoản số",
  chat: "Cuộc trò chuyện số",
  group: "Nhóm số",
  edition: "Bản soạn số",
  proposal: "Đề xuất số",
  import: "Lần nhập số",
  message: "Tin nhắn số",
  judgement: "Đánh dấu số",
  directory: "Danh mục",
};

function Subject({ subject }: { subject: string }) {
  if (/^KN-\w{6}$/.test(subject)) return <a href={petitionAddress(subject)}>{subject}</a>;
  const [kind = "", id = ""] = subject.split(":");
  const name = Object.hasOwn(NAMES, kind) ? NAMES[kind] : undefined;
  return <>{name ? `${name} ${id}` : subject.slice(0, 60) || "–"}</>;
}
