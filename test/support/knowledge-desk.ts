import type { InUse, KnowledgeDesk } from "../../src/console/knowledge-desk.ts";
import { CitationStore } from "../../src/db/citations.ts";
import type { Database } from "../../src/db/database.ts";
import { EditionStore } from "../../src/db/editions.ts";
import { ProposalStore } from "../../src/db/proposals.ts";
import { VectorStore } from "../../src/db/vectors.ts";
import { createLibrary, type Library } from "../../src/library/library.ts";
import { createLive } from "../../src/library/live.ts";
import { createProposals } from "../../src/library/proposals.ts";
import { openEdition } from "../../src/library/serving.ts";
import { keepVectors } from "../../src/library/vectors.ts";
import { TODAY } from "./corpus.ts";
import type { LibraryRig } from "./library-rig.ts";

/** The knowledge of a database that holds none, for pages about other things. */
export function emptyKnowledge(database: Database): KnowledgeDesk {
  const editions = new EditionStore(database);
  const vectors = keepVectors(new VectorStore(database), "embedded", async () => []);
  const read = async () => [];
  const library = createLibrary({ editions, vectors, remoteEmbed: null, read, today: () => TODAY });
  return { ...stores(database, library), live: { now: () => NOTHING, refresh: async () => {} } };
}

/** The knowledge of a library's rig, what is in force being asked as in the service. */
export async function knowledgeOf({
  database,
  editions,
  vectors,
  library,
}: LibraryRig): Promise<KnowledgeDesk> {
  const log = { info: () => {}, error: () => {} };
  const live = await createLive({
    current: async () => (await editions.current()) ?? 0,
    build: (edition) => openEdition(edition, { editions, vectors, keptParts: null, rewording: null, log }),
    log,
  });
  return { ...stores(database, library), live };
}

function stores(database: Database, library: Library) {
  return {
    library,
    editions: new EditionStore(database),
    citations: new CitationStore(database),
    proposals: createProposals(new ProposalStore(database), library),
    today: () => TODAY,
  };
}

const NOTHING = {
  edition: 0,
  corpus: { documents: [], passages: [], golden: [], refused: [], catalog: { agencies: [] } },
  ask: () => Promise.reject(new Error("there is nothing to ask")),
  passage: () => null,
  provenance: new Map(),
} as unknown as InUse;
