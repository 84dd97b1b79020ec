import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Words in the command line of every server that we start, and of its watchman. */
export const OUR_MARK = "cluster_name=cau-noi";

/** Waits until no other server uses the folder: the one of a killed process may still be stopping. */
export async function folderIsFree(folder: string, deadline: number): Promise<void> {
  const note = read(join(folder, "postmaster.pid"));
  for (let pid = serverPid(folder); pid !== null; pid = serverPid(folder)) {
    if (Date.now() > deadline || !commandOf(pid).includes(OUR_MARK)) throw new Error(inUse(folder, pid));
    if (isAbandoned(pid)) interrupt(pid);
    await sleep(50);
  }
  removeSocket(note);
}

/** The live server that the folder's note names, if there is one. */
function serverPid(folder: string): number | null {
  const note = join(folder, "postmaster.pid");
  const pid = Number.parseInt(read(note), 10);
  if (pid > 0 && exists(pid) && !isZombie(pid) && isServerOf(folder, pid)) return pid;
  if (pid > 0 ? exists(pid) : isOld(note)) rmSync(note, { force: true });
  return null;
}

/** PostgreSQL forgets a note by itself when its process is gone, but not a zombie's, a stranger's or an empty one. */
function isOld(note: string): boolean {
  const made = statSync(note, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > 2_000;
}

/** A server that was killed together with its watchman leaves the folder of its socket. */
function removeSocket(note: string): void {
  const folder = note.split("\n")[4] ?? "";
  if (/\/cau-noi-\w{6}$/.test(folder)) rmSync(folder, { recursive: true, force: true });
}

function interrupt(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // It ended meanwhile.
  }
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
