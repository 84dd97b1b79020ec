import "./plain-errors.ts";
import { randomInt } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { shorthandOf } from "../src/answering/assistant.ts";
import { type Config, loadConfig } from "../src/config.ts";
import { OpinionStore } from "../src/db/opinions.ts";
import { buildCorpus } from "../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../src/knowledge-files.ts";
import { createImportOpinions, type ImportReport } from "../src/opinions-desk.ts";
import { commandSocket } from "../src/own-files.ts";
import { createOfficeTime } from "../src/petitions/clock.ts";
import { makeCode } from "../src/petitions/code.ts";
import { STANCES } from "../src/petitions/petition.ts";
import { createTriage } from "../src/petitions/triage.ts";
import { MAX_FILE_BYTES } from "../src/reading/rows.ts";
import { createExpand } from "../src/text/shorthand.ts";
import { todayInVietnam } from "../src/today.ts";
import { callLocal, isRunning } from "./local-call.ts";
import { withDatabase } from "./own-database.ts";

const HELP = `Nhập ý kiến ghi trên giấy hay tại cuộc họp từ bảng tính (.xlsx) hoặc .csv.

  npm run import-opinions -- y-kien.xlsx [--json]

  Dòng 1 là tiêu đề: noi_dung (bắt buộc), loai, chu_de, hop_tac_xa, xa_phuong, nguoi_gui, lien_he, ngay;
  viết như người thường cũng được: “Nội dung”, “Loại”, “Chủ đề”, “Hợp tác xã”, “Xã, phường”…
  Dòng sai được báo kèm số dòng và lý do, dòng đúng vẫn được giữ; nhập lại cùng tệp thì không thêm gì.

  --json    in một đối tượng JSON
  Mã thoát 1 khi có dòng bị từ chối.`;

const Report = z.object({
  importId: z.number(),
  rows: z.number(),
  added: z.number(),
  known: z.number(),
  refused: z.array(z.object({ row: z.number(), reason: z.string() })),
  byStance: z.record(z.string(), z.number()),
  byTopic: z.record(z.string(), z.number()),
});

const { values, positionals } = readOptions();
if (values.help) {
  console.log(HELP);
} else {
  const [path, ...more] = positionals;
  if (!path || more.length > 0) refuseUsage("Cần đúng một tệp.");
  const report = await importFile(path);
  if (values.json) console.log(JSON.stringify(report));
  else print(report);
  if (report.refused.length > 0) process.exitCode = 1;
}

async function importFile(path: string): Promise<ImportReport> {
  const config = loadConfig();
  const bytes = await readGiven(path);
  const socketPath = commandSocket(config.dataDir);
  return (await isRunning(socketPath))
    ? askService(socketPath, bytes, basename(path))
    : importAlone(config, bytes, basename(path));
}

async function readGiven(path: string): Promise<Buffer> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new Error(`Không có tệp ${path}.`);
  if (found.size > MAX_FILE_BYTES) throw new Error("Tệp lớn hơn 20 MiB.");
  return readFile(path);
}

/** The running service holds the database, so it imports. */
async function askService(socketPath: string, bytes: Buffer, name: string): Promise<ImportReport> {
  const path = `/commands/opinions?name=${encodeURIComponent(name)}`;
  const { status, body } = await callLocal(socketPath, "POST", path, { bytes });
  if (status === 200) return Report.parse(body);
  const refusal = z.object({ error: z.string() }).safeParse(body);
  throw new Error(refusal.data?.error ?? `Dịch vụ trả lời ${status}.`);
}

async function importAlone(config: Config, bytes: Buffer, name: string): Promise<ImportReport> {
  const { topics, communes, glossary, deadlines, holidays, opinions } = buildCorpus(
    await readKnowledgeFiles(config.knowledgeDir),
  ).catalog;
  const report = await withDatabase(config, (database) => {
    const importOpinions = createImportOpinions({
      store: new OpinionStore(
        database,
        () => makeCode((n) => randomInt(n)),
        createOfficeTime(deadlines, holidays),
      ),
      topics,
      communes,
      triage: createTriage({ topics, opinions, expand: createExpand(shorthandOf(glossary)) }),
      today: todayInVietnam,
    });
    return importOpinions(bytes, name, { by: null });
  });
  if ("fault" in report) throw new Error(report.fault);
  return report;
}

function print({ rows, added, known, refused, byStance }: ImportReport): void {
  console.log(`Đã đọc ${rows} ý kiến: thêm ${added}, đã có từ trước ${known}, không nhận ${refused.length}.`);
  for (const [stance, label] of Object.entries(STANCES))
    console.log(`  ${label.padEnd(12)}${String(byStance[stance] ?? 0).padStart(7)}`);
  for (const { row, reason } of refused) console.error(`Dòng ${row}: ${reason}.`);
}

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { json: { type: "boolean" }, help: { type: "boolean" } },
    });
  } catch {
    return refuseUsage("Không hiểu các tùy chọn đã cho.");
  }
}

function refuseUsage(fault: string): never {
  console.error(`${fault}\n\n${HELP}`);
  process.exit(2);
}
