import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isKnowledgePath } from "../../src/knowledge/paths.ts";

/** A file to be taken in: its name in the knowledge, its bytes, and the YAML beside it. */
export type FoundFile = { name: string; bytes: Uint8Array; sidecar: string | null };

/** One byte more than is taken, so that the reader refuses a larger file without its being read whole. */
const MOST_BYTES = 20 * 1024 * 1024 + 1;

/** The files of the places given, each once, in a fixed order; throws when a place does not exist. */
export async function findFiles(places: string[]): Promise<FoundFile[]> {
  const found = new Map<string, string>();
  for (const place of places) {
    const path = resolve(place);
    const kind = await stat(path).catch(() => {
      throw new Error(`Không có tệp hay thư mục ${place}.`);
    });
    const named = kind.isDirectory() ? await filesBelow(path) : [[nameOf(path), path] as const];
    for (const [name, file] of named) found.set(name, file);
  }
  const all = [...found].filter(([name, path]) => !isSidecar(name, path, found));
  return Promise.all(
    all.map(async ([name, path]) => ({ name, bytes: await read(path), sidecar: await sidecarOf(path) })),
  );
}

/** A catalog or golden file keeps its place in the knowledge; anything else is a document of its own name. */
function nameOf(path: string): string {
  const inFolder = `${basename(dirname(path))}/${basename(path)}`;
  return /^(golden|documents)\//.test(inFolder) && isKnowledgePath(inFolder) ? inFolder : basename(path);
}

/** Of a knowledge folder what knowledge is; of any other folder every file but hidden ones. */
async function filesBelow(folder: string): Promise<(readonly [name: string, path: string])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const named = paths
    .map((path) => [relative(folder, path).split(sep).join("/"), path] as const)
    .filter(([name]) => !name.split("/").some((step) => step.startsWith(".")));
  const isKnowledge = named.some(([name]) => name.startsWith("documents/"));
  return isKnowledge ? named.filter(([name]) => isKnowledgePath(name) || name.endsWith(".yaml")) : named;
}

function isSidecar(name: string, path: string, found: Map<string, string>): boolean {
  const main = path.replace(/\.yaml$/, "");
  return name.endsWith(".yaml") && [...found.values()].includes(main);
}

async function sidecarOf(path: string): Promise<string | null> {
  return readFile(`${path}.yaml`, "utf8").catch(() => null);
}

async function read(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  return size < MOST_BYTES ? readFile(path) : new Uint8Array(MOST_BYTES);
}
