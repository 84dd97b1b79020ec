import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CitationStore } from "../../src/db/citations.ts";
import { EditionStore } from "../../src/db/editions.ts";
import { VectorStore } from "../../src/db/vectors.ts";
import type { KnowledgeFile } from "../../src/knowledge/corpus.ts";
import { RefusedFile } from "../../src/knowledge/document.ts";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";
import { createLibrary } from "../../src/library/library.ts";
import { openEdition } from "../../src/library/serving.ts";
import { editionHash, type ReadMany, stageFiles } from "../../src/library/staging.ts";
import { keepVectors } from "../../src/library/vectors.ts";
import { createEmbed } from "../../src/providers/embeddings.ts";
import { ownFiles, TODAY } from "./corpus.ts";
import { type FreshDatabase, freshDatabase } from "./database.ts";

export const ADMIN = { name: "Quản trị thử", staffId: null };

/** A decree of one article with two khoản. */
export function decree(amount: string, second = "Hồ sơ nộp tại Ủy ban nhân dân xã."): string {
  return `---
number: 901/2025/NĐ-CP
title: Hỗ trợ máy sấy lúa thử nghiệm
issuer: Chính phủ
signed: 2025-01-01
effective: 2025-01-01
expires: null
topics: [ha-tang]
source: bài thử
certainty: certain
---
## Điều 5. Mức hỗ trợ máy sấy lúa thử nghiệm
1. Mức hỗ trợ máy sấy lúa thử nghiệm là ${amount} đồng.
2. ${second}
`;
}

/** The decree that changes its amount from the first day of 2026. */
export const AMENDING = `---
number: 902/2025/NĐ-CP
title: Sửa đổi mức hỗ trợ máy sấy lúa thử nghiệm
issuer: Chính phủ
signed: 2025-12-01
effective: 2026-01-01
expires: null
topics: [ha-tang]
source: bài thử
certainty: certain
amends:
  - { document: 901/2025/NĐ-CP, clause: "Điều 5", by: "Điều 1", effect: replaces, from: 2026-01-01 }
---
## Điều 1. Mức hỗ trợ máy sấy lúa thử nghiệm
Mức hỗ trợ máy sấy lúa thử nghiệm là 222 triệu đồng.
`;

export const QUESTION = "mức hỗ trợ máy sấy lúa thử nghiệm là bao nhiêu";

/** A golden question that only the decree's first amount answers rightly. */
export const GOLDEN = `${JSON.stringify({
  id: "thu-1",
  text: QUESTION,
  kind: "answerable",
  topic: "ha-tang",
  split: "report",
  expect: { documents: ["901/2025/NĐ-CP", "902/2025/NĐ-CP"], facts: ["111 triệu"] },
})}\n`;

export const file = (name: string, text: string) => ({
  name,
  bytes: new TextEncoder().encode(text),
  sidecar: null,
});

/** The catalogs and every eighth document of ours, since words are telling by how few clauses hold them; no golden question. */
export async function fewFiles(): Promise<KnowledgeFile[]> {
  const own = await ownFiles();
  return [
    ...own.filter(({ path }) => /^[a-z-]+\.yaml$/.test(path)),
    ...own.filter(({ path }) => path.startsWith("documents/")).filter((_, i) => i % 8 === 0),
  ];
}

/** The same as a knowledge folder, whose gate takes no time. */
export async function writeFewFiles(folder: string): Promise<void> {
  await mkdir(join(folder, "documents"), { recursive: true });
  for (const { path, text } of await fewFiles()) await writeFile(join(folder, path), text);
}

/** Reads our own Markdown in this process; what is tested here is what becomes of it. */
export const readMarkdown: ReadMany = async (files) =>
  files.map(({ name, bytes }) => {
    const text = new TextDecoder().decode(bytes);
    try {
      return [{ path: name, text, document: parseMarkdown(name, text) }];
    } catch (error) {
      if (error instanceof RefusedFile) return error;
      throw error;
    }
  });

export type LibraryRig = Awaited<ReturnType<typeof createLibraryRig>>;

/** A library on a database of its own, in force: the catalogs, every eighth document of ours, and the decree with 111 million. */
export async function createLibraryRig() {
  const fresh: FreshDatabase = await freshDatabase();
  const { database } = fresh;
  const editions = new EditionStore(database);
  const embed = await createEmbed(null);
  const vectors = keepVectors(new VectorStore(database), "embedded", embed);
  const parts = { editions, vectors, remoteEmbed: null, read: readMarkdown, today: () => TODAY };
  const library = createLibrary(parts);

  const given = [
    ...(await fewFiles()).map(({ path, text }) => file(path, text)),
    file("documents/901.md", decree("111 triệu")),
    file("golden/thu.jsonl", GOLDEN),
  ];
  const staged = await stageFiles(given, [], 0, readMarkdown);
  const files = staged.flatMap((one) => one.files);
  await editions.first(files, editionHash(files), ADMIN, "đầu tiên");
  const first = (await editions.current()) ?? 0;

  return {
    ...fresh,
    editions,
    vectors,
    library,
    parts,
    first,
    citations: new CitationStore(database),
    /** Stages files on top of what is in force. */
    async stage(...files: { name: string; bytes: Uint8Array; sidecar: string | null }[]) {
      const edition = await library.stage(ADMIN, null);
      return { edition, rows: await library.add(edition, files) };
    },
    /** Asks what is in force. */
    async ask(text: string) {
      const current = (await editions.current()) ?? first;
      const log = { info: () => {}, error: () => {} };
      const serving = await openEdition(current, {
        editions,
        vectors,
        keptParts: null,
        rewording: null,
        log,
      });
      return serving.ask({ text, context: [], today: TODAY });
    },
  };
}
