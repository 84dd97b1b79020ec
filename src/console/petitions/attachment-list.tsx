import type { PetitionAttachment } from "../../petitions/attachment.ts";
import type { PetitionFile } from "../../petitions/petition-file.ts";
import type { Session } from "../../staff/account.ts";
import { mayCall } from "../access.ts";
import { inVietnam, written } from "../dates.ts";
import { type Column, Table } from "../table.tsx";
import { attachmentAddress } from "./places.ts";

type Props = { petition: PetitionFile; attachments: PetitionAttachment[]; session: Session };

const KINDS: Record<PetitionAttachment["kind"], string> = { photo: "Hình", document: "Tệp" };

/** What came with the petition; most come without, and then nothing is said. */
export function AttachmentList({ petition, attachments, session }: Props) {
  if (attachments.length === 0) return null;
  const maySave = mayCall(session.staff.role, "GET /console/petitions/:code/attachments/:id");
  const columns: Column<PetitionAttachment>[] = [
    { title: "Loại", cell: ({ kind }) => KINDS[kind] },
    { title: "Tên", class: "wide", cell: (file) => (maySave ? nameOf(file) : "–") },
    { title: "Cỡ", cell: ({ size }) => (size === null ? "–" : sizeInWords(size)) },
    { title: "Gửi lúc", cell: ({ at }) => inVietnam(at) },
    {
      title: "Tình trạng",
      cell: (file) =>
        file.status === "kept" && maySave ? (
          <a
            href={attachmentAddress(petition.code, file.id)}
            aria-label={`Tải về ${KINDS[file.kind].toLowerCase()}: ${nameOf(file)}`}
          >
            Tải về
          </a>
        ) : (
          stateInWords(file)
        ),
    },
  ];
  return (
    <section class="panel" aria-labelledby="attachments">
      <h2 id="attachments">Hình, tệp bà con gửi kèm</h2>
      <Table caption="Hình, tệp bà con gửi kèm" columns={columns} rows={attachments} />
      {maySave ? (
        <p class="quiet">Hệ thống không quét vi-rút. Chỉ mở tệp khi thấy cần cho việc giải quyết.</p>
      ) : (
        <p class="quiet">Người xem không tải được hình, tệp, vì có thể có dữ liệu cá nhân của bà con.</p>
      )}
    </section>
  );
}

function nameOf({ id, name }: PetitionAttachment): string {
  return name ?? `số ${id}`;
}

function stateInWords({ status, reason }: PetitionAttachment): string {
  if (status === "kept") return "Đã nhận";
  if (status === "failed") return `Không có tệp: ${reason ?? "không rõ vì sao"}`;
  return reason ? `Đang thử tải lại: ${reason}` : "Đang tải";
}

const KB = 1024;

function sizeInWords(bytes: number): string {
  return bytes < KB * KB
    ? `${written(Math.max(1, Math.round(bytes / KB)))} KB`
    : `${written(Math.round((bytes / KB / KB) * 10) / 10)} MB`;
}
