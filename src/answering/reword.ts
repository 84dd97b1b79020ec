import { normalize } from "../text/normalize.ts";
import type { Finding } from "./finding.ts";
import { masked } from "./mask.ts";
import { givesOrders } from "./orders.ts";
import { check, type GivenPassage, type Rephrase, type Rephrased } from "./rephrase.ts";

/** A language model with the time it is given: the signal aborts when that is over. */
export type Rewording = { rephrase: Rephrase; deadline: (ms: number) => AbortSignal };

/** Sentences by the id of the passage that they stand for, and what became of the attempt. */
export type Reworded = { said: Map<string, string[]>; outcome: string | null };

/** The model has this long; then the extractive answer goes out. */
const BUDGET_MS = 8000;

/** Lets the model say the findings in other words; whatever goes wrong, nothing is reworded and the reason is noted. */
export async function reword(
  rewording: Rewording | null | undefined,
  question: string,
  findings: Finding[],
): Promise<Reworded> {
  if (!rewording) return nothing(null);
  const passages = findings.flatMap(toPassage);
  if (passages.some(({ text }) => givesOrders(text))) return nothing("rejected: orders");
  const signal = rewording.deadline(BUDGET_MS);
  try {
    const request = { question: masked(question), passages };
    const answer = await Promise.race([rewording.rephrase(request, signal), rejection(signal)]);
    const { said, rejection: reason } = check(answer, passages);
    return said ? { said: bySource(said), outcome: "rephrased" } : nothing(`rejected: ${reason}`);
  } catch (error) {
    return nothing(`failed: ${signal.aborted ? "timeout" : kindOf(error)}`);
  }
}

function nothing(outcome: string | null): Reworded {
  return { said: new Map(), outcome };
}

/** What the member would read otherwise is all that the model gets to see. */
function toPassage({ best, selection }: Finding): GivenPassage[] {
  const text = normalize([...selection.lead, ...selection.parts].join("\n"));
  return best ? [{ id: best.passage.id, text }] : [];
}

/** A model that ignores its signal is not waited for. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function bySource(said: Rephrased[]): Map<string, string[]> {
  const sources = new Map<string, string[]>();
  for (const { text, cites } of said) {
    const source = cites[0] ?? "";
    sources.set(source, [...(sources.get(source) ?? []), text]);
  }
  return sources;
}

/** The kind of an error only; its message may hold words of the model or of the member. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return error.name === "Error" ? error.constructor.name : error.name;
}
