import type { EditionFile } from "../../knowledge/edition.ts";
import type { FileChange } from "../../knowledge/file-changes.ts";
import type { FileRow } from "../../knowledge/gate-report.ts";
import type { Session } from "../../staff/account.ts";
import { mayPublish, mayWrite } from "../access.ts";
import { inVietnam } from "../dates.ts";
import { Csrf } from "../layout.tsx";
import type { Said } from "../tabbed.tsx";
import { type Column, Table } from "../table.tsx";
import { EditionActions } from "./edition-actions.tsx";
import { type Edition, titleOf } from "./edition-state.ts";
import { FileRows } from "./file-rows.tsx";
import { Facts, Frame } from "./frame.tsx";
import { GateReportView } from "./gate-report-view.tsx";
import { editionAddress } from "./places.ts";
import { UploadForm } from "./upload-form.tsx";
import { count, FILE_CHANGES, PUBLICATIONS } from "./words.ts";

const STATES: Record<Edition["state"], string> = {
  staged: "Chờ công bố",
  dropped: "Đã bỏ",
  "in-force": "Đang dùng",
  past: "Đã dùng trước đây",
};

/** What the page says about the last thing done, the rows of files handed in, and a reason that could not be taken. */
export type EditionSaid = Said & { rows?: FileRow[]; reason?: string };

export type EditionViewProps = {
  edition: Edition;
  files: EditionFile[];
  changes: FileChange[];
  /** Of the list of changed clauses. */
  page: number;
  session: Session;
  said: EditionSaid;
};

/** The page of one edition, in the order in which a person judges it. */
export function EditionView(props: EditionViewProps) {
  const { edition, files, changes, page, session, said } = props;
  const isOpen = edition.state === "staged" && mayPublish(session.staff.role);
  return (
    <Frame at="" said={said}>
      <div class="heading">
        <h1>{titleOf(edition)}</h1>
        <span class={edition.state === "staged" ? "badge open" : "badge"}>{STATES[edition.state]}</span>
      </div>
      {said.rows ? <FileRows rows={said.rows} /> : null}
      <About edition={edition} files={files} />
      <Changes edition={edition} changes={changes} session={session} isOpen={isOpen} />
      {edition.report ? <GateReportView edition={edition} report={edition.report} page={page} /> : null}
      {edition.state === "staged" && !edition.report ? (
        <p class="panel">
          Bản soạn này chưa được kiểm tra từ lần sửa gần nhất, nên chưa biết điều khoản và câu trả lời nào sẽ
          đổi.
        </p>
      ) : null}
      <EditionActions
        edition={edition}
        session={session}
        reason={said.reason}
        hasChanges={changes.length > 0}
      />
      {isOpen ? <UploadForm session={session} into={edition.id} /> : null}
      {isOpen ? <RemoveForm edition={edition} files={files} session={session} /> : null}
    </Frame>
  );
}

function About({ edition, files }: Pick<EditionViewProps, "edition" | "files">) {
  const documents = files.filter(({ document }) => document !== null).length;
  const latest = edition.publications[0];
  return (
    <section class="panel" aria-labelledby="about">
      <h2 id="about">Thông tin</h2>
      <Facts
        facts={[
          ["Ghi chú", edition.note],
          ["Người soạn", edition.by],
          ["Soạn lúc", inVietnam(edition.at)],
          [
            "Soạn trên nền",
            edition.base === null ? null : <a href={editionAddress(edition.base)}>bản số {edition.base}</a>,
          ],
          ["Văn bản", count(documents)],
          ["Kiểm tra lúc", edition.checkedAt && inVietnam(edition.checkedAt)],
          ["Bỏ lúc", edition.droppedAt && inVietnam(edition.droppedAt)],
          ["Công bố lúc", latest && `${inVietnam(latest.at)} (${PUBLICATIONS[latest.kind]}, ${latest.by})`],
          ["Lý do", latest?.reason],
        ]}
      />
    </section>
  );
}

/** More rows than a person reads are folded away. */
const MANY = 30;

type ChangesProps = Pick<EditionViewProps, "edition" | "changes" | "session"> & { isOpen: boolean };

function Changes({ edition, changes, session, isOpen }: ChangesProps) {
  const table = (
    <Table
      caption="Tệp thay đổi so với bản nền"
      columns={columnsFor(edition, session, isOpen)}
      rows={changes}
    />
  );
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">Tệp thay đổi so với bản nền</h2>
      {changes.length === 0 ? (
        <p class="panel">
          {isOpen
            ? "Chưa có thay đổi nào. Hãy thêm tệp hoặc bỏ văn bản bằng các mẫu bên dưới."
            : "Không có tệp nào thay đổi."}
        </p>
      ) : changes.length > MANY ? (
        <details>
          <summary>Xem {count(changes.length)} tệp</summary>
          {table}
        </details>
      ) : (
        table
      )}
    </section>
  );
}

function columnsFor(edition: Edition, session: Session, isOpen: boolean): Column<FileChange>[] {
  const original = ({ name, originalHash }: Pick<FileChange, "name" | "originalHash">) =>
    mayWrite(session.staff.role) ? <a href={`/console/knowledge/originals/${originalHash}`}>{name}</a> : name;
  const columns: Column<FileChange>[] = [
    { title: "Tệp", class: "wide", cell: original },
    { title: "Thay đổi", cell: ({ kind }) => FILE_CHANGES[kind] },
    { title: "Văn bản", cell: ({ document }) => document ?? "danh mục" },
    {
      title: "Thay cho tệp",
      cell: ({ kind, replaced }) => (kind === "replaced" && replaced ? original(replaced) : "–"),
    },
  ];
  const undo: Column<FileChange> = {
    title: "Hoàn lại",
    cell: ({ path, name }) => (
      <form method="post" action={`${editionAddress(edition.id)}/undo`}>
        <Csrf session={session} />
        <input type="hidden" name="path" value={path} />
        <button type="submit" aria-label={`Hoàn lại tệp ${name}`}>
          Hoàn lại
        </button>
      </form>
    ),
  };
  return isOpen ? [...columns, undo] : columns;
}

function RemoveForm({ edition, files, session }: Pick<EditionViewProps, "edition" | "files" | "session">) {
  const documents = files.filter(({ document }) => document !== null);
  return (
    <section class="panel" aria-labelledby="remove">
      <h2 id="remove">Bỏ một văn bản</h2>
      <form method="post" action={`${editionAddress(edition.id)}/remove`} class="stack">
        <Csrf session={session} />
        <label>
          Văn bản không dùng nữa
          <select name="path" required>
            <option value="">Chọn văn bản</option>
            {documents.map(({ path, document, name }) => (
              <option key={path} value={path}>
                {`${document} (${name})`}
              </option>
            ))}
          </select>
        </label>
        <p class="quiet">
          Văn bản hết hiệu lực vẫn nên giữ lại để trả lời câu hỏi về thời gian trước; chỉ bỏ văn bản đưa lên
          nhầm.
        </p>
        <button type="submit">Bỏ khỏi bản soạn</button>
      </form>
    </section>
  );
}
