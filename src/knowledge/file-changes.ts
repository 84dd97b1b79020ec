import type { EditionFile } from "./edition.ts";

/** What an edition does to one file of its base; `path` is where to undo it, `replaced` the file that gave way. */
export type FileChange = {
  path: string;
  kind: "added" | "replaced" | "removed";
  document: string | null;
  name: string;
  originalHash: string;
  replaced: EditionFile | null;
};

/** Compares the files of an edition with those of its base; a document goes by its number, whatever its path. */
export function fileChanges(base: EditionFile[], files: EditionFile[]): FileChange[] {
  const isSame = (a: EditionFile, b: EditionFile) =>
    a.path === b.path || (a.document !== null && a.document === b.document);
  const brought = files.flatMap((file): FileChange[] => {
    const replaced = base.find((old) => isSame(old, file)) ?? null;
    if (replaced?.path === file.path && replaced.textHash === file.textHash) return [];
    return [
      { ...outline(file), path: (replaced ?? file).path, kind: replaced ? "replaced" : "added", replaced },
    ];
  });
  const removed = base
    .filter((old) => !files.some((file) => isSame(old, file)))
    .map((file): FileChange => ({ ...outline(file), kind: "removed", replaced: file }));
  return [...brought, ...removed];
}

function outline({ path, document, name, originalHash }: EditionFile) {
  return { path, document, name, originalHash };
}
