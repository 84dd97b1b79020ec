import type { OpinionImport } from "../../petitions/opinion-import.ts";
import type { RefusedRow } from "../../petitions/opinions.ts";
import { written } from "../dates.ts";
import { stanceLabel } from "../labels.ts";
import type { Catalog } from "../office.ts";
import { Pager } from "../pager.tsx";
import { type Column, Table } from "../table.tsx";
import { BarTable } from "./bars.tsx";
import { listAddress } from "./list-query.ts";
import { topicName } from "./names.ts";
import { importAddress } from "./places.ts";

const REFUSED: Column<RefusedRow>[] = [
  { title: "Dòng", cell: ({ row }) => written(row) },
  { title: "Lý do", class: "wide most", cell: ({ reason }) => reason },
];

type Props = { file: OpinionImport; refused: RefusedRow[]; page: number; hasNext: boolean; catalog: Catalog };

/** What became of a file: its numbers once it is done, and the rows that were refused, with their reasons. */
export function ImportReport({ file, refused, page, hasNext, catalog }: Props) {
  return (
    <section class="panel" aria-labelledby="report">
      <h2 id="report">{file.finishedAt ? "Kết quả" : "Dòng bị từ chối cho tới nay"}</h2>
      {file.finishedAt && file.fault === null ? <Totals file={file} /> : null}
      {refused.length > 0 ? (
        <>
          {file.finishedAt ? <h3>Dòng bị từ chối</h3> : null}
          <Table caption="Dòng bị từ chối, với lý do" columns={REFUSED} rows={refused} />
          <Pager path={importAddress(file.id)} page={page} hasNext={hasNext} />
        </>
      ) : null}
      <div class="figures">
        <BarTable title="Trong tệp, theo loại" head="Loại" bars={barsOf(file.byStance, stanceLabel)} />
        <BarTable
          title="Trong tệp, theo chủ đề"
          head="Chủ đề"
          bars={barsOf(file.byTopic, (id) => topicName(catalog, id))}
        />
      </div>
    </section>
  );
}

function Totals({ file: { id, total, added, refused } }: { file: OpinionImport }) {
  const opinions = total ?? 0;
  const imported = { import: String(id), status: "all", stance: "all" };
  return (
    <>
      <p role="status">
        {written(opinions + refused)} dòng: <strong>{written(added)} ý kiến mới</strong>,{" "}
        {written(opinions - added)} ý kiến đã có từ trước, {written(refused)} dòng bị từ chối.
      </p>
      {added > 0 ? (
        <p>
          <a href={listAddress(imported)}>Xem {written(added)} ý kiến vừa nhập</a>
        </p>
      ) : null}
    </>
  );
}

function barsOf(counts: Record<string, number>, nameOf: (id: string) => string) {
  return Object.entries(counts).map(([id, count]) => ({ name: nameOf(id), count }));
}
