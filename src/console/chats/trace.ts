import { z } from "zod";

/** Each part of an older trace that cannot be read is left out, the others are shown. */
const text = z.string().nullable().catch(null).default(null);
const share = z.number().nullable().catch(null).default(null);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).catch([]).default([]);

const Clause = z.object({ passage: z.string(), document: text, locator: text, score: share });
const Candidate = Clause.extend({
  fate: text,
  body: share,
  asked: share,
  vector: share,
  coverage: share,
});
const Part = z.object({
  question: z.string(),
  decision: z.string(),
  confidence: share,
  candidates: list(Candidate),
  rejected: list(Clause.extend({ why: z.string() })),
});

const Understood = z.object({
  text,
  reading: z
    .object({ intent: z.string(), chances: z.record(z.string(), z.number()) })
    .nullable()
    .catch(null)
    .default(null),
  background: text,
  earlier: text,
  asOf: z.iso.date().nullable().catch(null).default(null),
  asOfGiven: z.boolean().catch(false).default(false),
  documents: list(z.string()),
});

const StoredTrace = z.object({
  understood: Understood.nullable().catch(null).default(null),
  parts: list(Part),
  threshold: share,
  cited: list(z.string()),
  rephrasing: text,
  elapsedMs: share,
  timings: z
    .object({ understanding: z.number(), searching: z.number(), wording: z.number() })
    .nullable()
    .catch(null)
    .default(null),
  edition: z.number().nullable().catch(null).default(null),
});

/** How an answer came about, as far as what was stored with it can be read. */
export type StoredTrace = z.infer<typeof StoredTrace>;
export type TracedPart = z.infer<typeof Part>;

/** Null when no answer was sought, or nothing of the trace can be read. */
export function readTrace(stored: unknown): StoredTrace | null {
  const trace = StoredTrace.safeParse(stored).data;
  return trace && (trace.understood || trace.parts.length > 0) ? trace : null;
}
