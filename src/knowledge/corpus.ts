import { z } from "zod";
import { slug } from "../text/fold.ts";
import {
  Agency,
  Calibration,
  Commune,
  type Glossary,
  Glossary as GlossarySchema,
  type GoldenQuestion,
  Holiday,
  type Intents,
  Intents as IntentsSchema,
  parseCatalog,
  parseGolden,
  Topic,
} from "./catalog.ts";
import { type PolicyDocument, RefusedFile } from "./document.ts";
import { withLearnedQuestions } from "./learned.ts";
import { parseMarkdown } from "./markdown.ts";
import { type Passage, toPassages } from "./validity.ts";

/** A file of the knowledge folder: its path inside the folder, with forward slashes, and its text. */
export type KnowledgeFile = { path: string; text: string };

export type Catalog = {
  topics: Topic[];
  agencies: Agency[];
  communes: Commune[];
  glossary: Glossary;
  intents: Intents;
  holidays: z.infer<typeof Holiday>[];
  calibration: Calibration;
};

/** Everything the assistant knows. `refused` documents are left out, each with its reason; the others stand. */
export type Corpus = {
  documents: PolicyDocument[];
  passages: Passage[];
  catalog: Catalog;
  golden: GoldenQuestion[];
  refused: RefusedFile[];
};

/** Reads the knowledge folder; without `learn` the golden set stays out of the sample questions, for a fair trial on it.
 * A faulty document is refused by itself; a missing or faulty catalog file throws RefusedFile. */
export function buildCorpus(files: KnowledgeFile[], { learn = true } = {}): Corpus {
  const refused: RefusedFile[] = [];
  const documents: PolicyDocument[] = [];
  const numbers = new Map<string, string>();
  for (const { path, text } of files.filter(({ path }) => /^documents\/.+\.md$/.test(path))) {
    try {
      const document = parseMarkdown(path, text);
      const key = slug(document.number);
      const twin = numbers.get(key);
      if (twin) throw new RefusedFile(path, `số hiệu ${document.number} đã có ở ${twin}`);
      numbers.set(key, path);
      documents.push(document);
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error;
      refused.push(error);
    }
  }
  const golden = files
    .filter(({ path }) => /^golden\/.+\.jsonl$/.test(path))
    .flatMap(({ path, text }) => parseGolden(path, text));
  return {
    documents,
    passages: learn ? withLearnedQuestions(toPassages(documents), golden) : toPassages(documents),
    catalog: readCatalog(files),
    golden,
    refused,
  };
}

function readCatalog(files: KnowledgeFile[]): Catalog {
  const read = <Schema extends z.ZodType>(path: string, schema: Schema) => {
    const file = files.find((candidate) => candidate.path === path);
    if (!file) throw new RefusedFile(path, "thiếu tệp này trong thư mục kiến thức");
    return parseCatalog(path, schema, file.text);
  };
  return {
    topics: read("topics.yaml", z.array(Topic)),
    agencies: read("agencies.yaml", z.array(Agency)),
    communes: read("communes.yaml", z.array(Commune)),
    glossary: read("glossary.yaml", GlossarySchema),
    intents: read("intents.yaml", IntentsSchema),
    holidays: read("holidays.yaml", z.array(Holiday)),
    calibration: read("calibration.yaml", Calibration),
  };
}
