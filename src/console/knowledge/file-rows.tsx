import type { FileRow } from "../../knowledge/gate-report.ts";
import { type Column, Table } from "../table.tsx";
import { FILE_STATUSES } from "./words.ts";

const COLUMNS: Column<FileRow>[] = [
  { title: "Tệp", class: "wide", cell: ({ file }) => file },
  {
    title: "Kết quả",
    cell: ({ status }) => <span class={status === "refused" ? "wrong" : ""}>{FILE_STATUSES[status]}</span>,
  },
  { title: "Văn bản", cell: ({ documents }) => documents.join(", ") || "–" },
  { title: "Chi tiết", class: "wide", cell: detailOf },
];

/** What became of each file that was handed in. */
export function FileRows({ rows }: { rows: FileRow[] }) {
  return (
    <section aria-labelledby="files-taken">
      <h2 id="files-taken">Kết quả nhận tệp</h2>
      <Table caption="Kết quả nhận từng tệp" columns={COLUMNS} rows={rows} />
    </section>
  );
}

function detailOf({ status, reason, clauses, changed, removed }: FileRow): string {
  if (status === "refused") return reason ?? "–";
  if (status === "unchanged") return "Không cần làm gì.";
  return `${clauses} điều khoản: ${changed} mới hoặc thay đổi, ${removed} bỏ`;
}
