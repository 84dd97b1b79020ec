import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { KnowledgeFile } from "./knowledge/corpus.ts";

const READ = /\.(md|yaml|jsonl)$/;

/** Reads the text files below the knowledge folder, in a fixed order. Throws with a plain reason when there is no such folder. */
export async function readKnowledgeFiles(folder: string): Promise<KnowledgeFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new Error(`Không đọc được thư mục kiến thức ${folder} (cài đặt KNOWLEDGE_DIR).`);
  });
  const paths = entries
    .filter((entry) => entry.isFile() && READ.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(folder, path).split(sep).join("/"),
      text: await readFile(path, "utf8"),
    })),
  );
}
