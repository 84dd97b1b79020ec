import type { PetitionRow } from "../../petitions/petition-file.ts";
import type { StatusCounts } from "../../petitions/petition-list.ts";
import { sightOf } from "../../staff/sight.ts";
import { inVietnam, written } from "../dates.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import { channelLabel, stanceLabel } from "../labels.ts";
import type { Catalog } from "../office.ts";
import { Pager, pageOf } from "../pager.tsx";
import { type Column, excerpt, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { DueDay, StatusBadge } from "./due.tsx";
import { Frame } from "./frame.tsx";
import { ListFilter } from "./list-filter.tsx";
import { filterOf, type ListQuery, listAddress, placeOf, readQuery, statusOf } from "./list-query.ts";
import { countOf, StatusLinks } from "./list-states.tsx";
import { agencyName, topicName } from "./names.ts";
import { petitionAddress } from "./places.ts";

const PATH = "/console/petitions";
const PER_PAGE = 50;

/** The list of petitions: the work first, nearest deadline on top. */
export function listPage(
  { petitions, office }: Pick<ConsoleOptions, "petitions" | "office">,
  view: View,
): Handler {
  return async (c) => {
    const { staff } = c.var.session;
    const query = readQuery(c.req.query());
    const page = pageOf(c.req.query("page"));
    const now = office.now();
    const days = office.time.daysAt(now);
    const [rows, counts] = await Promise.all([
      petitions.rows({ ...filterOf(query, days), ...sightOf(staff) }, page, PER_PAGE),
      petitions.statusCounts({ ...placeOf(query), ...sightOf(staff) }, now),
    ]);
    const total = countOf(statusOf(query), counts);
    const catalog = office.catalog();
    const body = (
      <Frame at={PATH} role={staff.role}>
        <div class="heading">
          <h1>Kiến nghị</h1>
          <p class="quiet" id="total">
            {counts.hasMore
              ? `Hơn ${written(counts.total - 1)} kiến nghị khớp; thêm từ để thu hẹp`
              : `${written(total)} kiến nghị`}
          </p>
        </div>
        <StatusLinks query={query} counts={counts} />
        <ListFilter query={query} catalog={catalog} />
        {query.import ? <p class="quiet">Chỉ gồm ý kiến của lần nhập số {query.import}.</p> : null}
        <Agreement query={query} />
        {rows.length > 0 ? (
          <Table caption="Danh sách kiến nghị" columns={columnsFor(catalog, days)} rows={rows} />
        ) : (
          <Nothing query={query} counts={counts} />
        )}
        <Pager
          path={PATH}
          query={query}
          page={page}
          hasNext={counts.hasMore ? rows.length === PER_PAGE : page * PER_PAGE < total}
        />
      </Frame>
    );
    return view.page(c, "Kiến nghị", body);
  };
}

function columnsFor(catalog: Catalog, days: { today: string; soonUntil: string }): Column<PetitionRow>[] {
  return [
    { title: "Mã", class: "code", cell: ({ code }) => <a href={petitionAddress(code)}>{code}</a> },
    { title: "Nội dung", class: "wide", cell: ({ content }) => excerpt(content) },
    {
      title: "Loại, chủ đề",
      cell: ({ stance, topic }) => `${stanceLabel(stance)}: ${topicName(catalog, topic)}`,
    },
    { title: "Xã, phường", cell: ({ area }) => area ?? "–" },
    {
      title: "Trạng thái",
      class: "state",
      cell: ({ status, agency }) => (
        <>
          <StatusBadge status={status} />
          {agency ? <span class="quiet"> {agencyName(catalog, agency)}</span> : null}
        </>
      ),
    },
    { title: "Hạn trả lời", cell: (row) => <DueDay petition={row} days={days} /> },
    {
      title: "Kênh",
      cell: ({ channel, origin }) => (origin === "paper" ? "Phiếu giấy" : channelLabel(channel)),
    },
    {
      title: "Ngày nhận",
      // On paper a day is written and no time of day.
      cell: ({ receivedAt, origin }) =>
        origin === "paper" ? inVietnam(receivedAt).slice(0, -"00:00".length) : inVietnam(receivedAt),
    },
  ];
}

/** Agreement asks for nothing, so that it is left out is said where it might be missed. */
function Agreement({ query }: { query: ListQuery }) {
  if (query.stance || query.q) return null;
  return (
    <p class="quiet">
      Không gồm ý kiến đồng thuận.{" "}
      <a href={listAddress({ ...query, status: statusOf(query), stance: "all" })}>Xem cả ý kiến đồng thuận</a>
    </p>
  );
}

function Nothing({ query, counts }: { query: ListQuery; counts: StatusCounts }) {
  const isEmpty = counts.total === 0 && Object.keys(query).length === 0;
  return (
    <div class="panel empty">
      {isEmpty ? (
        <>
          <p>Chưa có kiến nghị nào.</p>
          <p class="quiet">
            Kiến nghị sẽ hiện ở đây khi thành viên gửi qua chat (gõ /kiennghi). Có thể gửi thử một kiến nghị
            từ <a href="/chat">trang hỏi đáp</a>, hoặc <a href="/console/opinions">nhập ý kiến trên giấy</a>{" "}
            từ tệp.
          </p>
        </>
      ) : (
        <p>
          Không có kiến nghị nào khớp. Thử bớt điều kiện lọc hoặc{" "}
          <a href={listAddress({ status: "all" })}>xem tất cả</a>.
        </p>
      )}
    </div>
  );
}
