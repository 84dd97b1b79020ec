import type { GoldenQuestion } from "../knowledge/catalog.ts";
import type { Passage } from "../knowledge/validity.ts";
import { classifierSteps, createClassify, type Example, type Weights } from "../text/classifier.ts";
import type { Steps } from "../text/steps.ts";
import { questionFeatures } from "./intent.ts";

/** How likely, 0 to 1, a question is of the kind that the corpus answers, by its words alone. */
export type ReadAnswerable = (text: string) => number;

const KINDS = ["answered", "open"] as const;
/** Whether clauses answer a question or it is known to have no answer. */
type Kind = (typeof KINDS)[number];

/** Enough of each clause to know its questions by; all of them would only slow the start. */
const SAMPLES_PER_CLAUSE = 8;
const SAMPLES_A_STEP = 200;

/** Learns, step by step, what tells the questions that clauses answer from those that are known to have no answer. */
export function* answerableSteps(
  passages: Pick<Passage, "questions" | "certainty" | "document">[],
  golden: GoldenQuestion[],
  expand: (text: string) => string,
): Steps<Weights<Kind>> {
  const samples = [
    ...passages.flatMap(({ questions, certainty }) =>
      spread(questions, certainty === "unknown" ? questions.length : SAMPLES_PER_CLAUSE).map((text) => ({
        label: (certainty === "unknown" ? "open" : "answered") as Kind,
        text,
      })),
    ),
    ...golden.flatMap(({ split, kind, text }) =>
      split === "build" && kind === "answerable" ? [{ label: "answered" as Kind, text }] : [],
    ),
  ];
  const examples: Example<Kind>[] = [];
  for (const [i, { label, text }] of samples.entries()) {
    examples.push({ label, features: questionFeatures(expand(text)) });
    if (i % SAMPLES_A_STEP === 0) yield;
  }
  return yield* classifierSteps(KINDS, examples);
}

export function createReadAnswerable(
  learnt: Weights<Kind>,
  expand: (text: string) => string,
): ReadAnswerable {
  const classify = createClassify(learnt);
  return (text) => classify(questionFeatures(expand(text))).answered;
}

/** So many of a list, from its beginning to its end: the first questions of a clause are alike in their words. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  const step = Math.max(1, items.length / count);
  return items.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}
