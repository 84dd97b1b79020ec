import { createHash } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { canEnter, ownFolder, type ServerUser, serverUser } from "./server-user.ts";
import { startWatched } from "./watchman.ts";

/** The folder that holds the database files, and the account they belong to. */
export type Cluster = { folder: string; user: ServerUser };

/** Where root keeps the data of a DATA_DIR that the server's account cannot enter. */
const SHARED_HOME = "/var/lib/cau-noi";

/** The superuser and the owner of everything in an embedded cluster. */
export const OWNER = "cau_noi";

/** Says where the cluster of this DATA_DIR lives, or is going to live. */
export function locateCluster(dataDir: string): Cluster {
  mkdirSync(dataDir, { recursive: true });
  const home = realpathSync(dataDir);
  const recorded = recordedLocation(home);
  if (recorded) return reachable(recorded);
  const inside = join(home, "postgres");
  if (hasCluster(inside)) return reachable(inside);
  const user = serverUser(inside);
  if (canEnter(user, home)) return { folder: inside, user };
  const outside = join(SHARED_HOME, createHash("sha256").update(home).digest("hex").slice(0, 16));
  return { folder: outside, user: serverUser(outside) };
}

function recordedLocation(home: string): string | null {
  const note = locationNote(home);
  if (!existsSync(note)) return null;
  const folder = readFileSync(note, "utf8").trim();
  if (!hasCluster(folder)) throw new Error(missingData(note, folder));
  return folder;
}

/** An existing cluster is used or refused, never passed over for a new and empty one. */
function reachable(folder: string): Cluster {
  const user = serverUser(folder);
  if (!canEnter(user, folder)) throw new Error(unreachable(folder, user));
  return { folder, user };
}

/** Whether the folder holds a whole cluster; init is renamed into place, so there is never half of one. */
export function hasCluster(folder: string): boolean {
  try {
    return statSync(join(folder, "PG_VERSION"), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw new Error(notReadable(folder), { cause: error });
  }
}

/** The release that wrote an existing cluster; null when there is none yet. */
export function clusterMajor(folder: string): number | null {
  return hasCluster(folder) ? Number.parseInt(readFileSync(join(folder, "PG_VERSION"), "utf8"), 10) : null;
}

/** Leaves a note in DATA_DIR when the cluster lives elsewhere. */
export function recordLocation(dataDir: string, folder: string): void {
  const home = realpathSync(dataDir);
  if (dirname(folder) === home || existsSync(locationNote(home))) return;
  writeFileSync(`${locationNote(home)}.new`, `${folder}\n`);
  renameSync(`${locationNote(home)}.new`, locationNote(home));
  syncFolder(home);
}

function locationNote(home: string): string {
  return join(home, "postgres-location");
}

/** Makes the cluster beside its place and renames it there, so a kill on the way leaves nothing behind that counts. */
export async function initCluster({ folder, user }: Cluster, binaries: Binaries): Promise<void> {
  if (dirname(folder) === SHARED_HOME) makeSharedHome();
  refuseForeignFiles(folder);
  removeLeftovers(folder);
  const fresh = mkdtempSync(`${folder}.new-`);
  if (user) chownSync(fresh, user.uid, user.gid);
  await initdb(join(binaries.folder, "initdb"), fresh, user);
  renameSync(fresh, folder);
  syncFolder(dirname(folder));
}

function makeSharedHome(): void {
  try {
    ownFolder(SHARED_HOME);
  } catch (error) {
    throw new Error(`${NO_SHARED_HOME} (${(error as Error).message})`, { cause: error });
  }
}

function refuseForeignFiles(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Error(
      `Thư mục ${folder} có tệp lạ, không phải dữ liệu PostgreSQL. Hãy chuyển chúng đi nơi khác.`,
    );
  }
}

function removeLeftovers(folder: string): void {
  const leftovers = readdirSync(dirname(folder)).filter((name) =>
    name.startsWith(`${basename(folder)}.new-`),
  );
  // One of a process that was killed just now may still be emptying itself.
  const patiently = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 };
  for (const name of leftovers) rmSync(join(dirname(folder), name), patiently);
}

/** The built-in locale sorts the same on every machine, but came with PostgreSQL 17; the others are for older ones. */
const LOCALES = [
  ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
  ["--locale=C.UTF-8"],
  ["--locale=C"],
];

async function initdb(command: string, folder: string, user: ServerUser): Promise<void> {
  const basics = ["-D", folder, "-U", OWNER, "-E", "UTF8", "--auth-local=trust", "--auth-host=reject"];
  const faults: string[] = [];
  for (const locale of LOCALES) {
    const { ended } = startWatched(user, [command, ...basics, "--no-instructions", ...locale]);
    const { code, reason } = await ended;
    if (code === 0) return;
    faults.push(reason);
  }
  throw new Error(`Không tạo được cơ sở dữ liệu trong ${folder}: ${faults.at(-1)}`);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

const NO_SHARED_HOME =
  `Tài khoản chạy PostgreSQL không vào được DATA_DIR, và cũng không dùng được ${SHARED_HOME} thay cho nó. ` +
  "Hãy đặt DATA_DIR ở nơi khác, chạy Cầu Nối bằng một tài khoản thường, hoặc đặt DATABASE_URL.";

function notReadable(folder: string): string {
  return `Không đọc được dữ liệu ở ${folder}: nó thuộc về tài khoản khác. Hãy chạy Cầu Nối bằng tài khoản đã tạo ra nó.`;
}

function missingData(note: string, folder: string): string {
  return (
    `${note} ghi rằng dữ liệu nằm ở ${folder}, nhưng ở đó không có. ` +
    "Hãy đưa dữ liệu về lại chỗ đó; nếu muốn bắt đầu từ trống thì xoá tệp ghi chú này."
  );
}

function unreachable(folder: string, user: ServerUser): string {
  return (
    `Tài khoản chạy PostgreSQL (uid ${user?.uid}) không vào được ${folder}. ` +
    "Hãy cho tài khoản đó quyền đi qua các thư mục cha, hoặc đặt DATABASE_URL."
  );
}
