import { appendFileSync } from "node:fs";
import pg from "pg";
import { ARM, ARMED, type CrashPoint, callOf, isClaim, labelOf, lineOf } from "./point.ts";

/**
 * Loaded before the service: notes every write to the database and every call to Telegram in a file, and kills the process
 * at the moment that it was told. It does nothing until it is armed.
 */
const point: CrashPoint | null = JSON.parse(process.env.CRASH_POINT ?? "null");
const trace = process.env.CRASH_TRACE ?? "";
const counts = new Map<string, number>();
let isArmed = false;

if (trace) {
  process.on(ARM, () => {
    isArmed = true;
    appendFileSync(trace, `${ARMED}\n`);
  });
  watchStatements();
  watchCalls();
}

function count(label: string): number {
  const nth = (counts.get(label) ?? 0) + 1;
  counts.set(label, nth);
  return nth;
}

function pass(moment: CrashPoint): void {
  const line = lineOf(moment);
  appendFileSync(trace, `${line}\n`);
  if (!point || line !== lineOf(point)) return;
  process.kill(process.pid, "SIGKILL");
  // Not every kernel ends us before the call returns.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

type Given = string | { text?: string; values?: unknown[] };
type Done = (error: unknown, result?: { rowCount?: number | null }) => void;
// biome-ignore lint/suspicious/noExplicitAny: every overload of the driver's query passes through.
type Query = (this: pg.Client, ...given: any[]) => any;

function watchStatements(): void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const query = prototype.query;
  const written = new WeakMap<pg.Client, string>();

  prototype.query = function (this: pg.Client, ...given) {
    const label = isArmed ? stepOf(this, given) : null;
    if (!label) return query.apply(this, given);
    const nth = isClaim(label) ? null : count(label);
    if (nth !== null) pass({ phase: "before", label, nth });
    const finish = (rowCount: number | null | undefined) => {
      if (nth !== null) pass({ phase: "after", label, nth });
      else if (rowCount) pass({ phase: "after", label, nth: count(label) });
    };
    const last = given.at(-1) as unknown;
    if (typeof last !== "function")
      return query.apply(this, given).then((result: { rowCount: number | null }) => {
        finish(result.rowCount);
        return result;
      });
    const done: Done = (error, result) => {
      if (!error) finish(result?.rowCount);
      (last as Done)(error, result);
    };
    return query.apply(this, [...given.slice(0, -1), done]);
  };

  /** A commit is named after what was written before it; one of nothing is no step. */
  function stepOf(client: pg.Client, [given, values]: unknown[]): string | null {
    const { text = "", values: own } =
      typeof given === "string" ? { text: given } : (given as Exclude<Given, string>);
    if (/^\s*begin\b/i.test(text)) written.delete(client);
    if (/^\s*commit\b/i.test(text)) {
      const last = written.get(client);
      return last ? `commit after ${last}` : null;
    }
    const label = labelOf(text, own ?? (Array.isArray(values) ? values : []));
    if (label) written.set(client, label);
    return label;
  }
}

function watchCalls(): void {
  const call = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const label = isArmed ? callOf(input instanceof Request ? input.url : String(input)) : null;
    if (!label) return call(input, init);
    const nth = count(label);
    pass({ phase: "before", label, nth });
    const response = await call(input, init);
    pass({ phase: "after", label, nth });
    return response;
  };
}
