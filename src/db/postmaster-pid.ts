import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Words in the command line of every server that we start, and of its watchman. */
export const OUR_MARK = "cluster_name=cau-noi";

/** Waits until no other server uses the folder: the one of a killed process may still be stopping. */
export async function folderIsFree(folder: string, deadline: number): Promise<void> {
  for (let pid = serverPid(folder); pid !== null; pid = serverPid(folder)) {
    if (Date.now() > deadline || !commandOf(pid).includes(OUR_MARK)) throw new Error(inUse(folder, pid));
    if (isAbandoned(pid)) process.kill(pid, "SIGINT");
    await sleep(50);
  }
}

/** PostgreSQL clears the file of a dead process itself, but takes a zombie or a reused number for a live server. */
function serverPid(folder: string): number | null {
  const pid = recordedPid(folder);
  if (pid === null || !exists(pid)) return null;
  if (!isZombie(pid) && isServerOf(folder, pid)) return pid;
  rmSync(join(folder, "postmaster.pid"), { force: true });
  return null;
}

function recordedPid(folder: string): number | null {
  const pid = Number.parseInt(read(join(folder, "postmaster.pid")), 10);
  return pid > 0 ? pid : null;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isZombie(pid: number): boolean {
  return /^[ZX]/.test(inProc() ? statusOf(pid, "State") : ps(pid, "stat="));
}

function isServerOf(folder: string, pid: number): boolean {
  return commandOf(pid).includes(folder) || workingFolderOf(pid) === folder;
}

function commandOf(pid: number): string {
  return inProc() ? read(`/proc/${pid}/cmdline`) : ps(pid, "args=");
}

/** A server changes into its folder, however it was started. */
function workingFolderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}

/** Its watchman was killed too, so nobody is going to stop it. */
function isAbandoned(pid: number): boolean {
  return inProc() && !read(`/proc/${statusOf(pid, "PPid")}/cmdline`).includes(OUR_MARK);
}

function inProc(): boolean {
  return process.platform === "linux";
}

function statusOf(pid: number, key: string): string {
  return new RegExp(`^${key}:\\s*(\\S+)`, "m").exec(read(`/proc/${pid}/status`))?.[1] ?? "";
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function inUse(folder: string, pid: number): string {
  return (
    `Một máy chủ PostgreSQL khác (tiến trình ${pid}) đang dùng dữ liệu trong ${folder}. ` +
    "Hãy dừng nó trước, hoặc dùng DATA_DIR khác."
  );
}
