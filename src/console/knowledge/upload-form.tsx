import type { EditionSummary } from "../../knowledge/edition.ts";
import type { Session } from "../../staff/account.ts";
import { Csrf } from "../layout.tsx";

type UploadFormProps = {
  session: Session;
  /** Where files may be added; with `into` they go to that one. */
  staged?: EditionSummary[];
  into?: number;
  note?: string | undefined;
};

/** Hands files in, to a new staged edition or to one that waits. */
export function UploadForm({ session, staged = [], into, note }: UploadFormProps) {
  return (
    <section class="panel" aria-labelledby="upload">
      <h2 id="upload">{into ? "Thêm tệp vào bản soạn này" : "Đưa văn bản lên"}</h2>
      <form method="post" action="/console/knowledge/files" enctype="multipart/form-data" class="stack">
        <Csrf session={session} />
        <label>
          Tệp văn bản
          <input type="file" name="files" multiple required aria-describedby="upload-help" />
        </label>
        <p id="upload-help" class="quiet">
          Chọn được nhiều tệp một lần: Word (.docx), PDF có chữ, Excel, trang web (.html) hoặc .md; mỗi tệp
          không quá 20 MB. Muốn khai thêm số hiệu, ngày hiệu lực, chủ đề cho một tệp thì chọn kèm tệp cùng tên
          có đuôi .yaml, ví dụ quyet-dinh-12.docx.yaml. Văn bản chỉ được dùng để trả lời sau khi kiểm tra và
          công bố.
        </p>
        {into ? <input type="hidden" name="edition" value={String(into)} /> : <Target staged={staged} />}
        {into ? null : (
          <label>
            Ghi chú (không bắt buộc)
            <input
              name="note"
              maxlength={300}
              value={note ?? ""}
              placeholder="Ví dụ: cập nhật mức hỗ trợ 2026"
            />
          </label>
        )}
        <button type="submit" class="main">
          Đưa lên
        </button>
      </form>
    </section>
  );
}

function Target({ staged }: { staged: EditionSummary[] }) {
  if (staged.length === 0) return null;
  return (
    <label>
      Đưa vào
      <select name="edition">
        <option value="">Bản soạn mới</option>
        {staged.map(({ id, note }) => (
          <option key={id} value={String(id)}>
            {note ? `Bản soạn số ${id}: ${note}` : `Bản soạn số ${id}`}
          </option>
        ))}
      </select>
    </label>
  );
}
