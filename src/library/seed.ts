import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { EditionStore } from "../db/editions.ts";
import type { FileRow } from "../knowledge/gate-report.ts";
import { isKnowledgePath } from "../knowledge/paths.ts";
import type { GivenFile } from "../reading/read-document.ts";
import { editionHash, fingerprint, type ReadMany, stageFiles, unchangedRow } from "./staging.ts";

/** The files of a knowledge folder with their sidecars, in a fixed order. Throws with a plain reason when there is no such folder. */
export async function readFolder(folder: string): Promise<GivenFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new Error(`Không đọc được thư mục kiến thức ${folder} (cài đặt KNOWLEDGE_DIR).`);
  });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const named = new Map(paths.map((path) => [relative(folder, path).split(sep).join("/"), path]));
  return Promise.all(
    [...named]
      .filter(([name]) => isKnowledgePath(name))
      .map(async ([name, path]) => {
        const sidecar = named.get(`${name}.yaml`);
        return {
          name,
          bytes: await readFile(path),
          sidecar: sidecar ? await readFile(sidecar, "utf8") : null,
        };
      }),
  );
}

/**
 * Fills a database that holds no knowledge yet from a folder. Files that cannot be used are left out, their rows say why;
 * null when there was knowledge already, or another replica was first.
 */
export async function seed(
  editions: EditionStore,
  folder: string,
  read: ReadMany,
): Promise<FileRow[] | null> {
  if ((await editions.current()) !== null) return null;
  const staged = await stageFiles(await readFolder(folder), [], FIRST, read);
  const files = staged.flatMap((one) => one.files);
  const author = { name: "Khởi tạo", staffId: null };
  const isFirst = await editions.first(
    files,
    editionHash(files),
    author,
    "Bản đầu tiên, từ thư mục kiến thức",
  );
  return isFirst ? staged.map(({ row }) => row) : null;
}

/** Stands for the edition that has no number yet. */
const FIRST = 0;

/** Names of the folder's files that the edition in force does not hold as they are; none where there is no folder. */
export async function filesNotTaken(editions: EditionStore, folder: string): Promise<string[]> {
  const current = await editions.current();
  const held = current === null ? [] : await editions.files(current);
  const files = await readFolder(folder).catch(() => []);
  return files.filter((file) => unchangedRow(fingerprint(file), held) === null).map(({ name }) => name);
}
