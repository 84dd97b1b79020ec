import { STATUSES, type Status } from "../../petitions/petition.ts";
import type { PetitionCounts } from "../../petitions/petition-list.ts";
import { written } from "../dates.ts";
import { stanceLabel } from "../labels.ts";
import type { Catalog, MonthCount, Period } from "../office.ts";
import { type Bar, BarTable } from "./bars.tsx";
import { Day } from "./list-filter.tsx";
import { type ListQuery, listAddress, NONE } from "./list-query.ts";
import { agencyName, topicName } from "./names.ts";
import { withQuery } from "./places.ts";

type DashboardProps = {
  period: Period;
  counts: PetitionCounts;
  months: MonthCount[];
  /** The topic of each question that found no answer, and of each that did. */
  unanswered: string[];
  answered: string[];
  catalog: Catalog;
  /** False where only the petitions of one agency are counted. */
  isWhole: boolean;
};

/** How the work stands, in numbers that lead to their rows. */
export function DashboardView(props: DashboardProps) {
  const { period, counts, catalog, isWhole } = props;
  const rows = rowsOf(period);
  const barsBy = (
    key: keyof ListQuery,
    values: Record<string, number>,
    label: (id: string) => string,
  ): Bar[] =>
    Object.entries(values)
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .map(([id, count]) => ({ name: label(id), count, href: rows({ [key]: id }) }));
  const rest = (values: Record<string, number>) =>
    counts.total - Object.values(values).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <div class="heading">
        <h1>Tổng quan</h1>
      </div>
      <form method="get" action="/console" class="filter ask">
        <div class="days">
          <Day name="from" label="Nhận từ ngày" value={period.from} />
          <Day name="to" label="Nhận đến ngày" value={period.to} />
        </div>
        <button type="submit">Chọn kỳ này</button>
      </form>
      {counts.total === 0 ? <Empty /> : null}
      <Headlines {...props} />
      <div class="figures">
        <BarTable
          title="Theo trạng thái"
          head="Trạng thái"
          bars={barsBy("status", counts.byStatus, statusLabel)}
        />
        <BarTable title="Theo loại" head="Loại" bars={barsBy("stance", counts.byStance, stanceLabel)} />
        <BarTable
          title="Theo chủ đề"
          head="Chủ đề"
          bars={barsBy("topic", counts.byTopic, (id) => topicName(catalog, id))}
        />
        <BarTable
          title="Theo cơ quan đang giải quyết"
          head="Cơ quan"
          bars={[
            ...barsBy("agency", counts.byAgency, (id) => agencyName(catalog, id)),
            ...(isWhole
              ? [
                  {
                    name: "Chưa chuyển cơ quan nào",
                    count: rest(counts.byAgency),
                    href: rows({ agency: NONE }),
                  },
                ]
              : []),
          ]}
        />
        <BarTable
          title="Theo xã, phường"
          head="Xã, phường"
          bars={[
            ...barsBy("area", counts.byArea, (name) => name),
            { name: "Không ghi", count: rest(counts.byArea), href: rows({ area: NONE }) },
          ]}
        />
        {isWhole ? (
          <>
            <BarTable
              title="Nhận theo tháng"
              head="Tháng"
              bars={props.months.map((month) => monthBar(month, period))}
            />
            <Questions {...props} />
          </>
        ) : null}
      </div>
    </>
  );
}

/** Addresses of lists within a period; all states and agreement too, since that is what the numbers count. */
function rowsOf({ from, to }: Period): (query: ListQuery) => string {
  const within = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  return (query) => listAddress({ status: "all", stance: "all", ...within, ...query });
}

function statusLabel(id: string): string {
  return STATUSES[id as Status]?.label ?? id;
}

function Headlines({ period, counts }: DashboardProps) {
  const rows = rowsOf(period);
  const agreement = counts.byStance["dong-thuan"] ?? 0;
  const openWork = listAddress({
    status: "open",
    ...(period.from ? { from: period.from } : {}),
    ...(period.to ? { to: period.to } : {}),
  });
  const numbers: [name: string, count: number, href: string, warns?: boolean][] = [
    ["Đã tiếp nhận", counts.total, rows({})],
    ["Trong đó đồng thuận", agreement, rows({ stance: "dong-thuan" })],
    ["Đang mở, kể cả đồng thuận", counts.open, rows({ status: "open" })],
    ["Quá hạn", counts.late, rows({ status: "late" }), true],
    ["Sắp đến hạn", counts.dueSoon, rows({ status: "soon" })],
    ["Đã trả lời", counts.byStatus.answered ?? 0, rows({ status: "answered" })],
    ["Đã giải quyết xong", counts.byStatus.resolved ?? 0, rows({ status: "resolved" })],
  ];
  return (
    <>
      <ul class="numbers">
        {numbers.map(([name, count, href, warns]) => (
          <li key={name}>
            <a href={href} class={warns && count > 0 ? "wrong" : ""}>
              <b>{written(count)}</b> {name}
            </a>
          </li>
        ))}
      </ul>
      <p>
        <a href={openWork}>Việc cần làm, hạn gần nhất trước</a>
      </p>
    </>
  );
}

/** A month's rows; at its ends a period may hold a part of it only. */
function monthBar({ month, received }: MonthCount, { from, to }: Period): Bar {
  const [year = "", number = ""] = month.split("-");
  const last = new Date(Date.UTC(Number(year), Number(number), 0)).toISOString().slice(0, 10);
  const first = `${month}-01`;
  const within = { from: from && from > first ? from : first, to: to && to < last ? to : last };
  const href = listAddress({ status: "all", stance: "all", ...within });
  return { name: `Tháng ${number}/${year}`, count: received, href };
}

function Questions({ period, unanswered, answered, catalog }: DashboardProps) {
  const bars = (kind: string, topics: string[]): Bar[] =>
    [...new Set(topics)]
      .map((topic) => ({
        name: topicName(catalog, topic),
        count: topics.filter((each) => each === topic).length,
        href: withQuery("/console/questions", { kind, topic, ...period }),
      }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return (
    <>
      <BarTable
        title="Câu hỏi văn bản chưa trả lời được, theo chủ đề (khoảng trống chính sách)"
        head="Chủ đề"
        bars={bars("unanswered", unanswered)}
      />
      <BarTable
        title="Bà con hỏi nhiều nhất (đã trả lời), theo chủ đề"
        head="Chủ đề"
        bars={bars("answered", answered)}
      />
    </>
  );
}

function Empty() {
  return (
    <div class="panel empty">
      <p>Kỳ này chưa có kiến nghị nào.</p>
      <p class="quiet">
        Kiến nghị đến khi thành viên gửi qua chat; ý kiến trên giấy thì{" "}
        <a href="/console/opinions">nhập từ tệp</a>.
      </p>
    </div>
  );
}
