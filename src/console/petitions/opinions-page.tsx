import type { Context } from "hono";
import { COLUMNS } from "../../petitions/opinion-columns.ts";
import type { RefusedRow } from "../../petitions/opinions.ts";
import { mayWrite } from "../access.ts";
import { attachment } from "../attachment.ts";
import { written } from "../dates.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import { stanceLabel } from "../labels.ts";
import { Csrf } from "../layout.tsx";
import type { Catalog, OpinionsReport } from "../office.ts";
import { type Column, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { BarTable } from "./bars.tsx";
import { Frame } from "./frame.tsx";
import { listAddress } from "./list-query.ts";
import { topicName } from "./names.ts";

const PATH = "/console/opinions";
/** A file of 20 MiB with what a form adds. */
export const MAX_OPINIONS_BYTES = 21 * 2 ** 20;
/** A longer list helps nobody; a file with more is best mended and sent again. */
const REFUSED_SHOWN = 500;

type Needs = Pick<ConsoleOptions, "office" | "staff">;
type Said = { fault?: string; report?: OpinionsReport; name?: string };

/** Opinions collected on paper or at meetings come in as a file; the answer is the report, row by row. */
export function opinionsPages({ office, staff }: Needs, view: View) {
  const show: Handler = (c) => draw(c, {});

  const submit: Handler = async (c) => {
    const file = (await c.req.formData()).get("file");
    if (!(file instanceof File) || file.name === "")
      return draw(c, { fault: "Chưa chọn tệp. Hãy chọn một tệp .xlsx hoặc .csv." }, 400);
    const by = c.var.session.staff.id;
    const report = await office.importOpinions(new Uint8Array(await file.arrayBuffer()), file.name, { by });
    if ("fault" in report) return draw(c, { fault: report.fault, name: file.name }, 400);
    await staff.audit(by, "opinions-imported", `import:${report.importId}`);
    return draw(c, { report, name: file.name });
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

  function draw(c: Context<Signed>, said: Said, status: 200 | 400 = 200) {
    const isWriter = mayWrite(c.var.session.staff.role);
    const body = (
      <Frame at={PATH} said={{ fault: said.fault }}>
        <div class="heading">
          <h1>Nhập ý kiến từ tệp</h1>
          <p class="quiet">Ý kiến thu ở cuộc họp hoặc trên giấy, gõ vào bảng tính.</p>
        </div>
        {said.report ? (
          <Report report={said.report} name={said.name ?? ""} catalog={office.catalog()} />
        ) : null}
        {isWriter ? (
          <section class="panel" aria-labelledby="upload">
            <h2 id="upload">{said.report ? "Nhập tệp khác" : "Chọn tệp"}</h2>
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
      </Frame>
    );
    return view.page(c, "Nhập ý kiến từ tệp", body, status);
  }

  return { show, submit, template };
}

function Help() {
  return (
    <div id="upload-help" class="quiet">
      <p>
        Dòng 1 là tiêu đề: {COLUMNS.join(", ")}. Chỉ cột noi_dung là bắt buộc.{" "}
        <a href={`${PATH}/template.csv`}>Tải tệp mẫu</a>.
      </p>
      <p>
        Dòng sai được báo kèm lý do, dòng đúng vẫn được nhận. Nhập lại cùng một tệp không thêm gì. Tệp vài
        nghìn dòng mất vài giây; xin chờ tới khi báo cáo hiện ra.
      </p>
    </div>
  );
}

const REFUSED: Column<RefusedRow>[] = [
  { title: "Dòng", cell: ({ row }) => written(row) },
  { title: "Lý do", class: "wide most", cell: ({ reason }) => reason },
];

function Report({ report, name, catalog }: { report: OpinionsReport; name: string; catalog: Catalog }) {
  const { rows, added, known, refused, importId } = report;
  const imported = { import: String(importId), status: "all", stance: "all" };
  return (
    <section class="panel" aria-labelledby="report">
      <h2 id="report">Kết quả nhập {name}</h2>
      <p role="status">
        {written(rows)} dòng: <strong>{written(added)} ý kiến mới</strong>, {written(known)} ý kiến đã có từ
        trước, {written(refused.length)} dòng bị từ chối.
      </p>
      {added > 0 ? (
        <p>
          <a href={listAddress(imported)}>Xem {written(added)} ý kiến vừa nhập</a>
        </p>
      ) : null}
      {refused.length > 0 ? (
        <>
          <h3>Dòng bị từ chối</h3>
          <Table
            caption="Dòng bị từ chối, với lý do"
            columns={REFUSED}
            rows={refused.slice(0, REFUSED_SHOWN)}
          />
          {refused.length > REFUSED_SHOWN ? (
            <p class="quiet">
              Còn {written(refused.length - REFUSED_SHOWN)} dòng nữa. Hãy sửa các dòng trên trước.
            </p>
          ) : null}
        </>
      ) : null}
      <div class="figures">
        <BarTable
          title="Trong tệp, theo loại"
          head="Loại"
          bars={Object.entries(report.byStance).map(([id, count]) => ({ name: stanceLabel(id), count }))}
        />
        <BarTable
          title="Trong tệp, theo chủ đề"
          head="Chủ đề"
          bars={Object.entries(report.byTopic).map(([id, count]) => ({
            name: topicName(catalog, id),
            count,
          }))}
        />
      </div>
    </section>
  );
}
