import type { Context } from "hono";
import { clauseCount } from "../../knowledge/corpus.ts";
import type { EditionSummary, Publication } from "../../knowledge/edition.ts";
import { expiringWithin, NOTICE_DAYS } from "../../knowledge/expiring.ts";
import type { FileRow } from "../../knowledge/gate-report.ts";
import type { Passage } from "../../knowledge/validity.ts";
import { writeDay } from "../../petitions/day.ts";
import { mayPublish } from "../access.ts";
import { inVietnam } from "../dates.ts";
import type { Handler, Signed } from "../handler.ts";
import type { InUse, KnowledgeDesk } from "../knowledge-desk.ts";
import type { Said } from "../tabbed.tsx";
import { type Column, excerpt, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { FileRows } from "./file-rows.tsx";
import { Facts, Frame } from "./frame.tsx";
import { clauseAddress, editionAddress } from "./places.ts";
import { UploadForm } from "./upload-form.tsx";
import { count, PUBLICATIONS } from "./words.ts";

const PATH = "/console/knowledge";
const NOTICES: Record<string, string> = {
  dropped: "Đã bỏ bản soạn. Kiến thức đang dùng không thay đổi.",
};

/** What the overview says besides; the rows of files of which none was taken. */
type OverviewSaid = Said & { rows?: FileRow[]; note?: string };

/** What is in force, what waits, what was, what ends soon, and the form for new files. */
export function overviewPage({ editions, live, today }: KnowledgeDesk, view: View) {
  async function draw(c: Context<Signed>, said: OverviewSaid, status: 200 | 400 | 409 = 200) {
    const inUse = live.now();
    const staged = await editions.staged();
    const history = await editions.history();
    const { session } = c.var;
    const body = (
      <Frame at={PATH} said={said}>
        <h1>Kiến thức</h1>
        {said.rows ? <FileRows rows={said.rows} /> : null}
        <InForce inUse={inUse} latest={history[0]} />
        <Staged staged={staged} />
        {mayPublish(session.staff.role) ? (
          <UploadForm session={session} staged={staged} note={said.note} />
        ) : null}
        <Expiring passages={expiringWithin(inUse.corpus.passages, today())} />
        <History history={history} />
      </Frame>
    );
    return view.page(c, "Kiến thức", body, status);
  }

  const show: Handler = (c) => draw(c, { notice: NOTICES[c.req.query("notice") ?? ""] });
  return { show, draw };
}

function InForce({ inUse, latest }: { inUse: InUse; latest: Publication | undefined }) {
  if (!latest) {
    return (
      <p class="panel empty">
        Chưa có bản kiến thức nào được công bố. Hãy đưa văn bản lên bằng mẫu bên dưới, kiểm tra, rồi công bố.
      </p>
    );
  }
  return (
    <section class="panel" aria-labelledby="in-force">
      <h2 id="in-force">Đang dùng để trả lời</h2>
      <Facts
        facts={[
          ["Bản", <a href={editionAddress(latest.edition)}>Số {latest.edition}</a>],
          ["Từ lúc", inVietnam(latest.at)],
          ["Người công bố", latest.by],
          ["Văn bản", <a href={`${PATH}/documents`}>{count(inUse.corpus.documents.length)} văn bản</a>],
          ["Điều khoản", count(clauseCount(inUse.corpus))],
        ]}
      />
      {inUse.edition === latest.edition ? null : (
        <p class="fault">
          Máy chủ này còn đang trả lời theo bản số {inUse.edition}. Nếu vài phút nữa vẫn vậy, xin báo người
          vận hành.
        </p>
      )}
    </section>
  );
}

const STAGED: Column<EditionSummary>[] = [
  { title: "Bản soạn", class: "code", cell: ({ id }) => <a href={editionAddress(id)}>Số {id}</a> },
  { title: "Ghi chú", class: "wide", cell: ({ note }) => note ?? "Không có ghi chú" },
  { title: "Người soạn", cell: ({ by }) => by },
  { title: "Lúc", class: "when", cell: ({ at }) => inVietnam(at) },
  {
    title: "Kiểm tra",
    cell: ({ checkedAt }) => (
      <span class={checkedAt ? "badge" : "badge open"}>{checkedAt ? "đã kiểm tra" : "chưa kiểm tra"}</span>
    ),
  },
];

function Staged({ staged }: { staged: EditionSummary[] }) {
  return (
    <section aria-labelledby="staged">
      <h2 id="staged">Bản soạn chờ công bố</h2>
      {staged.length > 0 ? (
        <Table caption="Bản soạn chờ công bố, mới nhất ở trên" columns={STAGED} rows={staged} />
      ) : (
        <p class="panel">
          Không có bản soạn nào đang chờ. Khi người quản trị đưa văn bản mới lên, bản soạn sẽ hiện ở đây để
          kiểm tra và công bố.
        </p>
      )}
    </section>
  );
}

const EXPIRING: Column<Passage>[] = [
  { title: "Hết hiệu lực", class: "when", cell: ({ to }) => (to ? writeDay(to) : "–") },
  {
    title: "Điều khoản",
    class: "wide",
    cell: (passage) => (
      <a href={clauseAddress(passage)}>
        {passage.document}, {passage.locator}
      </a>
    ),
  },
  { title: "Văn bản", cell: ({ documentTitle }) => excerpt(documentTitle) },
  { title: "Được thay bằng", cell: ({ supersededBy }) => supersededBy ?? "chưa có" },
];

function Expiring({ passages }: { passages: Passage[] }) {
  return (
    <section aria-labelledby="expiring">
      <h2 id="expiring">Sắp hết hiệu lực trong {NOTICE_DAYS} ngày tới</h2>
      {passages.length > 0 ? (
        <Table caption="Điều khoản sắp hết hiệu lực, sớm nhất ở trên" columns={EXPIRING} rows={passages} />
      ) : (
        <p class="panel">Không có điều khoản nào hết hiệu lực trong thời gian này.</p>
      )}
    </section>
  );
}

const HISTORY: Column<Publication>[] = [
  { title: "Bản", class: "code", cell: ({ edition }) => <a href={editionAddress(edition)}>Số {edition}</a> },
  { title: "Việc", cell: ({ kind }) => PUBLICATIONS[kind] },
  { title: "Người thực hiện", cell: ({ by }) => by },
  { title: "Lúc", class: "when", cell: ({ at }) => inVietnam(at) },
  { title: "Lý do", cell: ({ reason }) => reason ?? "–" },
  {
    title: "Điều khoản thay đổi",
    cell: ({ id, edition, overtaken }) =>
      overtaken > 0 ? (
        <a
          href={`${PATH}/publications/${id}/overtaken`}
          aria-label={`${count(overtaken)} – xem câu trả lời cũ, bản số ${edition}`}
        >
          {count(overtaken)} – xem câu trả lời cũ
        </a>
      ) : (
        "0"
      ),
  },
  { title: "Mã băm", cell: ({ hash }) => <code title={hash}>{hash.slice(0, 10)}</code> },
];

function History({ history }: { history: Publication[] }) {
  if (history.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">Lịch sử công bố</h2>
      <Table caption="Lịch sử công bố, mới nhất ở trên" columns={HISTORY} rows={history} />
    </section>
  );
}
