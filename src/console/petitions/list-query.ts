import { z } from "zod";
import { CHANNEL_NAMES } from "../../conversation/channel.ts";
import { readCode } from "../../petitions/code.ts";
import { STANCES, STATUSES, type Stance, type Status } from "../../petitions/petition.ts";
import type { PetitionFilter } from "../../petitions/petition-list.ts";
import { normalize } from "../../text/normalize.ts";
import { withQuery } from "./places.ts";

/** What a list may show beside one status. */
export const STATES = { open: "Việc cần làm", late: "Quá hạn", soon: "Sắp đến hạn", all: "Tất cả" } as const;

/** Stands for what has no agency, no commune or no group. */
export const NONE = "none";

const KEYS = [
  "q",
  "status",
  "topic",
  "stance",
  "agency",
  "area",
  "channel",
  "group",
  "import",
  "from",
  "to",
  "order",
] as const;

/** The query of a list's address; what is not in it does not narrow. */
export type ListQuery = Partial<Record<(typeof KEYS)[number], string>>;

const oneOf = (...words: string[]) => z.string().refine((word) => words.includes(word));
const name = z.string().regex(/^[a-z0-9-]{1,60}$/);
const number = z.string().regex(/^\d{1,12}$/);
const MAX_SEARCH_LENGTH = 100;
const words = z
  .string()
  .transform((text) => normalize(text).slice(0, MAX_SEARCH_LENGTH))
  .pipe(z.string().min(1));

const FIELDS: Record<keyof ListQuery, z.ZodType<string, string>> = {
  q: words,
  status: oneOf(...Object.keys(STATUSES), ...Object.keys(STATES)),
  topic: name,
  stance: oneOf(...Object.keys(STANCES), "all"),
  agency: name,
  area: words,
  channel: oneOf(...CHANNEL_NAMES, "paper"),
  group: z.union([number, oneOf("any", NONE)]),
  import: number,
  from: z.iso.date(),
  to: z.iso.date(),
  order: oneOf("newest", "due"),
};

/** Reads the address of a list; what makes no sense narrows nothing. */
export function readQuery(raw: Record<string, string>): ListQuery {
  const read = KEYS.flatMap((key) => {
    const value = FIELDS[key].safeParse(raw[key] ?? "");
    return value.success ? [[key, value.data]] : [];
  });
  return Object.fromEntries(read);
}

/** The address of a list; every number of the console that counts petitions leads to one. */
export function listAddress(query: ListQuery): string {
  return withQuery("/console/petitions", query);
}

/** What is shown when no status is asked: the work, but a search and a file look everywhere. */
export function statusOf({ status, q, group, import: file }: ListQuery): string {
  return status ?? (q || file || (group && group !== NONE) ? "all" : "open");
}

/** The list's query in the terms of the petitions. */
export function filterOf(query: ListQuery, days: { today: string; soonUntil: string }): PetitionFilter {
  const status = statusOf(query);
  const order =
    query.order ?? (status === "open" || status === "late" || status === "soon" ? "due" : "newest");
  return { ...placeOf(query), ...statusFilter(status, days), order: order === "due" ? "due" : "newest" };
}

/** The list's query without its status: what the counts by status are counted in. */
export function placeOf(query: ListQuery): PetitionFilter {
  const { q, topic, stance, agency, area, channel, group, import: file, from, to } = query;
  return {
    ...(q ? { search: codeOr(q) } : {}),
    ...(topic ? { topic } : {}),
    ...(stance === "all" ? { withAgreement: true } : stance ? { stance: stance as Stance } : {}),
    ...(agency ? { agency: orNothing(agency) } : {}),
    ...(area ? { area: orNothing(area) } : {}),
    ...(channel === "paper" ? { origin: "paper" } : channel ? { channel } : {}),
    ...(group ? groupFilter(group) : {}),
    ...(file ? { importId: Number(file) } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}

function statusFilter(status: string, days: { today: string; soonUntil: string }): PetitionFilter {
  if (status === "open") return { open: true };
  if (status === "late") return { lateOn: days.today };
  if (status === "soon") return { dueBetween: { today: days.today, until: days.soonUntil } };
  return status === "all" ? {} : { status: status as Status };
}

function groupFilter(group: string): PetitionFilter {
  if (group === "any" || group === NONE) return { grouped: group === "any" };
  return { group: Number(group) };
}

function orNothing(value: string): string {
  return value === NONE ? "" : value;
}

/** A code is found however it was typed. */
function codeOr(search: string): string {
  const reading = readCode(search);
  return reading.kind === "code" ? reading.code : search;
}
