import type { Article } from "./data.ts";
import { type BenchQuery, VARIANTS, type Variant } from "./data.ts";
import { percentile, type Quality, quality } from "./metrics.ts";
import type { Search, System } from "./system.ts";

export type VariantResult = Quality & { p50Ms: number; p95Ms: number };
/** One system's figures; memory is heap, external and array buffers after the build less before it, both after collection. */
export type SystemResult = {
  name: string;
  about: string;
  buildMs: number;
  memoryMb: number;
  variants: Partial<Record<Variant, VariantResult>>;
};

const FOUND = 10;
/** Asked before the clock runs, so that compiling is not measured. */
const WARM_UP = 100;

/** Builds one system and asks it every question in every typing; the process must have been started with --expose-gc. */
export async function measure(
  system: System,
  articles: Article[],
  queries: BenchQuery[],
): Promise<SystemResult> {
  const build = await system.load();
  const before = memory();
  const began = performance.now();
  const search = await build(articles);
  const buildMs = performance.now() - began;
  const memoryMb = (memory() - before) / 2 ** 20;
  for (const { text } of queries.slice(0, WARM_UP)) await search.search(text, FOUND);
  const variants: SystemResult["variants"] = {};
  for (const variant of VARIANTS) {
    const own = queries.filter((query) => query[variant] !== undefined);
    if (own.length > 0) variants[variant] = await ask(search, own, variant);
  }
  await search.close?.();
  return { name: system.name, about: system.about, buildMs, memoryMb, variants };
}

async function ask(search: Search, queries: BenchQuery[], variant: Variant): Promise<VariantResult> {
  const times: number[] = [];
  const rankings: { found: string[]; relevant: string[] }[] = [];
  for (const query of queries) {
    const began = performance.now();
    const found = await search.search(query[variant] as string, FOUND);
    times.push(performance.now() - began);
    rankings.push({ found, relevant: query.relevant });
  }
  return { ...quality(rankings), p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95) };
}

function memory(): number {
  if (!globalThis.gc) throw new Error("start node with --expose-gc");
  for (let i = 0; i < 4; i++) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  // Array buffers are part of `external`.
  return heapUsed + external;
}
