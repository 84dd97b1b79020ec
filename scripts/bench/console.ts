import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Timed } from "./console/measure.ts";

export const HELP = `Đo tốc độ từng trang danh sách của cán bộ trên PostgreSQL thật, qua đúng dịch vụ.

  npm run bench -- console [--petitions 100000] [--messages 1000000] [--requests 20] [--only chữ] [--keep thư-mục] [--json]

  --petitions  số kiến nghị
  --messages   số tin nhắn, mỗi cuộc trò chuyện 20 tin
  --requests   số lần hỏi mỗi trang, sau hai lần làm nóng
  --only       chỉ các trang có chữ này trong tên
  --keep       giữ cơ sở dữ liệu trong thư mục này; lần sau đo lại ngay trên đó
  --json       chỉ in JSON: {"petitions","messages","pages":[{"name","path","status","p50Ms","p95Ms","maxMs"}]}`;

const Count = z.coerce.number().int().positive();
const Options = z.object({
  petitions: Count.default(100_000),
  messages: Count.default(1_000_000),
  requests: Count.default(20),
  only: z.string().default(""),
  keep: z.string().optional(),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

/** Fills a database, asks every list page of the service on it, and prints how long each took. */
export async function runConsole(args: string[]): Promise<void> {
  const options = readOptions(args);
  if (!options) return;
  const dataDir = options.keep
    ? resolve(options.keep)
    : await mkdtemp(join(tmpdir(), "cau-noi-bench-console-"));
  try {
    // Loads the whole service, for which a look at the help should not wait.
    const { measureConsole } = await import("./console/measure.ts");
    const pages = await measureConsole(dataDir, options);
    print(pages, options);
    // A redirect or a refusal is soon sent, and its time says nothing.
    const failed = pages.filter(({ status }) => status !== 200);
    for (const { path, status } of failed) console.error(`Trang ${path} trả mã ${status}, không phải 200.`);
    if (failed.length > 0) process.exitCode = 1;
  } finally {
    if (!options.keep) await rm(dataDir, { recursive: true, force: true });
  }
}

function print(pages: Timed[], { json, petitions, messages }: Options): void {
  if (json) {
    console.log(JSON.stringify({ petitions, messages, pages }));
    return;
  }
  const width = Math.max(...pages.map(({ name }) => name.length));
  console.log(`${"trang".padEnd(width)}  mã   p50 ms   p95 ms   max ms`);
  for (const { name, status, p50Ms, p95Ms, maxMs } of pages) {
    const times = [p50Ms, p95Ms, maxMs].map((ms) => ms.toFixed(1).padStart(7)).join("  ");
    console.log(`${name.padEnd(width)}  ${status}  ${times}`);
  }
}

function readOptions(args: string[]): Options | null {
  const text = { type: "string" } as const;
  try {
    const options = { petitions: text, messages: text, requests: text, only: text, keep: text } as const;
    return Options.parse(parseArgs({ args, options: { ...options, json: { type: "boolean" } } }).values);
  } catch {
    console.error(`Không hiểu các tùy chọn đã cho.\n\n${HELP}`);
    process.exitCode = 2;
    return null;
  }
}
