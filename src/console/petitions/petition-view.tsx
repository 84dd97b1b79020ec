import type { PetitionAttachment } from "../../petitions/attachment.ts";
import type { PetitionFile } from "../../petitions/petition-file.ts";
import { memoName } from "../../petitions/report.ts";
import type { Session } from "../../staff/account.ts";
import { maySeePerson } from "../../staff/sight.ts";
import { mayCall, type Route } from "../access.ts";
import { inVietnam } from "../dates.ts";
import { ProposeLink } from "../knowledge/propose-link.tsx";
import { channelLabel, stanceLabel } from "../labels.ts";
import { Csrf } from "../layout.tsx";
import type { Catalog } from "../office.ts";
import { Notices } from "../tabbed.tsx";
import { AttachmentList } from "./attachment-list.tsx";
import { DueDay, StatusBadge } from "./due.tsx";
import { PetitionHistory } from "./history.tsx";
import { agencyName, topicName } from "./names.ts";
import type { PetitionSaid } from "./petition-said.ts";
import { groupAddress, paperAddress, petitionAddress } from "./places.ts";
import { onlookersInWords } from "./presence.ts";
import { ReplyForm, VerbForms } from "./verb-forms.tsx";

type Days = { today: string; soonUntil: string };
export type PetitionViewProps = {
  petition: PetitionFile;
  catalog: Catalog;
  days: Days;
  /** How the day of the deadline was counted. */
  because: string | null;
  attachments: PetitionAttachment[];
  onlookers: { name: string }[];
  session: Session;
  said: PetitionSaid;
  /** The address of the script that tells who else is looking. */
  script: string;
};

/** One petition with everything about it. */
export function PetitionView(props: PetitionViewProps) {
  const { petition, catalog, session, said } = props;
  return (
    <>
      <p class="back">
        <a href="/console/petitions">‹ Danh sách kiến nghị</a>
      </p>
      <div class="heading">
        <h1>
          Kiến nghị <span class="code">{petition.code}</span>
        </h1>
        <StatusBadge status={petition.status} />
      </div>
      <Onlookers {...props} />
      <Notices said={{ notice: said.notice }} />
      <div class="columns">
        <div>
          <section class="panel" aria-labelledby="content">
            <h2 id="content">Nội dung</h2>
            <p class="text">{petition.content}</p>
          </section>
          <AttachmentList {...props} />
          {mayCall(session.staff.role, "POST /console/petitions/:code/answer") ? (
            <>
              <ReplyForm petition={petition} session={session} said={said} />
              <VerbForms {...props} />
            </>
          ) : (
            <p class="quiet">Tài khoản này chỉ được xem, không xử lý được.</p>
          )}
          <ProposeLink petition={petition} session={session} />
          <PetitionHistory petition={petition} catalog={catalog} />
        </div>
        <Facts {...props} />
      </div>
    </>
  );
}

/** Who else has it open: as of the load without JavaScript, every 20 seconds with it. */
function Onlookers({ petition, onlookers, session, script }: PetitionViewProps) {
  const words = onlookersInWords(onlookers);
  return (
    <>
      <div role="status">
        <p id="onlookers" class="onlookers" hidden={words === ""}>
          {words}
        </p>
      </div>
      <form id="presence" method="post" action={`${petitionAddress(petition.code)}/presence`} hidden>
        <Csrf session={session} />
      </form>
      <script type="module" src={script} />
    </>
  );
}

function GroupName({ id, isLink }: { id: number; isLink: boolean }) {
  return isLink ? <a href={groupAddress(id)}>Nhóm số {id}</a> : <>Nhóm số {id}</>;
}

const HIDDEN = "Người xem không thấy phần này, vì là dữ liệu cá nhân của bà con";

function Facts({ petition, catalog, days, because, session }: PetitionViewProps) {
  const may = (route: Route) => mayCall(session.staff.role, route);
  const seesPerson = maySeePerson(session.staff);
  const { agency, groupId, conversationId } = petition;
  const facts: [name: string, value: unknown][] = [
    ["Loại", stanceLabel(petition.stance)],
    ["Chủ đề", topicName(catalog, petition.topic)],
    ["Hạn trả lời", <DueDay petition={petition} days={days} />],
    ["Cơ quan", agency ? agencyName(catalog, agency) : null],
    ["Nhóm", groupId === null ? null : <GroupName id={groupId} isLink={may("GET /console/groups/:id")} />],
    ["Hợp tác xã", petition.cooperative],
    ["Xã, phường", petition.commune],
    ["Người gửi", seesPerson ? petition.sender : HIDDEN],
    ["Liên hệ", seesPerson ? petition.contact : HIDDEN],
    ["Kênh", petition.origin === "paper" ? "Phiếu giấy, cuộc họp" : channelLabel(petition.channel)],
    ["Ngày nhận", inVietnam(petition.receivedAt)],
    ["Ngày trả lời", petition.answeredAt ? inVietnam(petition.answeredAt) : null],
  ];
  return (
    <section class="panel facts" aria-labelledby="facts">
      <h2 id="facts">Thông tin</h2>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{(value as string | null) ?? "–"}</dd>
          </div>
        ))}
      </dl>
      {because === null ? null : (
        <details>
          <summary>Vì sao là ngày này?</summary>
          <p class="text quiet">{because}</p>
        </details>
      )}
      {agency && may("GET /console/papers/:name") ? (
        <p>
          <a href={paperAddress(memoName(agency))}>Tải công văn gửi cơ quan (.docx)</a>
        </p>
      ) : null}
      {conversationId === null || !may("GET /console/chats/:id") ? null : (
        <p>
          <a href={`/console/chats/${conversationId}`}>Xem cuộc trò chuyện</a>
        </p>
      )}
    </section>
  );
}
