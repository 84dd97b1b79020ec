import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SETTING_KEYS } from "../../src/config.ts";
import { canary, overhear } from "./overheard.ts";

export const ROOT = join(import.meta.dirname, "../..");

export type Ending = { code: number | null; signal: NodeJS.Signals | null; afterMs: number };
export type Started = { address: string; account: { email: string; password: string } | null };

/** The real service in a process of its own. */
export type ServiceProcess = {
  output(): string;
  complaints(): string;
  /** Resolves when it says that it is ready; rejects when it ends before. */
  started(): Promise<Started>;
  /** Resolves when its log says this. */
  logs(words: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  pid: number;
  ended: Promise<Ending>;
  isRunning(): boolean;
};

/** A folder for the data of one service, which PostgreSQL's own account may enter too. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cau-noi-service-"));
  chmodSync(folder, 0o755);
  return folder;
}

/** What a start works out from the knowledge is worked out once for all of them; it is found by what it was made from. */
const INDEX = join(ROOT, "node_modules/.cache/cau-noi-index");

function shareIndex(dataDir: string): void {
  mkdirSync(INDEX, { recursive: true });
  mkdirSync(dataDir, { recursive: true });
  const own = join(dataDir, "index");
  if (!existsSync(own)) symlinkSync(INDEX, own);
}

/** Our environment with these settings and no others: an empty value counts as unset, and keeps a developer's .env out. */
export function onlySettings(settings: Record<string, string>): NodeJS.ProcessEnv {
  const unset = Object.fromEntries(SETTING_KEYS.map((key) => [key, ""]));
  return { ...process.env, ...unset, ...settings };
}

/** The arguments of `npm start`. */
const AS_NPM_START = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))
  .scripts.start.split(" ")
  .slice(1);

/** Runs src/main.ts, or what was built from it, with its data below `folder`, and with these settings and no others. */
export function spawnService(
  settings: Record<string, string>,
  folder: string,
  program: readonly string[] = AS_NPM_START,
): ServiceProcess {
  const env = onlySettings({ PORT: "0", DATA_DIR: join(folder, "data"), ...settings });
  if (env.DATA_DIR) shareIndex(env.DATA_DIR);
  const child = spawn(process.execPath, program, {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const heard = { output: "", complaints: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    heard.output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    heard.complaints += text;
    overhear(text);
  });
  const ended = endOf(child);
  const isRunning = () => child.exitCode === null && child.signalCode === null;

  async function until<T>(find: () => T | null, what: string): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== null) return found;
      if (!isRunning())
        throw new Error(`The service ended before ${what}: ${heard.complaints}${heard.output}`);
      await sleep(10);
    }
  }

  return {
    output: () => heard.output,
    complaints: () => heard.complaints,
    started: () => until(() => startedIn(heard.output), "it was ready"),
    logs: (words) => until(() => (heard.complaints.includes(words) ? undefined : null), `it said ${words}`),
    kill: (signal) => void child.kill(signal),
    pid: child.pid ?? 0,
    ended,
    isRunning,
  };
}

/** What it prints when it is ready, read to the last line of it. */
function startedIn(output: string): Started | null {
  if (!output.includes("Dừng:")) return null;
  const address = /http:\/\/\S+(?=\/chat)/.exec(output)?.[0] ?? "";
  const email = /thư điện tử:\s+(\S+)/.exec(output)?.[1];
  const password = /mật khẩu:\s+(\S+)/.exec(output)?.[1];
  if (password) canary(password);
  return { address, account: email && password ? { email, password } : null };
}

function endOf(child: ChildProcess): Promise<Ending> {
  const started = performance.now();
  return new Promise((resolve) => {
    // "close" and not "exit": everything it printed has been read by then.
    child.once("close", (code, signal) => resolve({ code, signal, afterMs: performance.now() - started }));
  });
}
