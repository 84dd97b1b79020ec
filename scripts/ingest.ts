import "./plain-errors.ts";
import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { loadConfig } from "../src/config.ts";
import type { AnswerChange, FileRow, GateReport } from "../src/knowledge/gate-report.ts";
import { type FoundFile, findFiles } from "./ingest/files.ts";
import { printReport, printRows, printTotals } from "./ingest/print.ts";
import { type LibraryCall, openLibraryCall } from "./library-call.ts";

const HELP = `Thêm hoặc cập nhật văn bản: soạn thành bản mới, kiểm tra bằng bộ câu hỏi mẫu, rồi công bố.

  npm run ingest -- <tệp hoặc thư mục>… [--json] [--stage-only] [--override "lý do"]

  --json        mỗi tệp một dòng JSON: file, status, document, clauses, changed, embedded, removed, reason
  --stage-only  soạn và kiểm tra, chưa công bố
  --override    công bố dù có câu hỏi mẫu bị trả lời sai, với lý do được lưu lại

Đọc được Markdown, DOCX, PDF (có chữ), HTML, XLSX và tệp bài điều luật .jsonl; thông tin của văn bản nằm ở đầu tệp Markdown,
hoặc trong tệp <tên tệp>.yaml bên cạnh. Kết thúc với mã 1 khi có tệp bị từ chối hoặc bản mới chưa được công bố.`;

/** What one request carries: many small files, or one large. */
const BATCH_FILES = 50;
const BATCH_BYTES = 16 * 1024 * 1024;

const { values, positionals } = readOptions();
if (values.help) console.log(HELP);
else await ingest(positionals);

async function ingest(places: string[]): Promise<void> {
  const started = performance.now();
  const files = await findFiles(places);
  const call = await openLibraryCall(loadConfig());
  try {
    const { rows, report, published } = await work(call, files);
    const seconds = (performance.now() - started) / 1000 - call.openSeconds;
    if (values.json) for (const row of rows) console.log(JSON.stringify(outline(row)));
    else {
      printRows(rows);
      if (report) printReport(report);
      printTotals(rows, seconds, call.openSeconds);
    }
    if (rows.some(({ status }) => status === "refused") || published === false) process.exitCode = 1;
  } finally {
    await call.close();
  }
}

type Work = { rows: FileRow[]; report: GateReport | null; published: boolean | null };

async function work(call: LibraryCall, files: FoundFile[]): Promise<Work> {
  const known = await knownRows(call, files);
  const rest = files.filter((_, i) => known[i] === null);
  if (rest.length === 0) return { rows: known as FileRow[], report: null, published: null };
  const note = `Tệp đưa vào: ${rest
    .map(({ name }) => name)
    .slice(0, 5)
    .join(", ")}`.slice(0, 400);
  const { edition } = (await call.post("/commands/editions", { note })) as { edition: number };
  const staged = await addAll(call, edition, rest);
  const rows = known.map((row) => row ?? (staged.shift() as FileRow));
  if (!rows.some(({ status }) => status === "added" || status === "updated")) {
    await call.post(`/commands/editions/${edition}/drop`, {});
    return { rows, report: null, published: null };
  }
  const report = (await call.post(`/commands/editions/${edition}/check`, {})) as GateReport;
  for (const row of rows)
    row.embedded = row.paths.reduce((sum, path) => sum + (report.embedded[path] ?? 0), 0);
  return {
    rows,
    report,
    published: values["stage-only"] ? null : await publish(call, edition, report.answers),
  };
}

/** Rows of files that need no work: held already, or just taken into a database that was empty when this command began. */
async function knownRows(call: LibraryCall, files: FoundFile[]): Promise<(FileRow | null)[]> {
  const prints = files.map((file) => ({
    name: file.name,
    hash: createHash("sha256").update(file.bytes).digest("hex"),
    sidecar: file.sidecar,
  }));
  const { rows } = (await call.post("/commands/knowledge/unchanged", { files: prints })) as {
    rows: (FileRow | null)[];
  };
  if (!call.seeded) return rows;
  const { current } = (await call.get("/commands/editions")) as { current: number };
  const { embedded } = (await call.post(`/commands/editions/${current}/embed`, {})) as {
    embedded: Record<string, number>;
  };
  const refused = new Map(call.seeded.filter(({ reason }) => reason).map((row) => [row.file, row]));
  return rows.map((row, i) => {
    if (!row) return refused.get(files[i]?.name ?? "") ?? null;
    const made = row.paths.reduce((sum, path) => sum + (embedded[path] ?? 0), 0);
    return { ...row, status: "added", changed: row.clauses, embedded: made };
  });
}

async function addAll(call: LibraryCall, edition: number, files: FoundFile[]): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for (const batch of batches(files)) {
    const form = new FormData();
    for (const { name, bytes, sidecar } of batch) {
      form.append("file", new File([new Uint8Array(bytes)], name));
      if (sidecar !== null) form.append(`sidecar:${name}`, sidecar);
    }
    const answer = await call.post(`/commands/editions/${edition}/files`, form);
    rows.push(...(answer as { rows: FileRow[] }).rows);
  }
  return rows;
}

function batches(files: FoundFile[]): FoundFile[][] {
  const made: FoundFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const last = made.at(-1);
    if (last && last.length < BATCH_FILES && bytes + file.bytes.length <= BATCH_BYTES) {
      last.push(file);
      bytes += file.bytes.length;
    } else {
      made.push([file]);
      bytes = file.bytes.length;
    }
  }
  return made;
}

async function publish(call: LibraryCall, edition: number, answers: AnswerChange[]): Promise<boolean> {
  try {
    await call.post(`/commands/editions/${edition}/publish`, { override: values.override ?? null });
    return true;
  } catch (error) {
    const isBroken = answers.some(({ verdict }) => verdict === "broken");
    console.error(`Chưa công bố bản số ${edition}: ${(error as Error).message}`);
    if (isBroken)
      console.error(`Xem: npm run editions -- --show ${edition}. Bỏ: npm run editions -- --drop ${edition}.`);
    return false;
  }
}

function outline({
  file,
  status,
  document,
  documents,
  clauses,
  changed,
  embedded,
  removed,
  reason,
}: FileRow) {
  const many = documents.length > 1 ? { documents } : {};
  return { file, status, document, clauses, changed, embedded, removed, reason, ...many };
}

function readOptions() {
  try {
    const read = parseArgs({
      allowPositionals: true,
      options: {
        help: { type: "boolean" },
        json: { type: "boolean" },
        "stage-only": { type: "boolean" },
        override: { type: "string" },
      },
    });
    if (!read.values.help && read.positionals.length === 0) throw new Error("Thiếu tệp hoặc thư mục.");
    return read;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
