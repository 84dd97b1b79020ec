import type { Child } from "hono/jsx";
import { STANCES, STATUSES, type Stance } from "../../petitions/petition.ts";
import type { EventDetails, EventKind, PetitionEvent, PetitionFile } from "../../petitions/petition-file.ts";
import { inVietnam } from "../dates.ts";
import type { Catalog } from "../office.ts";
import { agencyName, topicName } from "./names.ts";
import { groupAddress } from "./places.ts";

type HistoryProps = { petition: PetitionFile; catalog: Catalog };

/** What happened to a petition: when, what, by whom, why, and what the member was told. */
export function PetitionHistory({ petition: { events, origin }, catalog }: HistoryProps) {
  return (
    <section class="panel" aria-labelledby="history">
      <h2 id="history">Quá trình xử lý</h2>
      <ol class="history">
        {events.map((event) => (
          <li key={event.id}>
            <p>
              <strong>{titleOf(event)}</strong>
              <span class="quiet">
                {" "}
                <time datetime={event.at.toISOString()}>{inVietnam(event.at)}</time> · {whoDid(event, origin)}
              </span>
            </p>
            <Details details={event.details} catalog={catalog} />
            {event.reason ? <p>Lý do: {event.reason}</p> : null}
            {event.publicText ? <p class="text quoted">{event.publicText}</p> : null}
            {event.memberText ? <p class="text quoted">Lời bà con: {event.memberText}</p> : null}
            {event.internalNote ? (
              <p class="text note">
                <span class="badge">Chỉ cán bộ thấy</span> {event.internalNote}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

const BY_MEMBER: Partial<Record<EventKind, string>> = {
  supplied: "Bà con bổ sung thông tin",
  satisfied: "Bà con hài lòng với câu trả lời",
  unsatisfied: "Bà con chưa hài lòng, kiến nghị được mở lại",
  withdrawn: "Bà con rút kiến nghị",
};

function whoDid({ by, kind }: PetitionEvent, origin: string): string {
  if (kind === "received" && origin === "paper") return "Nhập từ tệp";
  return by ?? (BY_MEMBER[kind] || kind === "received" ? "Thành viên" : "Hệ thống");
}

function titleOf({ kind, statusFrom, statusTo, details }: PetitionEvent): Child {
  const status = statusTo ? STATUSES[statusTo].label : "Cập nhật";
  const group = details?.group;
  const numbered = group ? <a href={groupAddress(group)}>nhóm số {group}</a> : "nhóm";
  switch (kind) {
    case "note":
      return "Ghi chú nội bộ";
    case "corrected":
      return "Sửa thông tin";
    case "extended":
      return `Gia hạn thêm ${details?.extendedBy ?? 0} ngày làm việc`;
    case "grouped":
      return <>Đưa vào {numbered}</>;
    case "ungrouped":
      return <>Đưa ra khỏi {numbered}</>;
    case "replied":
      return statusFrom === "answered" ? "Trả lời bổ sung" : status;
    default:
      return BY_MEMBER[kind] ?? status;
  }
}

function Details({ details, catalog }: { details: EventDetails | null; catalog: Catalog }) {
  const { corrected, agency } = details ?? {};
  const stance = (id: string) => STANCES[id as Stance] ?? id;
  return (
    <>
      {corrected?.stance ? <Changed name="Loại" {...corrected.stance} label={stance} /> : null}
      {corrected?.topic ? (
        <Changed name="Chủ đề" {...corrected.topic} label={(id) => topicName(catalog, id)} />
      ) : null}
      {corrected?.commune ? (
        <Changed name="Xã, phường" {...corrected.commune} label={(name) => name} />
      ) : null}
      {agency ? <Changed name="Cơ quan" {...agency} label={(id) => agencyName(catalog, id)} /> : null}
    </>
  );
}

type ChangedProps = { name: string; from: string | null; to: string | null; label(id: string): string };

function Changed({ name, from, to, label }: ChangedProps) {
  const said = (value: string | null) => (value === null ? "không ghi" : label(value));
  return (
    <p>
      {name}: {from === null ? "" : `${said(from)} → `}
      {said(to)}
    </p>
  );
}
