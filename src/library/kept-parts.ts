import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import type { Keep } from "../knowledge/keep.ts";

/** What was worked out for so many states of the knowledge stays, so that to roll back is quick too. */
const STATES_KEPT = 3;
const DIGEST_BYTES = 32;
const SOURCES = fileURLToPath(new URL("../", import.meta.url));

/** Gives, for a state of the knowledge by its hash, what keeps its parts. */
export type KeptParts = (state: string) => Promise<Keep>;

/**
 * Keeps on disk what was worked out from a state of the knowledge, so that a start loads it instead. Only what these very
 * sources worked out is taken: they are part of the folder's name. A part that is missing, torn or unreadable is worked
 * out anew, and where nothing can be written nothing is kept.
 */
export function openKeptParts(
  folder: string,
  onError: (error: unknown, message: string) => void,
  hashProgram = programHash,
): KeptParts {
  let program: Promise<string> | null = null;
  return async (state) => {
    program ??= hashProgram();
    const name = hashOf(`${await program} ${state}`)
      .toString("hex")
      .slice(0, 32);
    const own = join(folder, name);
    const usable = await openFolder(folder, own).catch((error: unknown) => {
      onError(error, "không giữ được chỉ mục trên đĩa; lần khởi động sau sẽ lâu hơn");
      return false;
    });
    return async (part, workOut) => {
      const file = join(own, `${part}.bin`);
      const kept = usable ? await readPart<Awaited<ReturnType<typeof workOut>>>(file) : null;
      if (kept) return kept.part;
      const made = await workOut();
      if (usable)
        await writePart(file, made).catch((error: unknown) =>
          onError(error, "không ghi được một phần chỉ mục"),
        );
      return made;
    };
  };
}

/** Makes the folder of a state and removes those that were used the longest ago. */
async function openFolder(all: string, own: string): Promise<boolean> {
  await mkdir(own, { recursive: true, mode: 0o700 });
  const now = new Date();
  await utimes(own, now, now);
  const names = (await readdir(all)).map((name) => join(all, name));
  const used = await Promise.all(names.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  const old = used.sort((a, b) => b.at - a.at).slice(STATES_KEPT);
  await Promise.all(old.map(({ path }) => rm(path, { recursive: true, force: true })));
  return true;
}

/** A part as it was kept, or null where there is none that is whole. */
async function readPart<Part>(file: string): Promise<{ part: Part } | null> {
  const bytes = await readFile(file).catch(() => null);
  if (!bytes) return null;
  const body = bytes.subarray(DIGEST_BYTES);
  if (!hashOf(body).equals(bytes.subarray(0, DIGEST_BYTES))) return null;
  return { part: deserialize(body) as Part };
}

/** Renamed into place, so that nobody reads half of it; the digest tells what a loss of power tore. */
async function writePart(file: string, part: unknown): Promise<void> {
  const body = serialize(part);
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, [hashOf(body), body], { mode: 0o600 });
  await rename(fresh, file);
}

/** Everything that decides what is worked out: our sources, the packages with their versions, and what writes the files. */
async function programHash(): Promise<string> {
  const entries = await readdir(SOURCES, { recursive: true, withFileTypes: true });
  const sources = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const files = [...sources, join(SOURCES, "../package.json")];
  const hashes = await Promise.all(files.map(async (file) => hashOf(await readFile(file)).toString("hex")));
  return hashOf([process.version, process.arch, ...hashes].join("\n")).toString("hex");
}

function hashOf(of: Uint8Array | string): Buffer {
  return createHash("sha256").update(of).digest();
}
