import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { type ChildMessage, type FileHeader, OUTPUT } from "./child-messages.ts";
import { parse, toTexts } from "./formats.ts";
import type { GivenFile } from "./given-file.ts";
import { LIMITS } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";
import { startWatchdog } from "./watchdog.ts";

// Started by reader-process.ts: files come on standard input, one after the other was answered.
startWatchdog(Number(process.argv.at(-1)));
forbidNetwork();
say({ ready: true });
void answerAll();

async function answerAll(): Promise<void> {
  for await (const file of givenFiles()) await answer(file);
  process.exit();
}

/** Nothing here has anything to ask of the network, and a hostile file must not make it. */
function forbidNetwork(): void {
  const refuse = (): never => {
    throw new Error("Reading a file never uses the network.");
  };
  Socket.prototype.connect = refuse;
  globalThis.fetch = refuse;
}

async function* givenFiles(): AsyncGenerator<GivenFile> {
  let pending: Buffer = Buffer.alloc(0);
  let header: FileHeader | null = null;
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of process.stdin) {
    pending = header ? (chunk as Buffer) : Buffer.concat([pending, chunk as Buffer]);
    const end = header ? -1 : pending.indexOf("\n");
    if (!header && end === -1) continue;
    if (!header) {
      header = JSON.parse(pending.subarray(0, end).toString()) as FileHeader;
      pending = pending.subarray(end + 1);
    }
    chunks.push(pending);
    received += pending.length;
    pending = Buffer.alloc(0);
    if (received < header.size) continue;
    const { name, sidecar } = header;
    const bytes = Buffer.concat(chunks.splice(0));
    [header, received] = [null, 0];
    yield { name, bytes, sidecar };
  }
}

async function answer(file: GivenFile): Promise<void> {
  try {
    let left: number = LIMITS.textBytes;
    for (const { path, text } of await toTexts(file)) {
      left -= Buffer.byteLength(text);
      if (left < 0)
        throw new Unreadable(`tệp có quá ${LIMITS.textBytes / 2 ** 20} MiB chữ; hãy tách nhỏ tệp`);
      say({ document: { path, text, document: parse(path, text) } });
    }
    say({ done: true });
  } catch (error) {
    say({ refused: reasonOf(error) });
  }
}

/** What a library says of a broken file is English and names its own insides. */
function reasonOf(error: unknown): string {
  if (error instanceof Unreadable || isRefused(error)) return error.reason;
  if (error instanceof RangeError && /call stack/i.test(error.message)) return "tệp có cấu trúc lồng quá sâu";
  return "không đọc được tệp: tệp bị hỏng hoặc có cấu trúc lạ; hãy mở tệp ra và lưu lại thành tệp mới";
}

/** Told by its name: its class brings the schemas along, which cost half of the start and most refused files never need. */
function isRefused(error: unknown): error is Error & { reason: string } {
  return error instanceof Error && error.name === "RefusedFile";
}

function say(message: ChildMessage): void {
  const line = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let at = 0; at < line.length; ) at += writeSync(OUTPUT, line, at);
}
