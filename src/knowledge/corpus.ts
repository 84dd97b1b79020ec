import { z } from "zod";
import { slug } from "../text/fold.ts";
import { atOnce, type Steps } from "../text/steps.ts";
import {
  Agency,
  Calibration,
  Commune,
  type Deadlines,
  Deadlines as DeadlinesSchema,
  type Glossary,
  Glossary as GlossarySchema,
  type GoldenQuestion,
  type Holiday,
  Holiday as HolidaySchema,
  type Intents,
  Intents as IntentsSchema,
  OpinionSamples,
  parseCatalog,
  parseGolden,
  Topic,
} from "./catalog.ts";
import { type PolicyDocument, type Refusal, RefusedFile } from "./document.ts";
import { learningSteps } from "./learned.ts";
import { parseMarkdown } from "./markdown.ts";
import { withNaturalQuestions } from "./natural-questions.ts";
import { isDocumentPath, isGoldenPath } from "./paths.ts";
import { type Passage, toPassages } from "./validity.ts";

/** A file of the knowledge folder: its path inside the folder, with forward slashes, and its text in our own format. */
export type KnowledgeFile = { path: string; text: string };

export type Catalog = {
  topics: Topic[];
  agencies: Agency[];
  communes: Commune[];
  glossary: Glossary;
  intents: Intents;
  holidays: Holiday[];
  deadlines: Deadlines;
  calibration: Calibration;
  opinions: OpinionSamples;
};

/** Everything the assistant knows. `refused` documents are left out, each with its reason; the others stand. */
export type Corpus = {
  documents: PolicyDocument[];
  passages: Passage[];
  catalog: Catalog;
  golden: GoldenQuestion[];
  refused: Refusal[];
};

/**
 * Reads the knowledge folder; without `learn` the golden set stays out of the sample questions, for a fair trial on it.
 * A faulty document is refused by itself; a missing or faulty catalog file throws RefusedFile.
 */
export function buildCorpus(files: KnowledgeFile[], { learn = true } = {}): Corpus {
  return atOnce(corpusSteps(files, learn));
}

/** The same, one document a step. */
export function* corpusSteps(files: KnowledgeFile[], learn = true): Steps<Corpus> {
  const { documents, refused } = yield* readDocuments(files);
  const golden: GoldenQuestion[] = [];
  for (const { path, text } of files.filter((file) => isGoldenPath(file.path))) {
    golden.push(...parseGolden(path, text));
    yield;
  }
  const catalog = yield* readCatalog(files);
  const passages = withNaturalQuestions(toPassages(documents), documents);
  yield;
  return {
    documents,
    passages: learn ? yield* learningSteps(passages, golden) : passages,
    catalog,
    golden,
    refused,
  };
}

function* readDocuments(files: KnowledgeFile[]): Steps<Pick<Corpus, "documents" | "refused">> {
  const refused: Refusal[] = [];
  const documents: PolicyDocument[] = [];
  const numbers = new Map<string, string>();
  for (const { path, text } of files.filter((file) => isDocumentPath(file.path))) {
    yield;
    try {
      const document = parseMarkdown(path, text);
      const key = slug(document.number);
      const twin = numbers.get(key);
      if (twin) throw new RefusedFile(path, `số hiệu ${document.number} đã có ở ${twin}`);
      numbers.set(key, path);
      documents.push(document);
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error;
      refused.push({ file: error.file, reason: error.reason });
    }
  }
  return { documents, refused };
}

/** How many clauses the documents hold; what the golden set adds as known gaps is none. */
export function clauseCount({ documents }: Pick<Corpus, "documents">): number {
  return documents.reduce((sum, { clauses }) => sum + clauses.length, 0);
}

/** What each catalog file holds. */
const CATALOGS = {
  topics: z.array(Topic),
  agencies: z.array(Agency),
  communes: z.array(Commune),
  glossary: GlossarySchema,
  intents: IntentsSchema,
  holidays: z.array(HolidaySchema),
  deadlines: DeadlinesSchema,
  calibration: Calibration,
  opinions: OpinionSamples,
} as const;

/** Knowledge that was published before these were data goes on with their defaults. */
const OPTIONAL = ["deadlines", "opinions"];

function* readCatalog(files: KnowledgeFile[]): Steps<Catalog> {
  const read: [name: string, value: unknown][] = [];
  for (const [name, schema] of Object.entries(CATALOGS)) {
    const file = files.find(({ path }) => path === `${name}.yaml`);
    if (!file && !OPTIONAL.includes(name))
      throw new RefusedFile(`${name}.yaml`, "thiếu tệp này trong thư mục kiến thức");
    read.push([name, file ? parseCatalog(file.path, schema, file.text) : schema.parse({})]);
    yield;
  }
  return Object.fromEntries(read) as Catalog;
}

/** Tells whether a catalog file or a file of golden questions can be used; throws RefusedFile with its faults. */
export function checkCatalogFile({ path, text }: KnowledgeFile): void {
  const name = path.replace(/\.yaml$/, "");
  if (Object.hasOwn(CATALOGS, name)) parseCatalog(path, CATALOGS[name as keyof typeof CATALOGS], text);
  else if (isGoldenPath(path)) parseGolden(path, text);
  else
    throw new RefusedFile(
      path,
      `không phải tệp danh mục; các danh mục là ${Object.keys(CATALOGS).join(", ")}`,
    );
}
