import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { z } from "zod";

const Article = z.object({ id: z.coerce.string(), title: z.string().default(""), text: z.string() });
const BenchQuery = z.object({
  id: z.coerce.string(),
  text: z.string(),
  relevant: z.array(z.coerce.string()),
  noMarks: z.string().optional(),
  halfMarks: z.string().optional(),
  typos: z.string().optional(),
});

/** What is searched. */
export type Article = z.infer<typeof Article>;
/** A question with its relevant ids, and the same question as it is typed in other ways. */
export type BenchQuery = z.infer<typeof BenchQuery>;

export const VARIANTS = ["text", "noMarks", "halfMarks", "typos"] as const;
export type Variant = (typeof VARIANTS)[number];

export function readCorpus(path: string): Promise<Article[]> {
  return readLines(path, Article);
}

export function readQueries(path: string): Promise<BenchQuery[]> {
  return readLines(path, BenchQuery);
}

async function readLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const file = createReadStream(path);
  const input = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  file.on("error", (error) => input.destroy(error));
  const rows: T[] = [];
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === "") continue;
    rows.push(readLine(line, schema, `${path}, dòng ${number}`));
  }
  return rows;
}

function readLine<T>(line: string, schema: z.ZodType<T>, where: string): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (error) {
    const fault = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new Error(`${where}: ${fault}`);
  }
}
