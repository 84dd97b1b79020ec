import { join } from "node:path";
import { CitationStore } from "../db/citations.ts";
import type { Database } from "../db/database.ts";
import { EditionStore } from "../db/editions.ts";
import { VectorStore } from "../db/vectors.ts";
import type { FileRow } from "../knowledge/gate-report.ts";
import type { ChatModelSettings } from "../providers/chat-model.ts";
import { createRewording } from "../providers/chat-model.ts";
import { createEmbed, type EmbeddingSettings } from "../providers/embeddings.ts";
import { readDocuments } from "../reading/read-document.ts";
import { openKeptParts } from "./kept-parts.ts";
import { createLibrary, type Library } from "./library.ts";
import { createLive, type Live } from "./live.ts";
import { filesNotTaken, seed } from "./seed.ts";
import { openEdition, type Serving, type Telling } from "./serving.ts";
import type { ReadMany } from "./staging.ts";
import { keepVectors } from "./vectors.ts";

/** The folder only fills a new database; whoever edits it and starts again must not wonder why nothing changed. */
const FOLDER_DIFFERS =
  "thư mục kiến thức có tệp khác với bản đang dùng; muốn dùng thì chạy npm run ingest -- <thư mục>";

export type LibrarySettings = {
  database: Database;
  knowledgeDir: string;
  /** Where what was worked out from the knowledge is kept; null keeps nothing. */
  dataDir: string | null;
  embeddings: EmbeddingSettings | null;
  model: ChatModelSettings | null;
  log: Telling;
  /** An ISO day in Vietnam. */
  today: () => string;
};

export type OpenLibrary = {
  library: Library;
  editions: EditionStore;
  citations: CitationStore;
  /** What became of the files of the knowledge folder, when this start filled the database from them; else null. */
  seeded: FileRow[] | null;
  /** Takes what is in force into use, and whatever is published later; `dress` adds what depends on it. */
  serve<T extends object>(dress: (serving: Serving) => T | Promise<T>): Promise<Live<Serving & T>>;
};

/** Opens the knowledge that the database holds; a new database is filled from the knowledge folder first. */
export async function openLibrary(settings: LibrarySettings): Promise<OpenLibrary> {
  const { database, embeddings, log } = settings;
  const editions = new EditionStore(database);
  const embed = await createEmbed(embeddings);
  const vectors = keepVectors(
    new VectorStore(database),
    embeddings ? `${embeddings.baseUrl} ${embeddings.name}` : "embedded",
    embed,
  );
  const keptParts =
    settings.dataDir === null
      ? null
      : openKeptParts(join(settings.dataDir, "index"), (err, message) => log.error({ err }, message));
  const seeded = await seed(editions, settings.knowledgeDir, readMany);
  for (const { file, reason } of seeded ?? [])
    if (reason) log.error({ file, reason }, "một tài liệu bị từ chối");
  const unknown = seeded ? [] : await filesNotTaken(editions, settings.knowledgeDir);
  if (unknown.length > 0) log.info({ files: unknown.slice(0, 5), count: unknown.length }, FOLDER_DIFFERS);
  return {
    library: createLibrary({
      editions,
      vectors,
      remoteEmbed: embeddings && embed,
      read: readMany,
      today: settings.today,
    }),
    editions,
    citations: new CitationStore(database),
    seeded,
    async serve(dress) {
      const rewording = await createRewording(settings.model);
      const live = await createLive({
        async current() {
          const edition = await editions.current();
          if (edition === null) throw new Error("Cơ sở dữ liệu chưa có kiến thức nào.");
          return edition;
        },
        async build(edition) {
          const serving = await openEdition(edition, { editions, vectors, keptParts, rewording, log });
          return { ...serving, ...(await dress(serving)) };
        },
        log,
      });
      await database.listen("editions", () => void live.refresh());
      // What was published between the first look and the first notice.
      await live.refresh();
      return live;
    },
  };
}

const readMany: ReadMany = async (files) => {
  const results = [];
  for await (const result of readDocuments(files))
    results.push("refused" in result ? result.refused : result.documents);
  return results;
};
