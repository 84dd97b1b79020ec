import type { Agency, Commune, Topic } from "../knowledge/catalog.ts";
import { writtenDay } from "./calendar.ts";
import { findCommune, withoutNote } from "./commune.ts";

/** Where a petition should go, as a suggestion that staff confirm. */
export type Route = {
  agency: string;
  /** The office in words: "UBND xã Tân Bình", "Sở Tài chính TP Cần Thơ". */
  office: string;
  /** Other agencies of the topic on that day, in the order of the data. */
  others: string[];
  reason: string;
};

export type RoutingKnowledge = { topics: Topic[]; agencies: Agency[]; communes: Commune[] };

/** What a petition gives for routing: its topic's id, its place as the member wrote it, and an ISO day in Vietnam. */
export type RoutingQuestion = { topic: string; commune: string | null; day: string };

/** The agency that is responsible on a day; null when the data name none that is at work on it. */
export function route(question: RoutingQuestion, knowledge: RoutingKnowledge): Route | null {
  const topic = knowledge.topics.find(({ id }) => id === question.topic);
  const offices = (topic?.agencies ?? []).flatMap((id) => atWork(id, question.day, knowledge.agencies) ?? []);
  const [first, ...rest] = offices;
  if (!topic || !first) return null;
  const place = placeOf(question, first.agency, knowledge.communes);
  return {
    agency: first.agency.id,
    office: place.office,
    others: [...new Set(rest.map(({ agency }) => agency.id))].filter((id) => id !== first.agency.id),
    reason: [
      `Chủ đề “${topic.name}” thuộc ${first.agency.name}.`,
      ...first.because,
      ...place.because,
      ...(first.agency.certainty === "to-verify" && first.agency.verifiedBy
        ? [`Thẩm quyền này cần xác nhận với ${first.agency.verifiedBy}.`]
        : []),
    ].join(" "),
  };
}

/** The office of an agency that staff chose, for a petition's place; null when it is not at work on that day. */
export function officeOf(
  agency: string,
  question: Omit<RoutingQuestion, "topic">,
  { agencies, communes }: Omit<RoutingKnowledge, "topics">,
): { agency: string; office: string } | null {
  const found = atWork(agency, question.day, agencies)?.agency;
  return found ? { agency: found.id, office: placeOf(question, found, communes).office } : null;
}

/** Whether going to an agency needs a reason: it is another than the one that has the petition. */
export function isReroute(present: string | null, next: string): boolean {
  return present !== null && present !== next;
}

type AtWork = { agency: Agency; because: string[] };

/** The agency itself, its successor when it has ended, or who did its work before it existed. */
function atWork(id: string, day: string, agencies: Agency[]): AtWork | null {
  const agency = agencies.find((one) => one.id === id);
  if (!agency) return null;
  if (agency.validFrom && day < agency.validFrom) return before(agency, day, agencies);
  return followed(agency, day, agencies);
}

function followed(agency: Agency, day: string, agencies: Agency[]): AtWork | null {
  const because: string[] = [];
  const seen = new Set<string>();
  let current = agency;
  while (current.validTo && day >= current.validTo) {
    seen.add(current.id);
    const next = agencies.find(({ id }) => id === current.successor);
    if (!next || seen.has(next.id)) return null;
    because.push(
      `${current.name} đã thôi hoạt động từ ${writtenDay(current.validTo)}, việc do ${next.name} tiếp nhận.`,
    );
    current = next;
  }
  return { agency: current, because };
}

function before(agency: Agency, day: string, agencies: Agency[]): AtWork | null {
  const earlier = agencies.find(
    ({ successor, validFrom, validTo }) =>
      successor === agency.id && (!validFrom || validFrom <= day) && validTo !== null && day < validTo,
  );
  if (!earlier) return null;
  const since = agency.validFrom ? writtenDay(agency.validFrom) : "";
  return { agency: earlier, because: [`${agency.name} chỉ có từ ${since}; trước đó là ${earlier.name}.`] };
}

function placeOf(
  { commune: written, day }: Omit<RoutingQuestion, "topic">,
  agency: Agency,
  communes: Commune[],
) {
  const none = { office: agency.name, because: [] as string[] };
  if (!agency.perCommune) return none;
  if (!written) return { ...none, because: ["Chưa rõ xã, phường: cần hỏi bà con trước khi chuyển."] };
  const said = withoutNote(written);
  const commune = findCommune(said, communes) ?? findCommune(written, communes);
  if (!commune || day < commune.from)
    return { ...none, because: [`Chưa nhận ra xã, phường “${said}”: cần hỏi lại bà con trước khi chuyển.`] };
  const today = `${commune.kind} ${commune.name}`;
  const office = `${agency.name.replace(/\s*xã, phường$/u, "")} ${today}`;
  const isSame = said.toLowerCase().includes(today.toLowerCase());
  return {
    office,
    because: isSame ? [] : [`“${said}” nay thuộc ${today} (từ ${writtenDay(commune.from)}).`],
  };
}
