import { readCode } from "../petitions/code.ts";
import { STATUSES, type Status } from "../petitions/petition.ts";
import type { PetitionFilter, PetitionRow } from "../petitions/petition-file.ts";
import { normalize } from "../text/normalize.ts";
import { inVietnam } from "./dates.ts";
import type { ConsoleOptions } from "./desk.ts";
import type { Handler } from "./handler.ts";
import { channelLabel, stanceLabel } from "./labels.ts";
import { Pager, pageOf } from "./pager.tsx";
import { type Column, excerpt, Table } from "./table.tsx";
import type { View } from "./view.tsx";

type Topics = ConsoleOptions["topics"];

const PATH = "/console/petitions";
const PER_PAGE = 50;
const MAX_SEARCH_LENGTH = 100;

/** The list of petitions, newest first. */
export function petitionsPage(
  { petitions, topics }: Pick<ConsoleOptions, "petitions" | "topics">,
  view: View,
): Handler {
  const columns = columnsFor(topics);
  return async (c) => {
    const filter = readFilter(c.req.query(), topics);
    const page = pageOf(c.req.query("page"));
    const { rows, total } = await petitions.list(withCode(filter), page, PER_PAGE);
    const isFiltered = Object.keys(filter).length > 0;
    const body = (
      <>
        <div class="heading">
          <h1>Kiến nghị</h1>
          <p class="quiet">
            {total.toLocaleString("vi-VN")} kiến nghị{isFiltered ? " khớp với điều kiện lọc" : ""}
          </p>
        </div>
        <Filter filter={filter} topics={topics} isFiltered={isFiltered} />
        {rows.length > 0 ? (
          <Table caption="Danh sách kiến nghị, mới nhất ở trên" columns={columns} rows={rows} />
        ) : (
          <Nothing isFiltered={isFiltered} />
        )}
        <Pager path={PATH} query={queryOf(filter)} page={page} hasNext={page * PER_PAGE < total} />
      </>
    );
    return view.page(c, "Kiến nghị", body);
  };
}

function readFilter(query: Record<string, string>, topics: Topics): PetitionFilter {
  const { status = "", topic = "" } = query;
  const search = normalize(query.q ?? "").slice(0, MAX_SEARCH_LENGTH);
  return {
    ...(Object.hasOwn(STATUSES, status) ? { status: status as Status } : {}),
    ...(topics.some(({ id }) => id === topic) ? { topic } : {}),
    ...(search ? { search } : {}),
  };
}

/** A code is found however it was typed. */
function withCode(filter: PetitionFilter): PetitionFilter {
  const reading = readCode(filter.search ?? "");
  return reading.kind === "code" ? { ...filter, search: reading.code } : filter;
}

function queryOf({ status, topic, search }: PetitionFilter) {
  return { status, topic, q: search };
}

function columnsFor(topics: Topics): Column<PetitionRow>[] {
  const topicName = (id: string) => topics.find((topic) => topic.id === id)?.name ?? id;
  return [
    { title: "Mã", class: "code", cell: (row) => <a href={`${PATH}/${row.code}`}>{row.code}</a> },
    { title: "Nội dung", class: "wide", cell: (row) => excerpt(row.content) },
    { title: "Loại", class: "when", cell: (row) => stanceLabel(row.stance) },
    { title: "Chủ đề", cell: (row) => topicName(row.topic) },
    { title: "Xã, phường", cell: (row) => row.commune ?? "–" },
    { title: "Trạng thái", cell: (row) => <StatusBadge status={row.status} /> },
    { title: "Kênh", cell: (row) => channelLabel(row.channel) },
    { title: "Ngày nhận", class: "when", cell: (row) => inVietnam(row.receivedAt) },
  ];
}

/** A status in words, marked apart when it is still somebody's work. */
export function StatusBadge({ status }: { status: Status }) {
  const { label, open } = STATUSES[status];
  return <span class={open ? "badge open" : "badge"}>{label}</span>;
}

function Filter({
  filter,
  topics,
  isFiltered,
}: {
  filter: PetitionFilter;
  topics: Topics;
  isFiltered: boolean;
}) {
  const statuses = Object.entries(STATUSES).map(([id, { label }]) => ({ id, name: label }));
  return (
    <search>
      <form method="get" action={PATH} class="filter">
        <label>
          Tìm
          <input type="search" name="q" value={filter.search ?? ""} placeholder="Mã hoặc từ trong nội dung" />
        </label>
        <Select name="status" label="Trạng thái" options={statuses} chosen={filter.status} />
        <Select name="topic" label="Chủ đề" options={topics} chosen={filter.topic} />
        <button type="submit">Lọc</button>
        {isFiltered ? <a href={PATH}>Bỏ lọc</a> : null}
      </form>
    </search>
  );
}

type SelectProps = { name: string; label: string; options: Topics; chosen: string | undefined };

function Select({ name, label, options, chosen }: SelectProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">Tất cả</option>
        {options.map((option) => (
          <option key={option.id} value={option.id} selected={option.id === chosen}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return (
    <div class="panel empty">
      {isFiltered ? (
        <p>
          Không có kiến nghị nào khớp. Thử bớt điều kiện hoặc <a href={PATH}>xem tất cả</a>.
        </p>
      ) : (
        <>
          <p>Chưa có kiến nghị nào.</p>
          <p class="quiet">
            Kiến nghị sẽ hiện ở đây khi thành viên gửi qua chat (gõ /kiennghi). Có thể gửi thử một kiến nghị
            từ <a href="/chat">trang hỏi đáp</a>.
          </p>
        </>
      )}
    </div>
  );
}
