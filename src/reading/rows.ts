import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Transform } from "node:stream";
import { fileURLToPath } from "node:url";

/** The rows of a spreadsheet's first sheet as text, the heading first; or why the file is refused, in words for its giver. */
export type ReadRows = { rows: string[][]; brokenAt: number | null } | { refused: string };

export const MAX_FILE_BYTES = 20 * 2 ** 20;
export const MAX_ROWS = 100_000;

const CHILD = fileURLToPath(new URL("./rows-child.ts", import.meta.url));
const LIMITS = { memoryMb: 1_024, timeMs: 120_000, outputBytes: 150 * 2 ** 20 };
const CANNOT_READ = "Không đọc được tệp: tệp bị hỏng, hoặc quá lớn hay quá rối so với một bảng ý kiến.";

/**
 * Reads an .xlsx or .csv in a process of its own with limits of memory, time and output, and without our settings.
 * Dates of a spreadsheet come as ISO days. `limits` are narrowed by tests alone.
 */
export async function readRows(bytes: Uint8Array, name: string, limits = LIMITS): Promise<ReadRows> {
  if (bytes.length > MAX_FILE_BYTES) return { refused: "Tệp lớn hơn 20 MiB." };
  if (bytes.length === 0) return { refused: "Tệp trống." };
  const kind = kindOf(bytes, name);
  if (kind === null) return { refused: "Chỉ nhận tệp .xlsx hoặc .csv." };
  const child = start(kind, limits);
  const ended = once(child, "close").then(([code]) => code as number | null);
  child.stdin?.on("error", () => {});
  child.stdin?.end(bytes);
  const read = await collect(child, limits.outputBytes);
  const code = await ended;
  if ("refused" in read) return read;
  const { rows, brokenAt, isWhole } = read;
  return code === 0 && isWhole ? { rows, brokenAt } : { refused: CANNOT_READ };
}

/** An .xlsx is told by its first bytes, since people rename files. */
function kindOf(bytes: Uint8Array, name: string): "xlsx" | "csv" | null {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return "xlsx";
  return /\.csv$/i.test(name) ? "csv" : null;
}

function start(kind: string, { memoryMb, timeMs }: typeof LIMITS): ChildProcess {
  const args = [`--max-old-space-size=${memoryMb}`, "--import", "tsx", CHILD, kind, String(MAX_ROWS)];
  return spawn(process.execPath, args, {
    env: { TZ: "UTC", NODE_ENV: "production" },
    stdio: ["pipe", "pipe", "ignore"],
    timeout: timeMs,
    killSignal: "SIGKILL",
  });
}

type Collected = { rows: string[][]; brokenAt: number | null; isWhole: boolean } | { refused: string };

async function collect(child: ChildProcess, outputBytes: number): Promise<Collected> {
  const rows: string[][] = [];
  if (!child.stdout) return { refused: CANNOT_READ };
  const lines = createInterface({ input: child.stdout.pipe(capped(child, outputBytes)) });
  let last: { brokenAt: number | null } | null = null;
  for await (const line of lines) {
    const read: unknown = parse(line);
    if (Array.isArray(read)) rows.push(read as string[]);
    else if (isRefusal(read)) return read;
    else last = read as { brokenAt: number | null } | null;
  }
  return { rows, brokenAt: last?.brokenAt ?? null, isWhole: last !== null };
}

/** A line that was cut off by the end of its writer says nothing. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isRefusal(read: unknown): read is { refused: string } {
  return typeof read === "object" && read !== null && "refused" in read;
}

function capped(child: ChildProcess, outputBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > outputBytes) child.kill("SIGKILL");
      done(null, seen > outputBytes ? undefined : chunk);
    },
  });
}
