import type { Agency, Topic } from "../knowledge/catalog.ts";
import { chooseExtracts, type Extract } from "./extracts.ts";
import { STANCES, STATUSES } from "./petition.ts";
import { CHANNEL_NAMES, type RegisterColumn, type RegisterRow } from "./register.ts";

/** What a figure counts: the rows of the register whose cells equal these texts; {} counts all. */
export type Filter = Partial<Record<RegisterColumn, string>>;
/** A number that stands in a document. */
export type Figure = { document: string; label: string; value: number; filter: Filter };

/** A line of a table: its name and its figures from left to right. */
export type Line = { name: string; figures: Figure[] };
export type Table = { title: string; heads: string[]; lines: Line[] };

/** What the leadership reads: the whole, then cut by stance, topic, agency, status, place and channel. */
export type Summary = { document: string; total: Figure; tables: Table[] };

/** What one agency is asked to resolve, issue by issue. */
export type Memo = {
  document: string;
  agency: string;
  agencyName: string;
  total: Figure;
  table: Table;
  issues: Issue[];
};
export type Issue = {
  name: string;
  total: Figure;
  places: Line[];
  /** The first and the last day by which these petitions are to be answered, ISO; null while none is set. */
  due: { first: string; last: string } | null;
  extracts: Extract[];
};

export type ReportNames = { topics: Topic[]; agencies: Agency[] };

const EXTRACTS = 3;
const STANCE_IDS = Object.keys(STANCES) as (keyof typeof STANCES)[];
const STANCE_HEADS = [...STANCE_IDS.map((id) => STANCES[id]), "Cộng"];
const TOTAL = "Tổng cộng";
const NO_AGENCY = "Chưa rõ cơ quan";
const NO_PLACE = "Không ghi xã, phường";

/** Whether a row is counted by a filter. */
export function matches(row: RegisterRow, filter: Filter): boolean {
  return (Object.entries(filter) as [RegisterColumn, string][]).every(
    ([column, text]) => row[column] === text,
  );
}

/** The figures of the summary for the leadership. */
export function summaryOf(rows: RegisterRow[], names: ReportNames): Summary {
  const document = "summary.docx";
  const count = counterOf(rows, document);
  const one = (title: string, head: string, column: RegisterColumn, label: Naming): Table => ({
    title,
    heads: [head, "Số ý kiến"],
    lines: valuesOf(rows, column).map((id) => {
      const name = label(id);
      return { name, figures: [count(`${title}: ${name}`, { [column]: id })] };
    }),
  });
  const byStance = (title: string, head: string, column: RegisterColumn, label: Naming): Table => ({
    title,
    heads: [head, ...STANCE_HEADS],
    lines: [
      ...valuesOf(rows, column).map((id) => stanceLine(count, label(id), { [column]: id })),
      stanceLine(count, TOTAL, {}),
    ],
  });
  return {
    document,
    total: count("Tổng số ý kiến", {}),
    tables: [
      one("Theo loại ý kiến", "Loại ý kiến", "loai", (id) => STANCES[id as keyof typeof STANCES] ?? id),
      byStance("Theo nhóm vấn đề", "Nhóm vấn đề", "chu_de", topicName(names)),
      byStance("Theo cơ quan giải quyết", "Cơ quan", "co_quan", agencyName(names)),
      one("Theo tình trạng xử lý", "Tình trạng", "trang_thai", statusName),
      one("Theo địa bàn", "Xã, phường", "xa_phuong", (id) => id || NO_PLACE),
      one("Theo kênh tiếp nhận", "Kênh", "kenh", (id) => CHANNEL_NAMES[id] ?? id),
    ],
  };
}

/** One memo per agency that stands in the register, in the order of their ids. */
export function memosOf(rows: RegisterRow[], names: ReportNames): Memo[] {
  return valuesOf(rows, "co_quan")
    .filter((agency) => agency !== "")
    .sort()
    .map((agency) =>
      memoOf(
        agency,
        rows.filter(({ co_quan }) => co_quan === agency),
        names,
      ),
    );
}

/** The file name of an agency's memo. */
export function memoName(agency: string): string {
  return `memo-${agency.replace(/[^A-Za-z0-9-]+/g, "-")}.docx`;
}

function memoOf(agency: string, rows: RegisterRow[], names: ReportNames): Memo {
  const document = memoName(agency);
  const count = counterOf(rows, document);
  const topics = valuesOf(rows, "chu_de");
  const own = (filter: Filter): Filter => ({ co_quan: agency, ...filter });
  return {
    document,
    agency,
    agencyName: agencyName(names)(agency),
    total: count("Tổng số ý kiến", own({})),
    table: {
      title: "Theo nhóm vấn đề",
      heads: ["Nhóm vấn đề", ...STANCE_HEADS],
      lines: [
        ...topics.map((topic) => stanceLine(count, topicName(names)(topic), own({ chu_de: topic }))),
        stanceLine(count, TOTAL, own({})),
      ],
    },
    issues: topics.map((topic) => {
      const filter = own({ chu_de: topic });
      return issueOf(
        topicName(names)(topic),
        rows.filter((row) => matches(row, filter)),
        filter,
        count,
      );
    }),
  };
}

function issueOf(name: string, rows: RegisterRow[], filter: Filter, count: Count): Issue {
  const places = valuesOf(rows, "xa_phuong").map((id) => {
    const place = id || NO_PLACE;
    return { name: place, figures: [count(`${name}: ${place}`, { ...filter, xa_phuong: id })] };
  });
  return {
    name,
    total: count(name, filter),
    places,
    due: dueOf(rows),
    extracts: chooseExtracts(rows, EXTRACTS),
  };
}

/** Only what is still somebody's work has a day to wait for. */
function dueOf(rows: RegisterRow[]): Issue["due"] {
  const days = rows
    .filter(({ han, trang_thai }) => han !== "" && STATUSES[trang_thai as keyof typeof STATUSES]?.open)
    .map(({ han }) => han)
    .sort();
  const [first, last] = [days[0], days.at(-1)];
  return first && last ? { first, last } : null;
}

/** Every number of a document, once each, for numbers.json. */
export function figuresOf(summary: Summary, memos: Memo[]): Figure[] {
  const all = [
    summary.total,
    ...summary.tables.flatMap(inTable),
    ...memos.flatMap(({ total, table, issues }) => [
      total,
      ...inTable(table),
      ...issues.flatMap((issue) => [issue.total, ...issue.places.flatMap(({ figures }) => figures)]),
    ]),
  ];
  return [...new Map(all.map((figure) => [JSON.stringify(figure), figure])).values()];
}

function inTable({ lines }: Table): Figure[] {
  return lines.flatMap(({ figures }) => figures);
}

type Naming = (id: string) => string;
type Count = (label: string, filter: Filter) => Figure;

function counterOf(rows: RegisterRow[], document: string): Count {
  return (label, filter) => ({
    document,
    label,
    value: rows.filter((row) => matches(row, filter)).length,
    filter,
  });
}

function stanceLine(count: Count, name: string, filter: Filter): Line {
  return {
    name,
    figures: [
      ...STANCE_IDS.map((loai) => count(`${name}: ${STANCES[loai]}`, { ...filter, loai })),
      count(`${name}: cộng`, filter),
    ],
  };
}

/** The values that a column has, the most frequent first; what is not known comes last. */
function valuesOf(rows: RegisterRow[], column: RegisterColumn): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row[column], (counts.get(row[column]) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => Number(a === "") - Number(b === "") || n - m || (a < b ? -1 : 1))
    .map(([value]) => value);
}

function topicName({ topics }: ReportNames): Naming {
  return (id) => topics.find((topic) => topic.id === id)?.name ?? id;
}

function agencyName({ agencies }: ReportNames): Naming {
  return (id) => agencies.find((agency) => agency.id === id)?.name ?? (id || NO_AGENCY);
}

function statusName(id: string): string {
  return STATUSES[id as keyof typeof STATUSES]?.label ?? id;
}
