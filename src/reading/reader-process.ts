import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type ChildMessage, type FileHeader, OUTPUT } from "./child-messages.ts";
import type { GivenFile, ReadDocument } from "./given-file.ts";
import type { Limits } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** A child process that reads files, one at a time. After `isGone` it takes no more. */
export type Reader = {
  read(file: GivenFile): Promise<ReadDocument[]>;
  stop(): void;
  readonly isGone: boolean;
};

type Waiting = {
  documents: ReadDocument[];
  received: number;
  timer: NodeJS.Timeout;
  resolve(): void;
  reject(error: Unreadable): void;
};

const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));
/** The loader's synchronous half: the other one starts a thread and takes twice as long until the child stands ready. */
const LOADER = createRequire(import.meta.url).resolve("tsx/cjs");
const CRASHED =
  "tệp làm trình đọc dừng đột ngột: tệp bị hỏng hoặc được làm ra để phá; hãy mở tệp ra và lưu lại thành tệp mới";
const TOO_LARGE = "đọc tệp tốn quá nhiều bộ nhớ: tệp quá lớn hoặc bung ra quá lớn; hãy tách nhỏ tệp";
const TOO_LONG =
  "đọc quá lâu nên đã dừng: tệp quá lớn hoặc có cấu trúc bất thường; hãy tách nhỏ hoặc lưu lại thành tệp mới";
const NOT_STARTED = "máy đang quá bận nên chưa đọc được tệp; hãy thử lại sau ít phút";
const TOO_MUCH = "tệp cho ra quá nhiều nội dung; hãy tách nhỏ tệp";

/** Starts a child with none of our settings; `read` rejects with Unreadable when the file is refused, or harms its reader. */
export function startReader(limits: Limits): Reader {
  const child = start(limits);
  let waiting: Waiting | null = null;
  let isGone = false;
  let isReady = false;
  const fail = (reason: string): void => {
    isGone = true;
    child.kill("SIGKILL");
    waiting?.reject(new Unreadable(reason));
    waiting = null;
  };
  const take = (message: ChildMessage): void => {
    if ("ready" in message) isReady = true;
    else if ("document" in message) waiting?.documents.push(message.document);
    else if ("stopped" in message) fail(TOO_LARGE);
    else {
      const ended = waiting;
      waiting = null;
      if ("refused" in message) ended?.reject(new Unreadable(message.refused));
      else ended?.resolve();
    }
  };
  const count = (bytes: number): void => {
    if (waiting) waiting.received += bytes;
    if (waiting && waiting.received > limits.outputBytes) fail(TOO_MUCH);
  };
  readLines(child.stdio[OUTPUT] as Readable, count, take);
  child.once("error", () => fail(CRASHED));
  // "close" and not "exit": what the child said before its end is still to be read then.
  child.once("close", () => fail(CRASHED));
  child.stdin?.on("error", () => {});
  return {
    read: (file) =>
      new Promise((resolve, reject) => {
        if (isGone || !child.stdin) return reject(new Unreadable(CRASHED));
        const documents: ReadDocument[] = [];
        const given: Waiting = {
          documents,
          received: 0,
          timer: setTimeout(() => fail(isReady ? TOO_LONG : NOT_STARTED), limits.timeMs),
          resolve: () => finish(given.timer, () => resolve(documents)),
          reject: (error) => finish(given.timer, () => reject(error)),
        };
        waiting = given;
        give(child.stdin, file);
      }),
    stop: () => {
      isGone = true;
      child.kill("SIGKILL");
    },
    get isGone() {
      return isGone;
    },
  };
}

function finish(timer: NodeJS.Timeout, then: () => void): void {
  clearTimeout(timer);
  then();
}

function start({ heapMb, rssBytes }: Limits): ChildProcess {
  const flags = [
    `--max-old-space-size=${heapMb}`,
    "--disallow-code-generation-from-strings",
    "--no-warnings",
  ];
  const code = `require(${JSON.stringify(CHILD)})`;
  return spawn(process.execPath, [...flags, "--require", LOADER, "--eval", code, String(rssBytes)], {
    env: { PATH: process.env.PATH, TZ: "Asia/Ho_Chi_Minh", NODE_ENV: "production" },
    stdio: ["pipe", "ignore", "ignore", "pipe"],
  });
}

function give(input: Writable, { name, bytes, sidecar }: GivenFile): void {
  const header: FileHeader = { name, size: bytes.length, sidecar };
  input.write(`${JSON.stringify(header)}\n`);
  input.write(bytes);
}

/** A line that the child's end cut off is passed over. */
function readLines(
  output: Readable,
  count: (bytes: number) => void,
  take: (message: ChildMessage) => void,
): void {
  let pieces: Buffer[] = [];
  output.on("data", (chunk: Buffer) => {
    count(chunk.length);
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      pieces.push(chunk.subarray(from, end));
      const message = parse(Buffer.concat(pieces).toString());
      pieces = [];
      from = end + 1;
      if (message) take(message);
    }
    pieces.push(chunk.subarray(from));
  });
  output.on("error", () => {});
}

function parse(line: string): ChildMessage | null {
  try {
    return line === "" ? null : (JSON.parse(line) as ChildMessage);
  } catch {
    return null;
  }
}
