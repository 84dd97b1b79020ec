import type { FileRow, GateReport } from "../../src/knowledge/gate-report.ts";

const STATUS = { added: "thêm mới", updated: "cập nhật", unchanged: "không đổi", refused: "từ chối" };
const VERDICT = { broken: "HỎNG", unsteady: "lung lay", mended: "đúng lên", other: "khác đi" };
const SHOWN = 10;

/** A row per file, as an admin reads it. */
export function printRows(rows: FileRow[]): void {
  for (const row of rows) {
    const name = row.documents.length > 1 ? `${row.documents.length} văn bản` : (row.document ?? "");
    const counts = row.clauses > 0 ? `${row.clauses} điều khoản (đổi ${row.changed}, bỏ ${row.removed})` : "";
    console.log(
      [STATUS[row.status].padEnd(10), row.file, name, counts, row.reason ?? ""].filter(Boolean).join("  "),
    );
  }
}

/** What the gate found: clauses that change, and answers that change, the old one above the new one. */
export function printReport(report: GateReport): void {
  const { changes, answers, questions, rightBefore, rightAfter, seconds } = report;
  const kinds = (kind: string) => changes.filter((change) => change.kind === kind).length;
  console.log(
    `\nĐiều khoản: thêm ${kinds("added")}, đổi ${kinds("changed")}, bỏ ${kinds("removed")}.` +
      `\nCâu hỏi mẫu: ${questions} câu, xử lý đúng ${rightBefore ?? "–"} trước, ${rightAfter} sau (${seconds} giây).`,
  );
  for (const { id, question, verdict, before, after } of answers.slice(0, SHOWN)) {
    console.log(`\n[${VERDICT[verdict]}] ${id}: ${question}`);
    console.log(`  trước: ${inOneLine(before)}\n  sau:   ${inOneLine(after)}`);
  }
  if (answers.length > SHOWN) console.log(`\n… và ${answers.length - SHOWN} câu trả lời khác đi nữa.`);
}

export function printTotals(rows: FileRow[], seconds: number, openSeconds: number): void {
  const count = (status: FileRow["status"]) => rows.filter((row) => row.status === status).length;
  const sum = (of: (row: FileRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const documents = sum((row) => row.documents.length);
  const clauses = sum((row) => row.clauses);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `\n${rows.length} tệp: thêm ${count("added")}, cập nhật ${count("updated")}, không đổi ${count("unchanged")}, từ chối ${count("refused")}.` +
      `\n${documents} văn bản, ${clauses} điều khoản, ${sum((row) => row.embedded)} điều khoản phải tính lại véc-tơ.` +
      `\n${seconds.toFixed(2)} giây (mở cơ sở dữ liệu ${openSeconds.toFixed(2)} giây), ${Math.round(clauses / seconds)} điều khoản mỗi giây, bộ nhớ cao nhất ${megabytes} MB.`,
  );
}

function inOneLine({ outcome, text }: { outcome: string; text: string }): string {
  return `${outcome}: ${text}`.replace(/\s+/g, " ").slice(0, 300);
}
