import { fork } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { cauNoi } from "./cau-noi.ts";
import type { Order } from "./child.ts";
import type { SystemResult } from "./measure.ts";
import { PEERS } from "./peers.ts";
import { printTable } from "./table.ts";

export const HELP = `Đo độ đúng và tốc độ tìm kiếm trên một bộ văn bản và câu hỏi, bên cạnh các thư viện khác.

  npm run bench -- retrieval --corpus corpus.jsonl[.gz] --queries queries.jsonl[.gz] [--json]
                             [--peers all|none|tên,tên] [--limit n] [--synthetic n]

  --corpus     mỗi dòng {"id","title","text"}
  --queries    mỗi dòng {"id","text","relevant":[id]}; noMarks, halfMarks, typos là các cách gõ khác, nếu có
  --peers      so với những hệ nào (mặc định all): ${PEERS.map(({ name }) => name).join(", ")}
  --limit      chỉ hỏi n câu đầu
  --synthetic  cắt văn bản thành khoản rồi nhân lên đủ n khoản; chỉ để đo tốc độ và bộ nhớ
  --json       chỉ in JSON

Mỗi hệ chạy trong một tiến trình riêng. Bộ nhớ là phần heap và vùng nhớ ngoài tăng thêm sau khi dựng chỉ mục, đo sau khi
dọn rác; chỉ mục của SQLite và PostgreSQL nằm ngoài phần này. Thư viện so sánh được cài vào thư mục tạm khi cần.`;

type Failure = { name: string; reason: string };

export async function runRetrieval(args: string[]): Promise<void> {
  const options = readOptions(args);
  if (!options) return;
  const { json, names, ...order } = options;
  const systems: SystemResult[] = [];
  const failed: Failure[] = [];
  for (const system of names) {
    if (!json) console.error(`Đang đo ${system}…`);
    const result = await inChild({ ...order, system });
    if ("reason" in result) failed.push(result);
    else systems.push(result);
  }
  if (json) console.log(JSON.stringify({ systems, failed }));
  else printTable(systems, failed);
  if (!systems.some(({ name }) => name === cauNoi.name)) process.exitCode = 1;
}

function inChild(order: Order): Promise<SystemResult | Failure> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, "child.ts"), [JSON.stringify(order)], {
      execArgv: ["--expose-gc", "--max-old-space-size=8192", "--import", "tsx"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let said = "";
    let result: SystemResult | null = null;
    child.stderr?.on("data", (chunk) => {
      said = (said + chunk).slice(-2000);
    });
    child.on("message", (message) => {
      result = message as SystemResult;
    });
    child.on("close", (code) =>
      resolve(result ?? { name: order.system, reason: reasonOf(said) ?? `dừng với mã ${code}` }),
    );
  });
}

/** The line of a stack trace that names the fault. */
function reasonOf(said: string): string | null {
  const lines = said.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => /error/i.test(line)) ?? lines[0] ?? null;
}

function readOptions(args: string[]): (Omit<Order, "system"> & { json: boolean; names: string[] }) | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        corpus: { type: "string" },
        queries: { type: "string" },
        peers: { type: "string", default: "all" },
        limit: { type: "string" },
        synthetic: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    if (!values.corpus || !values.queries) throw new Error("Cần --corpus và --queries.");
    return {
      corpus: values.corpus,
      queries: values.queries,
      limit: wholeNumber("--limit", values.limit),
      synthetic: wholeNumber("--synthetic", values.synthetic),
      json: values.json,
      names: [cauNoi.name, ...peersNamed(values.peers)],
    };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exitCode = 2;
    return null;
  }
}

function peersNamed(wanted: string): string[] {
  const all = PEERS.map(({ name }) => name);
  if (wanted === "all") return all;
  const names = wanted === "none" ? [] : wanted.split(",");
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Error(`Không có hệ "${unknown}"; có: ${all.join(", ")}.`);
  return names;
}

function wholeNumber(key: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  if (!/^[1-9]\d{0,7}$/.test(value)) throw new Error(`${key} phải là một số nguyên dương.`);
  return Number(value);
}
