import type pg from "pg";
import { OPEN_STATUSES } from "../petitions/petition.ts";
import type { PetitionCounts, PetitionFilter, StatusCounts } from "../petitions/petition-list.ts";
import { valuesOf, WHERE } from "./petition-list.ts";

type Days = { today: string; soonUntil: string };
type Counted = Omit<PetitionCounts, "total" | "open" | "late" | "dueSoon">;

/** A search that finds more is not counted to its end, since that reads every petition found. */
export const MOST_FOUND = 10_000;

const LATE = "count(*) filter (where p.due_on < $20::date or p.review_due_on < $20)::int as late";
const SOON = "count(*) filter (where p.due_on between $20 and $21::date)::int as soon";

const BY_STATUS = `select p.status, count(*)::int as count, ${LATE}, ${SOON} from petitions p where ${WHERE} group by 1`;
const FOUND_BY_STATUS = `select p.status, count(*)::int as count, ${LATE}, ${SOON}
  from (select p.status, p.due_on, p.review_due_on from petitions p where ${WHERE} limit ${MOST_FOUND + 1}) p group by 1`;

type OfStatus = { status: string; count: number; late: number; soon: number };

/** How many petitions of a filter there are in each status. */
export async function countByStatus(
  pool: pg.Pool,
  filter: PetitionFilter,
  { today, soonUntil }: Days,
): Promise<StatusCounts> {
  const values = valuesOf(filter);
  const sql = filter.search ? FOUND_BY_STATUS : BY_STATUS;
  const { rows } = values ? await pool.query<OfStatus>(sql, [...values, today, soonUntil]) : { rows: [] };
  return statusCounts(rows, filter.search !== undefined);
}

function statusCounts(rows: OfStatus[], isSearch: boolean): StatusCounts {
  const sum = (number: (row: OfStatus) => number) => rows.reduce((total, row) => total + number(row), 0);
  const total = sum(({ count }) => count);
  return {
    total,
    open: sum(({ status, count }) => ((OPEN_STATUSES as string[]).includes(status) ? count : 0)),
    late: sum(({ late }) => late),
    dueSoon: sum(({ soon }) => soon),
    byStatus: Object.fromEntries(rows.map(({ status, count }) => [status, count])),
    hasMore: isSearch && total > MOST_FOUND,
  };
}

/** One pass in seven ways. The numbers are the bits of what a row is not counted by, the first column's bit the highest. */
const COUNTS = `select case grouping(p.status, p.topic, p.stance, p.agency, p.area, p.origin)
      when 31 then 'byStatus' when 47 then 'byTopic' when 55 then 'byStance'
      when 59 then 'byAgency' when 61 then 'byArea' when 62 then 'byOrigin' else 'all' end as kind,
    coalesce(p.status, p.topic, p.stance, p.agency, p.area, p.origin) as value, count(*)::int as count,
    count(*) filter (where p.status = any($3))::int as open, ${LATE}, ${SOON}
  from petitions p where ${WHERE}
  group by grouping sets ((), (p.status), (p.topic), (p.stance), (p.agency), (p.area), (p.origin))`;

/** Of all petitions, where each way has an index of its own that is read in its order. */
const ALL_BY_STATUS = `select p.status, p.stance, count(*)::int as count,
    count(*) filter (where p.due_on < $1::date or p.review_due_on < $1)::int as late,
    count(*) filter (where p.due_on between $1 and $2::date)::int as soon
  from petitions p group by 1, 2`;
const ALL_BY_PLACE = [
  `select 'byTopic' as kind, topic as value, count(*)::int as count from petitions group by 2
   union all select 'byArea', area, count(*)::int from petitions group by 2`,
  `select 'byAgency' as kind, agency as value, count(*)::int as count from petitions group by 2
   union all select 'byOrigin', origin, count(*)::int from petitions group by 2`,
];

type Sum = {
  kind: keyof Counted | "all";
  value: string | null;
  count: number;
  open: number;
  late: number;
  soon: number;
};

/** How many petitions of a filter there are, by everything that a dashboard shows. Days are ISO days in Vietnam. */
export async function countPetitions(
  pool: pg.Pool,
  filter: PetitionFilter,
  days: Days,
): Promise<PetitionCounts> {
  if (isAll(filter)) return countAll(pool, days);
  const values = valuesOf(filter);
  const { rows } = values
    ? await pool.query<Sum>(COUNTS, [...values, days.today, days.soonUntil])
    : { rows: [] };
  const all = rows.find(({ kind }) => kind === "all");
  return {
    total: all?.count ?? 0,
    open: all?.open ?? 0,
    late: all?.late ?? 0,
    dueSoon: all?.soon ?? 0,
    ...ways(rows),
  };
}

function isAll({ withAgreement, ...rest }: PetitionFilter): boolean {
  return withAgreement === true && Object.values(rest).every((value) => value === undefined);
}

async function countAll(pool: pg.Pool, { today, soonUntil }: Days): Promise<PetitionCounts> {
  const [statuses, ...places] = await Promise.all([
    pool.query<OfStatus & { stance: string }>(ALL_BY_STATUS, [today, soonUntil]),
    ...ALL_BY_PLACE.map((sql) => pool.query<Sum>(sql)),
  ]);
  const { total, open, late, dueSoon } = statusCounts(statuses.rows, false);
  const rows = places.flatMap((place) => place.rows);
  return {
    total,
    open,
    late,
    dueSoon,
    ...ways(rows),
    byStatus: summed(statuses.rows.map(({ status, count }) => [status, count])),
    byStance: summed(statuses.rows.map(({ stance, count }) => [stance, count])),
  };
}

function ways(rows: Pick<Sum, "kind" | "value" | "count">[]): Counted {
  const counted: Counted = {
    byStatus: {},
    byTopic: {},
    byStance: {},
    byAgency: {},
    byArea: {},
    byOrigin: {},
  };
  for (const { kind, value, count } of rows)
    if (kind !== "all" && value !== null) counted[kind][value] = count;
  return counted;
}

function summed(counts: [name: string, count: number][]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of counts) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
