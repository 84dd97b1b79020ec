import { CHANNEL_NAMES } from "../../conversation/channel.ts";
import { STANCES } from "../../petitions/petition.ts";
import { channelLabel } from "../labels.ts";
import type { Catalog } from "../office.ts";
import { type ListQuery, NONE } from "./list-query.ts";
import { communeNames } from "./names.ts";

type Choices = readonly (readonly [value: string, label: string])[];

const STANCE_CHOICES: Choices = [["", "Trừ đồng thuận"], ["all", "Tất cả"], ...Object.entries(STANCES)];
const CHANNELS: Choices = [
  ["", "Tất cả"],
  ...CHANNEL_NAMES.map((name) => [name, channelLabel(name)] as const),
  ["paper", "Phiếu giấy, cuộc họp"],
];
const GROUPS: Choices = [
  ["", "Tất cả"],
  ["any", "Đã vào nhóm"],
  [NONE, "Chưa vào nhóm"],
];
const ORDERS: Choices = [
  ["", "Theo danh sách"],
  ["due", "Hạn gần nhất trước"],
  ["newest", "Mới nhất trước"],
];

/** What narrows the list. Search stands in front; the rest opens on demand and when it is in use. */
export function ListFilter({ query, catalog }: { query: ListQuery; catalog: Catalog }) {
  const { q, status, import: file, ...rest } = query;
  const group = query.group && !["any", NONE].includes(query.group) ? query.group : null;
  return (
    <search>
      <form method="get" action="/console/petitions" class="sieve">
        <div class="filter ask">
          <label>
            Tìm
            <input
              type="search"
              name="q"
              value={q ?? ""}
              placeholder="Mã hoặc từ trong nội dung, không cần dấu"
            />
          </label>
          <button type="submit">Lọc</button>
        </div>
        {status ? <input type="hidden" name="status" value={status} /> : null}
        {file ? <input type="hidden" name="import" value={file} /> : null}
        <details open={Object.keys(rest).length > 0}>
          <summary>Lọc thêm</summary>
          <div class="filter many">
            <Choice name="topic" label="Chủ đề" choices={topicsOf(catalog)} chosen={query.topic} />
            <Choice name="stance" label="Loại" choices={STANCE_CHOICES} chosen={query.stance} />
            <Choice name="agency" label="Cơ quan" choices={agenciesOf(catalog)} chosen={query.agency} />
            <Choice
              name="area"
              label="Xã, phường"
              choices={areasOf(catalog, query.area)}
              chosen={query.area}
            />
            <Choice name="channel" label="Kênh" choices={CHANNELS} chosen={query.channel} />
            <Choice
              name="group"
              label="Nhóm"
              choices={group ? [...GROUPS, [group, `Nhóm số ${group}`]] : GROUPS}
              chosen={query.group}
            />
            <Day name="from" label="Nhận từ ngày" value={query.from} />
            <Day name="to" label="Nhận đến ngày" value={query.to} />
            <Choice name="order" label="Sắp xếp" choices={ORDERS} chosen={query.order} />
          </div>
        </details>
        {Object.keys(query).length > 0 ? <a href="/console/petitions">Bỏ lọc</a> : null}
      </form>
    </search>
  );
}

function topicsOf({ topics }: Catalog): Choices {
  return [["", "Tất cả"], ...topics.map(({ id, name }) => [id, name] as const)];
}

function agenciesOf({ agencies }: Catalog): Choices {
  return [
    ["", "Tất cả"],
    [NONE, "Chưa chuyển cơ quan nào"],
    ...agencies.map(({ id, name }) => [id, name] as const),
  ];
}

/** A place that is no commune of today stays to be chosen while the list is narrowed to it. */
function areasOf(catalog: Catalog, chosen: string | undefined): Choices {
  const names = communeNames(catalog);
  const extra = chosen && chosen !== NONE && !names.includes(chosen) ? [chosen] : [];
  return [["", "Tất cả"], [NONE, "Không ghi"], ...[...extra, ...names].map((name) => [name, name] as const)];
}

type ChoiceProps = { name: string; label: string; choices: Choices; chosen: string | undefined };

export function Choice({ name, label, choices, chosen }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        {choices.map(([value, text]) => (
          <option key={value} value={value} selected={value === (chosen ?? "")}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A field for a day; the browser shows it as people write it. */
export function Day({
  name,
  label,
  value,
}: {
  name: string;
  label: string;
  value: string | null | undefined;
}) {
  return (
    <label>
      {label}
      <input type="date" name={name} value={value ?? ""} />
    </label>
  );
}
