import { TopicId } from "../../knowledge/document.ts";
import { type Standing, standingAt } from "../../knowledge/standing.ts";
import type { Passage } from "../../knowledge/validity.ts";
import { fold } from "../../text/fold.ts";
import { normalize } from "../../text/normalize.ts";
import { inVietnam } from "../dates.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import type { InUse } from "../knowledge-desk.ts";
import { Pager, pageOf } from "../pager.tsx";
import { type Column, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { documentAddress } from "./places.ts";
import { certaintyText, count, STANDINGS } from "./words.ts";

type Document = InUse["corpus"]["documents"][number];
type Row = Document & {
  standing: Standing;
  /** The name of its file as handed in, who published it and when. */
  origin: { name: string; publishedBy: string | null; publishedAt: Date | null } | undefined;
};
type Filter = { q: string; topic: string; state: string };
type Topics = ReturnType<ConsoleOptions["topics"]>;

const PATH = "/console/knowledge/documents";
const PER_PAGE = 50;

/** The documents that answers rest on, with where each stands today. */
export function documentsPage(
  { knowledge, topics }: Pick<ConsoleOptions, "knowledge" | "topics">,
  view: View,
): Handler {
  return (c) => {
    const filter = readFilter(c.req.query());
    const page = pageOf(c.req.query("page"));
    const all = rowsOf(knowledge.live.now(), knowledge.today());
    const found = all.filter((row) => fits(row, filter));
    const isFiltered = Object.values(filter).some(Boolean);
    const body = (
      <Frame at={PATH}>
        <div class="heading">
          <h1>Văn bản</h1>
          <p class="quiet">
            {count(found.length)} văn bản{isFiltered ? " khớp với điều kiện lọc" : ""}
          </p>
        </div>
        <FilterForm filter={filter} topics={topics()} isFiltered={isFiltered} />
        {found.length > 0 ? (
          <Table
            caption="Văn bản trong kho, theo số hiệu"
            columns={COLUMNS}
            rows={found.slice((page - 1) * PER_PAGE, page * PER_PAGE)}
          />
        ) : (
          <Nothing isFiltered={isFiltered} />
        )}
        <Pager path={PATH} query={filter} page={page} hasNext={page * PER_PAGE < found.length} />
      </Frame>
    );
    return view.page(c, "Văn bản", body);
  };
}

function readFilter(query: Record<string, string>): Filter {
  const { topic = "", state = "" } = query;
  return {
    q: normalize(query.q ?? "").slice(0, 100),
    topic: TopicId.safeParse(topic).success ? topic : "",
    state: Object.hasOwn(STANDINGS, state) ? state : "",
  };
}

function rowsOf({ corpus, provenance }: InUse, today: string): Row[] {
  const clauses = new Map<string, Passage[]>(corpus.documents.map(({ number }) => [number, []]));
  for (const passage of corpus.passages) clauses.get(passage.document)?.push(passage);
  return corpus.documents
    .map((document) => ({
      ...document,
      standing: standingAt(clauses.get(document.number) ?? [], today),
      origin: provenance.get(document.file),
    }))
    .sort((a, b) => a.number.localeCompare(b.number, "vi", { numeric: true }));
}

function fits({ number, title, issuer, topics, standing }: Row, { q, topic, state }: Filter): boolean {
  const text = fold(`${number} ${title} ${issuer}`);
  return (
    fold(q)
      .split(" ")
      .every((word) => text.includes(word)) &&
    (topic === "" || topics.some((each) => each === topic)) &&
    (state === "" || standing === state)
  );
}

const COLUMNS: Column<Row>[] = [
  {
    title: "Số hiệu",
    class: "code",
    cell: ({ number }) => <a href={documentAddress(number)}>{number}</a>,
  },
  { title: "Tên văn bản", class: "wide", cell: ({ title }) => title },
  { title: "Nơi ban hành", cell: ({ issuer }) => issuer },
  { title: "Hôm nay", class: "when", cell: ({ standing }) => <StandingBadge standing={standing} /> },
  { title: "Điều khoản", cell: ({ clauses }) => count(clauses.length) },
  { title: "Mức chắc chắn", cell: ({ certainty, verifiedBy }) => certaintyText(certainty, verifiedBy) },
  {
    title: "Tệp, người công bố",
    cell: ({ origin }) =>
      origin ? (
        <>
          {origin.name}
          {origin.publishedAt ? (
            <span class="quiet">
              {" "}
              · {origin.publishedBy}, {inVietnam(origin.publishedAt)}
            </span>
          ) : null}
        </>
      ) : (
        "–"
      ),
  },
];

/** Where a document stands, marked apart when it is not in force. */
export function StandingBadge({ standing }: { standing: Standing }) {
  return <span class={standing === "in-force" ? "badge" : "badge open"}>{STANDINGS[standing]}</span>;
}

type FilterProps = { filter: Filter; topics: Topics; isFiltered: boolean };

function FilterForm({ filter, topics, isFiltered }: FilterProps) {
  const states = Object.entries(STANDINGS).map(([id, name]) => ({ id, name }));
  return (
    <search>
      <form method="get" action={PATH} class="filter">
        <label>
          Tìm
          <input type="search" name="q" value={filter.q} placeholder="Số hiệu, tên hoặc nơi ban hành" />
        </label>
        <Choice name="topic" label="Chủ đề" options={topics} chosen={filter.topic} />
        <Choice name="state" label="Hiệu lực hôm nay" options={states} chosen={filter.state} />
        <button type="submit">Lọc</button>
        {isFiltered ? <a href={PATH}>Bỏ lọc</a> : null}
      </form>
    </search>
  );
}

function Choice({
  name,
  label,
  options,
  chosen,
}: {
  name: string;
  label: string;
  options: Topics;
  chosen: string;
}) {
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
    <p class="panel empty">
      {isFiltered ? (
        <>
          Không có văn bản nào khớp. Thử bớt điều kiện hoặc <a href={PATH}>xem tất cả</a>.
        </>
      ) : (
        <>
          Chưa có văn bản nào. <a href="/console/knowledge">Đưa văn bản lên</a> rồi công bố để trợ lý có căn
          cứ trả lời.
        </>
      )}
    </p>
  );
}
