import { RefusedFile } from "../knowledge/document.ts";
import { refuseWrongKind } from "./admit.ts";
import { extensionOf, FORMATS } from "./formats.ts";
import type { GivenFile, ReadDocument } from "./given-file.ts";
import { nameFault } from "./given-name.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { type Reader, startReader } from "./reader-process.ts";
import { Unreadable } from "./unreadable.ts";

export { FORMATS } from "./formats.ts";
export type { GivenFile, ReadDocument } from "./given-file.ts";

/** What became of one file of several. */
export type FileResult = { name: string; documents: ReadDocument[] } | { name: string; refused: RefusedFile };

const MOST_CHILDREN = 2;
const MOST_SIDECAR = 256 * 1024;

let running = 0;
const queue: (() => void)[] = [];

/**
 * Reads a policy document of any format in a child process with limits of time, memory and output. Rejects with RefusedFile,
 * its reason in Vietnamese, for whatever the file does. `limits` are narrowed by tests alone.
 */
export async function readDocument(file: GivenFile, limits: Limits = LIMITS): Promise<ReadDocument[]> {
  return refusing(file, () => {
    admit(file, limits);
    return withPlace(async () => {
      const reader = startReader(limits);
      try {
        return await reader.read(file);
      } finally {
        reader.stop();
      }
    });
  });
}

/**
 * Reads files two at a time and gives each one's result in the order of the files. Files that only our own parsers touch
 * share a child; every other file has one of its own.
 */
export async function* readDocuments(
  files: GivenFile[],
  limits: Limits = LIMITS,
): AsyncGenerator<FileResult> {
  const ours = files.filter(({ name }) => FORMATS[extensionOf(name) ?? ""]?.isOurs);
  const shared = readTogether(ours, limits);
  const others = new Map<GivenFile, Promise<FileResult>>();
  try {
    for (const [i, file] of files.entries()) {
      // Ahead of the file that is waited for, as many are begun as may run.
      for (const next of files.slice(i, i + MOST_CHILDREN))
        if (!shared.results.has(next) && !others.has(next))
          others.set(next, resultOf(next, readDocument(next, limits)));
      const result = shared.results.get(file) ?? others.get(file);
      if (result) yield await result;
      others.delete(file);
    }
  } finally {
    shared.stop();
  }
}

async function resultOf({ name }: GivenFile, reading: Promise<ReadDocument[]>): Promise<FileResult> {
  try {
    return { name, documents: await reading };
  } catch (error) {
    if (error instanceof RefusedFile) return { name, refused: error };
    throw error;
  }
}

/** Reads files in turn in one child; a file that ends it is refused, and the next one gets a new child. */
function readTogether(files: GivenFile[], limits: Limits) {
  const results = new Map<GivenFile, Promise<FileResult>>();
  const settle = new Map<GivenFile, (reading: Promise<ReadDocument[]>) => void>();
  let isStopped = false;
  for (const file of files) {
    const reading = new Promise<ReadDocument[]>((resolve) => settle.set(file, resolve));
    results.set(file, resultOf(file, reading));
  }
  const work = async (): Promise<void> => {
    let reader: Reader | null = null;
    for (const file of files) {
      if (isStopped) break;
      const reading = refusing(file, async () => {
        admit(file, limits);
        if (!reader || reader.isGone) reader = startReader(limits);
        return reader.read(file);
      });
      settle.get(file)?.(reading);
      await reading.catch(() => {});
    }
    (reader as Reader | null)?.stop();
  };
  if (files.length > 0) void withPlace(work);
  const stop = (): void => {
    isStopped = true;
  };
  return { results, stop };
}

async function refusing<Result>(file: GivenFile, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Unreadable ? new RefusedFile(file.name, error.reason) : error;
  }
}

/** What can be told without reading: the name, the size, the kind. Throws Unreadable. */
function admit({ name, bytes, sidecar }: GivenFile, limits: Limits): void {
  const fault = nameFault(name);
  if (fault) throw new Unreadable(fault);
  const extension = extensionOf(name);
  const format = FORMATS[extension ?? ""];
  if (extension === null || !format)
    throw new Unreadable(
      `loại tệp này không được nhận; hãy gửi một trong các loại: ${Object.keys(FORMATS).join(", ")}`,
    );
  if (bytes.length === 0) throw new Unreadable("tệp trống (0 byte); hãy chọn lại tệp");
  if (bytes.length > limits.fileBytes)
    throw new Unreadable(`tệp lớn hơn ${limits.fileBytes / 2 ** 20} MiB; hãy tách nhỏ tệp`);
  refuseWrongKind(bytes, extension, format.kind);
  if ((sidecar?.length ?? 0) > MOST_SIDECAR) throw new Unreadable("tệp .yaml đi kèm quá lớn");
}

/** Waits until fewer than two children run, so that many uploads at once cost no more than two. */
async function withPlace<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= MOST_CHILDREN) await new Promise<void>((resolve) => queue.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // The place goes on to the next in line without being free in between.
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}
