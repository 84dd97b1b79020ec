import "./plain-errors.ts";
import { parseArgs } from "node:util";
import { loadConfig } from "../src/config.ts";
import type { GivenAnswer } from "../src/conversation/transcript.ts";
import type { EditionSummary, Publication } from "../src/knowledge/edition.ts";
import type { GateReport } from "../src/knowledge/gate-report.ts";
import type { Passage } from "../src/knowledge/validity.ts";
import { printReport } from "./ingest/print.ts";
import { type LibraryCall, openLibraryCall } from "./library-call.ts";

const HELP = `Xem và đổi bản kiến thức đang dùng.

  npm run editions                                   bản đang dùng, bản chờ công bố, lịch sử
  npm run editions -- --show 7                       bản 7 đổi những gì, câu trả lời nào khác đi
  npm run editions -- --check 7                      kiểm tra lại bản 7 với bản đang dùng
  npm run editions -- --publish 7 [--override "…"]   công bố bản 7
  npm run editions -- --rollback 5 --reason "…"      dùng lại bản 5
  npm run editions -- --drop 7                       bỏ bản 7 đang chờ
  npm run editions -- --overtaken 3                  câu đã trả lời mà lần công bố 3 làm cho lỗi thời
  npm run editions -- --expiring                     điều khoản hết hiệu lực trong 90 ngày tới`;

const KIND = { first: "đầu tiên", publish: "công bố", rollback: "quay lại" };

type Listed = { current: number; staged: EditionSummary[]; history: Publication[] };

const values = readOptions();
if (values.help) console.log(HELP);
else {
  const call = await openLibraryCall(loadConfig());
  try {
    await run(call);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  } finally {
    await call.close();
  }
}

async function run(call: LibraryCall): Promise<void> {
  const { show, check, publish, rollback, drop, overtaken, expiring } = values;
  if (show) printReport((await call.get(`/commands/editions/${show}`)) as GateReport);
  else if (check) printReport((await call.post(`/commands/editions/${check}/check`, {})) as GateReport);
  else if (publish) {
    await call.post(`/commands/editions/${publish}/publish`, { override: values.override ?? null });
    console.log(`Đã công bố bản số ${publish}.`);
  } else if (rollback) {
    await call.post(`/commands/editions/${rollback}/rollback`, { reason: values.reason ?? "" });
    console.log(`Đã dùng lại bản số ${rollback}.`);
  } else if (drop) {
    await call.post(`/commands/editions/${drop}/drop`, {});
    console.log(`Đã bỏ bản số ${drop}.`);
  } else if (overtaken)
    printAnswers((await call.get(`/commands/publications/${overtaken}/overtaken`)) as Answers);
  else if (expiring)
    printExpiring((await call.get("/commands/knowledge/expiring")) as { passages: Passage[] });
  else printAll((await call.get("/commands/editions")) as Listed);
}

type Answers = { answers: (Omit<GivenAnswer, "at"> & { at: string })[] };

function printAll({ current, staged, history }: Listed): void {
  console.log(`Đang dùng bản số ${current}.`);
  for (const { id, by, at, note, checkedAt } of staged)
    console.log(
      `Chờ công bố: bản ${id}, ${by}, ${day(at)}${checkedAt ? "" : ", chưa kiểm tra"}. ${note ?? ""}`,
    );
  console.log("\nLịch sử, mới nhất ở trên:");
  for (const { id, edition, kind, by, at, reason, hash, overtaken } of history)
    console.log(
      `  lần ${id}: bản ${edition} (${KIND[kind]}), ${by}, ${day(at)}, ${hash.slice(0, 12)}, ${overtaken} điều khoản cũ bị thay${reason ? `, lý do: ${reason}` : ""}`,
    );
}

function printAnswers({ answers }: Answers): void {
  console.log(`${answers.length} câu đã trả lời có dẫn điều khoản nay đã đổi.`);
  for (const { at, channel, conversationId, question, passages } of answers)
    console.log(
      `  ${day(at)}, ${channel}, cuộc trò chuyện ${conversationId}: “${question}” – dẫn ${passages.join(", ")}`,
    );
}

function printExpiring({ passages }: { passages: Passage[] }): void {
  console.log(`${passages.length} điều khoản hết hiệu lực trong 90 ngày tới.`);
  for (const { document, locator, to } of passages) console.log(`  ${to}: ${locator}, ${document}`);
}

function day(at: Date | string): string {
  return new Date(at).toLocaleString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
}

function readOptions() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      options: {
        help: { type: "boolean" },
        show: text,
        check: text,
        publish: text,
        override: text,
        rollback: text,
        reason: text,
        drop: text,
        overtaken: text,
        expiring: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
