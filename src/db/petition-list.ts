import type pg from "pg";
import { OPEN_STATUSES } from "../petitions/petition.ts";
import type { PetitionRow } from "../petitions/petition-file.ts";
import { type PetitionFilter, searchQuery } from "../petitions/petition-list.ts";

/** The columns of a line of the list, from `petitions p left join conversations c`. */
export const ROW = `p.id, p.code, p.content, p.stance, p.topic, p.commune, p.area, p.agency, p.status, c.channel, p.origin,
  p.group_id as "groupId", p.received_at as "receivedAt", p.due_on as "dueOn", p.review_due_on as "reviewDueOn"`;

/** The rows of a filter; what stands for $1 to $19 are `valuesOf` it. */
export const WHERE = `($1::text is null or p.status = $1)
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

/** A page of the petitions of a filter. */
export async function petitionRows(
  pool: pg.Pool,
  filter: PetitionFilter,
  page: number,
  perPage: number,
): Promise<PetitionRow[]> {
  const values = valuesOf(filter);
  if (!values) return [];
  const { rows } = await pool.query<PetitionRow>(filter.order === "due" ? BY_DUE : NEWEST, [
    ...values,
    perPage,
    (page - 1) * perPage,
  ]);
  return rows;
}

/** A page of the petitions of a filter, with how many there are in all. */
export async function listPetitions(
  pool: pg.Pool,
  filter: PetitionFilter,
  page: number,
  perPage: number,
): Promise<{ rows: PetitionRow[]; total: number }> {
  const values = valuesOf(filter);
  const [rows, count] = await Promise.all([
    petitionRows(pool, filter, page, perPage),
    values ? pool.query<{ total: number }>(TOTAL, values) : null,
  ]);
  return { rows, total: count?.rows[0]?.total ?? 0 };
}

/** What stands for $1 to $19; null when a search holds no word, so that nothing can match. */
export function valuesOf(filter: PetitionFilter): unknown[] | null {
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
