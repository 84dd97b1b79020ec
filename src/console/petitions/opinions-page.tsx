import type { Context } from "hono";
import { COLUMNS } from "../../petitions/opinion-columns.ts";
import { type OpinionImport, stateOf } from "../../petitions/opinion-import.ts";
import { mayWrite } from "../access.ts";
import { attachment } from "../attachment.ts";
import { inVietnam, written } from "../dates.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import { Csrf } from "../layout.tsx";
import { Pager, pageOf } from "../pager.tsx";
import { type Column, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { IMPORT_STATES } from "./import-progress.tsx";
import { importAddress } from "./places.ts";

const PATH = "/console/opinions";
/** A file of 20 MiB with what a form adds. */
export const MAX_OPINIONS_BYTES = 21 * 2 ** 20;
const PER_PAGE = 50;

type Needs = Pick<ConsoleOptions, "office" | "staff">;

/** Opinions collected on paper or at meetings come in as a file, which is worked on in the background. */
export function opinionsPages({ office, staff }: Needs, view: View) {
  const show: Handler = (c) => draw(c, {});

  const submit: Handler = async (c) => {
    const file = (await c.req.formData()).get("file");
    if (!(file instanceof File) || file.name === "")
      return draw(c, { fault: "Chưa chọn tệp. Hãy chọn một tệp .xlsx hoặc .csv." }, 400);
    const by = c.var.session.staff.id;
    const id = await office.imports.start(new Uint8Array(await file.arrayBuffer()), file.name, by);
    await staff.audit(by, "opinions-imported", `import:${id}`);
    return c.redirect(importAddress(id), 303);
  };

  /** A heading and one example, with the mark by which a spreadsheet knows UTF-8. */
  const template: Handler = (c) => {
    const example = [
      "Xin nạo vét kênh để có nước tưới lúa",
      "kien-nghi",
      "ha-tang",
      "HTX Tân Thuận",
      "",
      "",
      "",
      "",
    ];
    const text = `\uFEFF${COLUMNS.join(",")}\r\n${example.join(",")}\r\n`;
    return c.body(text, 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": attachment("mau-nhap-y-kien.csv"),
    });
  };

  async function draw(c: Context<Signed>, said: { fault?: string }, status: 200 | 400 = 200) {
    const page = pageOf(c.req.query("page"));
    const earlier = await office.imports.list(page, PER_PAGE);
    const body = (
      <Frame at={PATH} said={said}>
        <div class="heading">
          <h1>Nhập ý kiến từ tệp</h1>
          <p class="quiet">Ý kiến thu ở cuộc họp hoặc trên giấy, gõ vào bảng tính.</p>
        </div>
        {mayWrite(c.var.session.staff.role) ? (
          <section class="panel" aria-labelledby="upload">
            <h2 id="upload">Chọn tệp</h2>
            <form method="post" action={PATH} enctype="multipart/form-data" class="stack">
              <Csrf session={c.var.session} />
              <label>
                Tệp .xlsx hoặc .csv
                <input type="file" name="file" accept=".xlsx,.csv" required aria-describedby="upload-help" />
              </label>
              <Help />
              <button type="submit" class="main">
                Nhập ý kiến
              </button>
            </form>
          </section>
        ) : (
          <p class="quiet">Tài khoản này chỉ được xem, không nhập tệp được.</p>
        )}
        <h2>Các lần nhập</h2>
        {earlier.length > 0 ? (
          <Table caption="Các lần nhập, mới nhất ở trên" columns={EARLIER} rows={earlier} />
        ) : (
          <p class="panel empty">
            Chưa nhập tệp nào. Chọn một tệp ở trên, hoặc tải tệp mẫu để gõ ý kiến vào.
          </p>
        )}
        <Pager path={PATH} page={page} hasNext={earlier.length === PER_PAGE} />
      </Frame>
    );
    return view.page(c, "Nhập ý kiến từ tệp", body, status);
  }

  return { show, submit, template };
}

const EARLIER: Column<OpinionImport>[] = [
  { title: "Tệp", class: "wide", cell: ({ id, fileName }) => <a href={importAddress(id)}>{fileName}</a> },
  { title: "Người nhập", cell: ({ by }) => by ?? "lệnh trên máy chủ" },
  { title: "Lúc", class: "when", cell: ({ startedAt }) => inVietnam(startedAt) },
  { title: "Trạng thái", cell: (file) => IMPORT_STATES[stateOf(file)] },
  { title: "Mới", cell: ({ added }) => written(added) },
  { title: "Bị từ chối", cell: ({ refused }) => written(refused) },
];

function Help() {
  return (
    <div id="upload-help" class="quiet">
      <p>
        Dòng 1 là tiêu đề: {COLUMNS.join(", ")}. Chỉ cột noi_dung là bắt buộc.{" "}
        <a href={`${PATH}/template.csv`}>Tải tệp mẫu</a>.
      </p>
      <p>
        Dòng sai được báo kèm lý do, dòng đúng vẫn được nhận. Nhập lại cùng một tệp không thêm gì. Tiến độ
        hiện ra ngay sau khi gửi; kết quả từng dòng được giữ lại để xem sau.
      </p>
    </div>
  );
}
