import type pg from "pg";
import { OPEN_STATUSES } from "../petitions/petition.ts";
import type { PetitionRow } from "../petitions/petition-file.ts";
import { type PetitionCounts, type PetitionFilter, searchQuery } from "../petitions/petition-list.ts";

/** The columns of a line of the list, from `petitions p left join conversations c`. */
export const ROW = `p.id, p.code, p.content, p.stance, p.topic, p.commune, p.area, p.agency, p.status, c.channel, p.origin,
  p.group_id as "groupId", p.received_at as "receivedAt", p.due_on as "dueOn", p.review_due_on as "reviewDueOn"`;

const WHERE = `($1::text is null or p.status = $1)
  and (not $2::boolean or p.status = any($3::text[]))
  and ($4::text is null or p.topic = $4)
  and ($5::text is null or p.stance = $5)
  and ($6::boolean or p.stance <> 'dong-thuan')
  and ($7::text is null or p.agency = $7 or ($7 = '' and p.agency is null))
  and ($8::text is null or p.area = $8 or ($8 = '' and p.area is null))
  and ($9::text is null or p.origin = $9)
  and ($10::bigint is null or p.group_id = $10)
  and ($11::date is null or p.due_on < $11 or p.review_due_on < $11)
  and ($12::date is null or p.due_on between $12 and $13::date)
  and ($14::date is null or p.received_at >= $14::date)
  and ($15::date is null or p.received_at < $15::date + 1)
  and ($16::text is null or p.words @@ to_tsquery('simple', $16))
  and ($17::text is null or p.conversation_id in (select id from conversations where channel = $17))
  and ($18::boolean is null or (p.group_id is not null) = $18)
  and ($19::bigint is null or p.import_id = $19)`;

/** Ids first: a deep page then carries numbers past, not rows. */
const NEWEST = `with page as (select p.id from petitions p where ${WHERE} order by p.id desc limit $20 offset $21)
  select ${ROW} from page join petitions p using (id) left join conversations c on c.id = p.conversation_id
  order by p.id desc`;
const BY_DUE = `with page as (select p.id from petitions p where ${WHERE} order by p.due_on, p.id limit $20 offset $21)
  select ${ROW} from page join petitions p using (id) left join conversations c on c.id = p.conversation_id
  order by p.due_on, p.id`;
const TOTAL = `select count(*)::int as total from petitions p where ${WHERE}`;

/** Petitions of a filter, page by page, with how many there are. */
export async function listPetitions(
  pool: pg.Pool,
  filter: PetitionFilter,
  page: number,
  perPage: number,
): Promise<{ rows: PetitionRow[]; total: number }> {
  const values = valuesOf(filter);
  if (!values) return { rows: [], total: 0 };
  const [rows, count] = await Promise.all([
    pool.query<PetitionRow>(filter.order === "due" ? BY_DUE : NEWEST, [
      ...values,
      perPage,
      (page - 1) * perPage,
    ]),
    pool.query<{ total: number }>(TOTAL, values),
  ]);
  return { rows: rows.rows, total: count.rows[0]?.total ?? 0 };
}

/**
 * One pass over the petitions makes cells, which are then summed in seven ways. The numbers are the bits of what a row is
 * not summed by, the first column's bit the highest.
 */
const COUNTS = `with cells as (
    select p.status, p.topic, p.stance, p.agency, p.area, p.origin, count(*) as petitions,
      count(*) filter (where p.due_on < $20::date or p.review_due_on < $20) as late,
      count(*) filter (where p.due_on between $20 and $21::date) as soon
    from petitions p where ${WHERE} group by 1, 2, 3, 4, 5, 6)
  select case grouping(status, topic, stance, agency, area, origin)
      when 31 then 'byStatus' when 47 then 'byTopic' when 55 then 'byStance'
      when 59 then 'byAgency' when 61 then 'byArea' when 62 then 'byOrigin' else 'all' end as kind,
    coalesce(status, topic, stance, agency, area, origin) as value, sum(petitions)::int as count,
    sum(petitions) filter (where status = any($3))::int as open, sum(late)::int as late, sum(soon)::int as soon
  from cells group by grouping sets ((), (status), (topic), (stance), (agency), (area), (origin))`;

type Counted = Omit<PetitionCounts, "total" | "open" | "late" | "dueSoon">;
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
  { today, soonUntil }: { today: string; soonUntil: string },
): Promise<PetitionCounts> {
  const counted: Counted = {
    byStatus: {},
    byTopic: {},
    byStance: {},
    byAgency: {},
    byArea: {},
    byOrigin: {},
  };
  const values = valuesOf(filter);
  const { rows } = values ? await pool.query<Sum>(COUNTS, [...values, today, soonUntil]) : { rows: [] };
  const all = rows.find(({ kind }) => kind === "all");
  for (const { kind, value, count } of rows)
    if (kind !== "all" && value !== null) counted[kind][value] = count;
  return {
    total: all?.count ?? 0,
    open: all?.open ?? 0,
    late: all?.late ?? 0,
    dueSoon: all?.soon ?? 0,
    ...counted,
  };
}

/** What stands for $1 to $19; null when a search holds no word, so that nothing can match. */
function valuesOf(filter: PetitionFilter): unknown[] | null {
  const search = searchQuery(filter.search);
  if (filter.search && !search) return null;
  const withAgreement = filter.withAgreement || filter.stance === "dong-thuan" || search !== null;
  return [
    filter.status ?? null,
    filter.open ?? false,
    OPEN_STATUSES,
    filter.topic ?? null,
    filter.stance ?? null,
    withAgreement,
    filter.agency ?? null,
    filter.area ?? null,
    filter.origin ?? null,
    filter.group ?? null,
    filter.lateOn ?? null,
    filter.dueBetween?.today ?? null,
    filter.dueBetween?.until ?? null,
    filter.from ?? null,
    filter.to ?? null,
    search,
    filter.channel ?? null,
    filter.grouped ?? null,
    filter.importId ?? null,
  ];
}
