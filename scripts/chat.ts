import "./plain-errors.ts";
import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { loadConfig } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import { commandSocket } from "../src/own-files.ts";
import { startService } from "../src/service.ts";
import { callLocal, isRunning } from "./local-call.ts";

const HELP = `Trò chuyện với trợ lý trong cửa sổ dòng lệnh, qua đúng đường đi của mọi kênh.

  npm run chat

Nếu dịch vụ đang chạy trên cùng DATA_DIR thì nói chuyện với dịch vụ đó, nếu không thì tự mở cơ sở dữ liệu.
Gõ số để chọn một lựa chọn. Thoát: Ctrl+D hoặc Ctrl+C.`;

const Posted = z.object({ id: z.number() });
const Refused = z.object({ error: z.string() });
const Transcript = z.object({
  messages: z.array(
    z.object({
      id: z.number(),
      from: z.enum(["member", "bot", "staff"]),
      text: z.string(),
      choices: z.array(z.string()),
    }),
  ),
});

const POLL_MS = 150;
const ANSWER_PATIENCE_MS = 30_000;
const SPEAKER = { bot: "Cầu Nối", staff: "Cán bộ", member: "Tôi" };

readOptions();
const config = loadConfig();
const socketPath = commandSocket(config.dataDir);
let cookie = "";
let seen = 0;
const own = (await isRunning(socketPath)) ? null : await startOwn();
const terminal = createInterface({ input: process.stdin, output: process.stdout });

console.log("Cầu Nối – trợ lý tự động. Bà con gõ câu hỏi; /trogiup để xem cách dùng.\n");
try {
  await converse();
} finally {
  terminal.close();
  await own?.stop();
}

async function converse(): Promise<void> {
  terminal.setPrompt("> ");
  terminal.prompt();
  for await (const line of terminal) {
    if (line.trim() !== "") await say(line);
    await showNew();
    terminal.prompt();
  }
}

async function say(text: string): Promise<void> {
  const { status, body } = await call("POST", "/chat/messages", { text });
  const refused = Refused.safeParse(body);
  if (status !== 202) return console.log(`! ${refused.success ? refused.data.error : `lỗi ${status}`}`);
  const { id } = Posted.parse(body);
  const deadline = Date.now() + ANSWER_PATIENCE_MS;
  while (Date.now() < deadline) {
    if ((await showNew()) > id) return;
    await sleep(POLL_MS);
  }
  console.log("! Chưa có trả lời. Tin đã được lưu, bà con chờ thêm chút.");
}

/** Prints what came since the last look; returns the id of the newest line that is not the member's. */
async function showNew(): Promise<number> {
  const { messages } = Transcript.parse((await call("GET", `/chat/messages?after=${seen}`)).body);
  let newest = 0;
  for (const { id, from, text, choices } of messages) {
    seen = id;
    if (from === "member") continue;
    newest = id;
    const numbered = choices.map((choice, i) => `   ${i + 1}. ${choice}`);
    console.log(`\n${SPEAKER[from]}: ${text}${numbered.length > 0 ? `\n${numbered.join("\n")}` : ""}\n`);
  }
  return newest;
}

async function call(method: "GET" | "POST", path: string, json?: unknown) {
  const answer = await callLocal(socketPath, method, path, { cookie, json });
  cookie = answer.cookie ?? cookie;
  return answer;
}

async function startOwn() {
  const log = createLog(process.env.LOG_LEVEL ? config.logLevel : "error");
  return startService(config, log, { signal: new AbortController().signal, withPort: false });
}

function readOptions(): void {
  try {
    if (parseArgs({ options: { help: { type: "boolean" } } }).values.help) {
      console.log(HELP);
      process.exit(0);
    }
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
