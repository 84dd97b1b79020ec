import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { BARE, type ServerUser } from "./server-user.ts";

/** How a program ended: with 0 when all went well, and otherwise the best explanation there is. */
export type Ending = { code: number | null; reason: string };

/** A program that does not outlive us. */
export type Watched = { ended: Promise<Ending>; stop(): Promise<void> };

type Child = ChildProcessByStdio<Writable, null, Readable>;

const FAST_STOP_MS = 8_000;
const IMMEDIATE_STOP_MS = 2_000;

/**
 * Stands between us and the program: when our end of the pipe closes, whatever killed us, it interrupts the
 * program (again and again, for one that has just been started does not hear it yet), waits for it and removes
 * the folder of its socket. Signals meant for us alone do not reach the two.
 * Its own complaints go nowhere, since writing to a pipe without a reader would end it.
 */
const WATCHMAN = `
trap '' TERM INT HUP QUIT
folder=$1; shift
exec 3<&0 </dev/null
"$@" 3<&- & program=$!
exec 2>/dev/null
( while read -r line <&3; do :; done; while kill -s INT $program; do sleep 1; done ) & watch=$!
exec 3<&-
wait $program; code=$?
kill -s KILL $watch
rm -rf "$folder"
exit $code`;

/** Starts the command under a watchman that removes the folder afterwards; hands over each line it complains with. */
export function startWatched(
  user: ServerUser,
  command: string[],
  folder = "",
  onLine: (line: string) => void = () => {},
): Watched {
  const child = spawn("/bin/sh", ["-c", WATCHMAN, "cau-noi-watchman", folder, ...command], {
    ...(user ?? {}),
    ...BARE,
    stdio: ["pipe", "ignore", "pipe"],
    detached: true,
  });
  child.stdin.on("error", () => {});
  const ended = end(child, readLines(child.stderr, onLine));
  return { ended, stop: () => stop(child, ended) };
}

/** Keeps the last lines, for the explanation at the end. */
function readLines(stderr: Readable, onLine: (line: string) => void): string[] {
  const last: string[] = [];
  stderr.setEncoding("utf8").on("data", (text: string) => {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    last.push(...lines);
    last.splice(0, last.length - 20);
    lines.forEach(onLine);
  });
  return last;
}

/** A program that outlives its watchman holds the pipe open, so its close is waited for only a moment. */
async function end(child: Child, lastLines: string[]): Promise<Ending> {
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const exit = await new Promise<Ending>((resolve) => {
    child.once("error", (error) => resolve({ code: null, reason: error.message }));
    child.once("exit", (code, signal) => resolve({ code, reason: `exit ${signal ?? code}` }));
  });
  await Promise.race([closed, sleep(200)]);
  const complaint = lastLines
    .filter((line) => /FATAL|PANIC|error:/.test(line) && !/starting up/.test(line))
    .at(-1);
  return { code: exit.code, reason: complaint ?? lastLines.at(-1) ?? exit.reason };
}

async function stop(child: Child, ended: Promise<Ending>): Promise<void> {
  child.stdin.end();
  if (await endsWithin(ended, FAST_STOP_MS)) return;
  signalGroup(child, "SIGQUIT");
  if (await endsWithin(ended, IMMEDIATE_STOP_MS)) return;
  signalGroup(child, "SIGKILL");
  await endsWithin(ended, IMMEDIATE_STOP_MS);
}

async function endsWithin(ended: Promise<Ending>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const tooLate = sleep(ms, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([ended.then(() => true), tooLate]);
  timer.abort();
  return inTime;
}

function signalGroup(child: Child, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // It ended meanwhile.
  }
}
