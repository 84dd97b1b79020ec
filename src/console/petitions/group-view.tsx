import { randomUUID } from "node:crypto";
import type { GroupMember, LedgerRow, PetitionGroup } from "../../petitions/group.ts";
import { mayBecome, type Status } from "../../petitions/petition.ts";
import { route } from "../../petitions/routing.ts";
import type { Session } from "../../staff/account.ts";
import { mayWrite } from "../access.ts";
import { inVietnam } from "../dates.ts";
import { channelLabel } from "../labels.ts";
import { Csrf } from "../layout.tsx";
import type { Catalog } from "../office.ts";
import { ReplyField } from "../reply-field.tsx";
import { type Column, excerpt, Table } from "../table.tsx";
import { StatusBadge } from "./due.tsx";
import { AgencySelect } from "./forward-fields.tsx";
import { Frame } from "./frame.tsx";
import { Forwards } from "./group-forwards.tsx";
import { Ledger } from "./ledger.tsx";
import { topicName } from "./names.ts";
import { groupAddress, petitionAddress } from "./places.ts";

/** What the page says about the last thing done, and the text that was not sent. */
export type GroupSaid = {
  notice?: string | undefined;
  fault?: string | undefined;
  text?: string;
  forwardFault?: string | undefined;
};

type GroupViewProps = {
  group: PetitionGroup;
  /** Of each answer, what became of it, in the order of the answers. */
  ledgers: LedgerRow[][];
  catalog: Catalog;
  today: string;
  session: Session;
  said: GroupSaid;
};

/** One group with its petitions, its answers and what became of them. */
export function GroupView(props: GroupViewProps) {
  const { group, ledgers, catalog, session, said } = props;
  const isWriter = mayWrite(session.staff.role);
  return (
    <Frame at="" said={{ notice: said.notice }}>
      <p class="back">
        <a href="/console/groups">‹ Các nhóm</a>
      </p>
      <div class="heading">
        <h1>{group.title}</h1>
        <p class="quiet">
          {topicName(catalog, group.topic)} · {group.petitions.length} kiến nghị · lập{" "}
          {inVietnam(group.createdAt)} bởi {group.createdBy}
        </p>
      </div>
      {group.answers.map((answer, i) => (
        <Ledger key={answer.id} answer={answer} rows={ledgers[i] ?? []} />
      ))}
      <Forwards forwards={group.forwards} catalog={catalog} />
      {group.petitions.length === 0 ? (
        <p class="panel empty">Nhóm này không còn kiến nghị nào.</p>
      ) : (
        <>
          {isWriter ? <AnswerForm {...props} /> : null}
          <section aria-labelledby="members">
            <h2 id="members">Kiến nghị trong nhóm</h2>
            <Table caption="Kiến nghị trong nhóm" columns={columnsFor(props)} rows={group.petitions} />
          </section>
          {isWriter && mayForward(group) ? <Forward {...props} /> : null}
          {isWriter ? <Dissolve {...props} /> : null}
        </>
      )}
    </Frame>
  );
}

function mayForward({ petitions }: PetitionGroup): boolean {
  return petitions.some(({ status }) => mayBecome(status as Status, "forwarded"));
}

function columnsFor({ group, session }: GroupViewProps): Column<GroupMember>[] {
  const columns: Column<GroupMember>[] = [
    { title: "Mã", class: "code", cell: ({ code }) => <a href={petitionAddress(code)}>{code}</a> },
    { title: "Nội dung", class: "wide", cell: ({ content }) => excerpt(content) },
    { title: "Xã, phường", cell: ({ area }) => area ?? "–" },
    { title: "Kênh", cell: ({ channel }) => channelLabel(channel) },
    { title: "Trạng thái", cell: ({ status }) => <StatusBadge status={status} /> },
  ];
  if (!mayWrite(session.staff.role)) return columns;
  const ungroup = ({ id, code }: GroupMember) => (
    <form method="post" action={`${groupAddress(group.id)}/ungroup`}>
      <Csrf session={session} />
      <input type="hidden" name="petition" value={String(id)} />
      <button type="submit" aria-label={`Đưa ra khỏi nhóm: ${code}`}>
        Đưa ra
      </button>
    </form>
  );
  return [...columns, { title: "Tách nhóm", cell: ungroup }];
}

function AnswerForm({ group, session, said }: GroupViewProps) {
  return (
    <section class="panel" aria-labelledby="reply">
      <h2 id="reply">
        {group.answers.length > 0 ? "Trả lời bổ sung cho cả nhóm" : "Trả lời một lần cho cả nhóm"}
      </h2>
      <p class="quiet">
        Mỗi người nhận câu trả lời này kèm mã kiến nghị của mình, ở đúng kênh đã dùng. Kiến nghị đã đóng thì
        không gửi.
      </p>
      <form method="post" action={`${groupAddress(group.id)}/answer`} class="stack">
        <Csrf session={session} />
        <input type="hidden" name="version" value={String(group.version)} />
        <input type="hidden" name="key" value={randomUUID()} />
        <ReplyField label="Câu trả lời gửi đến từng thành viên" fault={said.fault} text={said.text} />
        <button type="submit" class="main">
          Gửi cho {group.petitions.length} kiến nghị
        </button>
      </form>
    </section>
  );
}

function Forward({ group, catalog, today, session, said }: GroupViewProps) {
  const areas = new Set(group.petitions.map(({ area }) => area));
  const commune = areas.size === 1 ? (group.petitions[0]?.area ?? null) : null;
  const suggested = route({ topic: group.topic, commune, day: today }, catalog);
  return (
    <section class="panel" aria-labelledby="forward">
      <h2 id="forward">Chuyển cả nhóm đến cơ quan giải quyết</h2>
      {suggested ? (
        <p>
          Gợi ý: <strong>{suggested.office}</strong>. <span class="quiet">{suggested.reason}</span>
        </p>
      ) : null}
      {said.forwardFault ? (
        <p class="fault" role="alert">
          {said.forwardFault}
        </p>
      ) : null}
      <form method="post" action={`${groupAddress(group.id)}/forward`} class="stack">
        <Csrf session={session} />
        <input type="hidden" name="version" value={String(group.version)} />
        <input type="hidden" name="key" value={randomUUID()} />
        <AgencySelect catalog={catalog} today={today} commune={commune} chosen={suggested?.agency ?? ""} />
        <label>
          Lý do (cần khi có kiến nghị đã ở một cơ quan khác)
          <input name="reason" maxlength={500} />
        </label>
        <button type="submit">Chuyển cả nhóm</button>
      </form>
      <p>
        <a href={`/console/papers?group=${group.id}`}>Công văn và sổ của nhóm này</a>
      </p>
    </section>
  );
}

function Dissolve({ group, session }: GroupViewProps) {
  return (
    <form method="post" action={`${groupAddress(group.id)}/ungroup`} class="aside">
      <Csrf session={session} />
      <p class="quiet">
        Giải tán nhóm chỉ bỏ liên kết; không kiến nghị nào mất nội dung, mã hay câu trả lời.
      </p>
      <button type="submit">Giải tán nhóm</button>
    </form>
  );
}
