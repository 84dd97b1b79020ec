import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync } from "node:fs";

/** The account PostgreSQL runs under when ours is root; null when it runs under our own. */
export type ServerUser = { uid: number; gid: number } | null;

const LAST_RESORT = { uid: 65534, gid: 65534 };

/** PostgreSQL refuses to run as root, so root lends it the owner of an existing cluster, or an ordinary account. */
export function serverUser(cluster: string): ServerUser {
  if (process.getuid?.() !== 0) return null;
  return ownerOf(cluster) ?? ordinaryAccount(passwd());
}

function ownerOf(folder: string): ServerUser {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : null;
}

function ordinaryAccount(accounts: Map<string, { uid: number; gid: number }>): ServerUser {
  const first = [...accounts.values()].find((account) => account.uid !== 0);
  return accounts.get("postgres") ?? accounts.get("nobody") ?? first ?? LAST_RESORT;
}

function passwd(): Map<string, { uid: number; gid: number }> {
  const accounts = new Map<string, { uid: number; gid: number }>();
  for (const line of readPasswd().split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name && uid && gid) accounts.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return accounts;
}

function readPasswd(): string {
  try {
    return readFileSync("/etc/passwd", "utf8");
  } catch {
    return "";
  }
}

/** Whether that account may enter the folder, asked of the kernel rather than computed from mode bits. */
export function canEnter(user: ServerUser, folder: string): boolean {
  if (!user) return true;
  return runAs(user, "/bin/sh", ["-c", 'cd "$1"', "sh", folder]).status === 0;
}

/** Makes a folder of ours that others may pass through, and refuses one that somebody else prepared. */
export function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const found = lstatSync(folder);
  const ours = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
  if (!ours)
    throw new Error(`Thư mục ${folder} thuộc về tài khoản khác, hoặc tài khoản khác ghi được vào đó.`);
  chmodSync(folder, 0o755);
}

/** Runs a short command to its end under that account, with nothing of our environment. */
export function runAs(
  user: ServerUser,
  command: string,
  args: string[],
): { status: number | null; output: string } {
  const run = spawnSync(command, args, { ...(user ?? {}), ...BARE, encoding: "utf8" });
  if (user && isNotPermitted(run.error) && !isMissing(command)) throw new Error(CANNOT_CHANGE_USER);
  return { status: run.status, output: run.stdout ?? "" };
}

/** What every child of ours starts with: a folder anyone can enter, and no secrets in its environment. */
export const BARE = {
  cwd: "/",
  env: { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "Asia/Ho_Chi_Minh" },
};

function isNotPermitted(error: Error | undefined): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === "EPERM";
}

function isMissing(command: string): boolean {
  return statSync(command, { throwIfNoEntry: false }) === undefined;
}

const CANNOT_CHANGE_USER =
  "Cầu Nối đang chạy bằng quyền root nhưng không được phép chuyển sang tài khoản thường để mở PostgreSQL. " +
  "Hãy chạy bằng một tài khoản thường, hoặc đặt DATABASE_URL.";
