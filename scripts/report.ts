import "./plain-errors.ts";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type Config, loadConfig } from "../src/config.ts";
import { ReportStore } from "../src/db/reports.ts";
import { buildCorpus } from "../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../src/knowledge-files.ts";
import { Period } from "../src/opinion-commands.ts";
import { commandSocket } from "../src/own-files.ts";
import { BLANK_IMPRINT } from "../src/papers/imprint.ts";
import { makePapers } from "../src/papers/papers.ts";
import { type PetitionRecord, toRegister } from "../src/petitions/register.ts";
import { route } from "../src/petitions/routing.ts";
import { todayInVietnam } from "../src/today.ts";
import { callLocal, isRunning } from "./local-call.ts";
import { withDatabase } from "./own-database.ts";

const HELP = `Lập sổ theo dõi, báo cáo tổng hợp và công văn gửi từng cơ quan.

  npm run report -- --out thư-mục [--from 2026-03-01] [--to 2026-03-31] [--issuer "Tên cơ quan"] [--place "Cần Thơ"]

  --out      nơi để register.xlsx, summary.docx, memo-<cơ quan>.docx và numbers.json
  --from     từ ngày nhận (năm-tháng-ngày), kể cả ngày đó
  --to       đến ngày nhận, kể cả ngày đó
  --issuer   cơ quan ban hành; không ghi thì để trống cho văn thư điền
  --place    địa danh trước ngày tháng
  --signer   chức vụ người ký`;

const { values } = readOptions();
if (values.help) {
  console.log(HELP);
} else {
  const period = Period.safeParse(values);
  if (!values.out) refuseUsage("Thiếu --out.");
  if (!period.success)
    refuseUsage(period.error.issues.map(({ path, message }) => `--${path.join()} ${message}`).join("\n"));
  if (period.data.from && period.data.to && period.data.from > period.data.to)
    refuseUsage("--from phải trước --to.");
  await writePapers(values.out, { from: period.data.from ?? null, to: period.data.to ?? null });
}

async function writePapers(
  folder: string,
  period: { from: string | null; to: string | null },
): Promise<void> {
  const config = loadConfig();
  const { catalog } = buildCorpus(await readKnowledgeFiles(config.knowledgeDir));
  const today = todayInVietnam();
  const rows = toRegister(
    await readRecords(config, period),
    ({ topic, commune }) => route({ topic, commune, day: today }, catalog)?.agency ?? null,
  );
  const papers = await makePapers(rows, catalog, {
    period,
    issuer: values.issuer ?? BLANK_IMPRINT.issuer,
    place: values.place ?? BLANK_IMPRINT.place,
    signerTitle: values.signer ?? BLANK_IMPRINT.signerTitle,
  });
  await mkdir(folder, { recursive: true });
  for (const { name, bytes } of papers) await writeFile(join(folder, name), bytes);
  console.log(`Đã lập từ ${rows.length} ý kiến, để ở ${folder}:`);
  for (const { name } of papers) console.log(`  ${name}`);
}

type Rows = { rows: PetitionRecord[] };

/** The running service holds the database, so it reads the rows. */
async function readRecords(config: Config, period: { from: string | null; to: string | null }) {
  const socketPath = commandSocket(config.dataDir);
  if (!(await isRunning(socketPath)))
    return withDatabase(config, (database) => new ReportStore(database).rows(period.from, period.to));
  const asked = new URLSearchParams(
    Object.entries(period).filter((each): each is [string, string] => !!each[1]),
  );
  const { status, body } = await callLocal(socketPath, "GET", `/commands/register?${asked}`);
  if (status !== 200) throw new Error(z.object({ error: z.string() }).parse(body).error);
  return (body as Rows).rows;
}

function readOptions() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      options: {
        out: text,
        from: text,
        to: text,
        issuer: text,
        place: text,
        signer: text,
        help: { type: "boolean" },
      },
    });
  } catch {
    return refuseUsage("Không hiểu các tùy chọn đã cho.");
  }
}

function refuseUsage(fault: string): never {
  console.error(`${fault}\n\n${HELP}`);
  process.exit(2);
}
