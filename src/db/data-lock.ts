import { createHash } from "node:crypto";
import { mkdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Held while this process works on a data folder; the kernel lets go of it when the process dies. */
export type DataLock = { release(): Promise<void> };

/** A process that is just being replaced may need a moment to let go. */
const PATIENCE_MS = 300;

/** Takes a data folder for this process alone, or says that another one already has it. */
export async function holdDataDir(dataDir: string, platform: string = process.platform): Promise<DataLock> {
  mkdirSync(dataDir, { recursive: true });
  const folder = realpathSync(dataDir);
  const deadline = Date.now() + PATIENCE_MS;
  const held: Server[] = [];
  const release = async () => {
    await Promise.all(held.map(close));
  };
  for (const address of lockAddresses(folder, platform)) {
    const answer = await takeBefore(deadline, address);
    if (answer === "taken") {
      await release();
      throw new Error(alreadyRuns(folder));
    }
    if (answer !== "unsupported") held.push(answer);
  }
  if (held.length === 0) throw new Error(noLock(folder));
  return { release };
}

/**
 * On Linux a name that the kernel frees by itself, and a socket file besides, because a container that shares
 * the folder does not share the names.
 */
function lockAddresses(folder: string, platform: string): string[] {
  const name = `cau-noi-${createHash("sha256").update(folder).digest("hex").slice(0, 32)}`;
  if (platform === "win32") return [`\\\\.\\pipe\\${name}`];
  const file = join(folder, ".running");
  const socket = Buffer.byteLength(file) < LONGEST_SOCKET_PATH ? file : `/tmp/${name}`;
  return platform === "linux" ? [`\0${name}`, socket] : [socket];
}

/** The system allows 103 or 107 bytes, and we put a suffix behind it for a moment. */
const LONGEST_SOCKET_PATH = 90;

type Answer = Server | "taken" | "unsupported";

async function takeBefore(deadline: number, address: string): Promise<Answer> {
  let answer = await take(address);
  while (answer === "taken" && Date.now() < deadline) {
    await sleep(100);
    answer = await take(address);
  }
  return answer;
}

async function take(address: string): Promise<Answer> {
  const answer = await listen(address);
  const isLeftover = answer === "taken" && isFile(address) && (await removedDead(address));
  return isLeftover ? listen(address) : answer;
}

function isFile(address: string): boolean {
  return address.startsWith("/");
}

/** A socket file outlives its process; it is moved aside first, lest we remove one that was put there meanwhile. */
async function removedDead(address: string): Promise<boolean> {
  if (await answers(address)) return false;
  const aside = `${address}.${process.pid}`;
  try {
    renameSync(address, aside);
  } catch {
    return false;
  }
  const alive = await answers(aside);
  if (alive) renameSync(aside, address);
  else rmSync(aside, { force: true });
  return !alive;
}

/** Another account, too, must be able to ask whether the socket is alive; some file systems hold none at all. */
function listen(address: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const forAll = isFile(address);
    const server = createServer((visitor) => visitor.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve("taken");
      else if (isFile(address)) resolve("unsupported");
      else reject(error);
    });
    server.listen({ path: address, readableAll: forAll, writableAll: forAll }, () => resolve(server.unref()));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const visitor = connect(address);
    visitor.once("connect", () => {
      visitor.destroy();
      resolve(true);
    });
    visitor.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code !== "ECONNREFUSED" && error.code !== "ENOENT");
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function noLock(folder: string): string {
  return `Không khoá được ${folder}: hệ thống tệp ở đó không hỗ trợ. Hãy đặt DATA_DIR ở nơi khác.`;
}

function alreadyRuns(folder: string): string {
  return `Cầu Nối đang chạy với dữ liệu ở ${folder}. Hãy dừng nó trước, hoặc dùng DATA_DIR khác.`;
}
