import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The process that a running server notes in its data folder. */
export function serverPid(location: string): number {
  return Number.parseInt(readFileSync(join(location, "postmaster.pid"), "utf8"), 10);
}

/** The folder of a running server's socket, which it notes too. */
export function socketFolder(location: string): string {
  return readFileSync(join(location, "postmaster.pid"), "utf8").split("\n")[4] ?? "";
}

/** Whether the process lives; one that only waits to be collected does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return (
      !existsSync("/proc/self/status") || !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))
    );
  } catch {
    return false;
  }
}
