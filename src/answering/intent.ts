import { type GoldenQuestion, INTENTS, type Intent, type Intents } from "../knowledge/catalog.ts";
import type { Clause } from "../knowledge/document.ts";
import { classifierSteps, createClassify, type Example, type Weights } from "../text/classifier.ts";
import type { Steps } from "../text/steps.ts";
import { bareWords, syllables } from "../text/syllables.ts";

/** What a message wants, with how sure that is. */
export type Reading = { intent: Intent; chances: Record<Intent, number> };
export type ReadIntent = (text: string) => Reading;

const GOLDEN_INTENT = { answerable: "question", unanswerable: "question", petition: "petition" } as const;

/** Enough of each clause to know a question by; all of them would only slow the start. */
const SAMPLES_PER_CLAUSE = 3;
const SAMPLES_A_STEP = 200;

/**
 * Learns, step by step, from sample messages and from the questions written for clauses to tell questions, petitions, small talk
 * and attempts to steer the bot apart.
 */
export function* intentSteps(
  intents: Intents,
  clauses: Pick<Clause, "questions">[],
  golden: GoldenQuestion[],
  expand: (text: string) => string,
): Steps<Weights<Intent>> {
  const samples = [
    ...INTENTS.flatMap((label) => (intents.examples[label] ?? []).map((text) => ({ label, text }))),
    ...clauses.flatMap((clause) =>
      clause.questions.slice(0, SAMPLES_PER_CLAUSE).map((text) => ({ label: "question" as Intent, text })),
    ),
    ...golden.flatMap((question) => {
      const known = question.split === "build" && question.kind in GOLDEN_INTENT;
      return known
        ? [
            {
              label: GOLDEN_INTENT[question.kind as keyof typeof GOLDEN_INTENT] as Intent,
              text: question.text,
            },
          ]
        : [];
    }),
  ];
  const examples: Example<Intent>[] = [];
  for (const [i, { label, text }] of samples.entries()) {
    examples.push({ label, features: questionFeatures(expand(text)) });
    if (i % SAMPLES_A_STEP === 0) yield;
  }
  return yield* classifierSteps(INTENTS, examples);
}

/** Reads what a message wants by what was learnt; who opens like a petition and asks nothing surely has one. */
export function createReadIntent(
  learnt: Weights<Intent>,
  intents: Pick<Intents, "petitionOpenings">,
  expand: (text: string) => string,
): ReadIntent {
  const classify = createClassify(learnt);
  const openings = intents.petitionOpenings.map((opening) => bareWords(expand(opening)));
  return (text) => {
    const plain = bareWords(expand(text));
    if (opensPetition(plain, openings) && !text.includes("?") && !ASKS_FOR.test(plain))
      return SURELY_PETITION;
    const chances = classify(questionFeatures(expand(text)));
    const intent = INTENTS.reduce(
      (best, label) => (chances[label] > chances[best] ? label : best),
      INTENTS[0],
    );
    return { intent, chances };
  };
}

function opensPetition(plain: string, openings: string[]): boolean {
  return openings.some((opening) => plain.startsWith(`${opening} `) || plain === opening);
}

const SURELY_PETITION: Reading = {
  intent: "petition",
  chances: { question: 0, petition: 1, greeting: 0, thanks: 0, identity: 0, outside: 0, steering: 0 },
};

/** Words that ask; they count as one feature too, since there are many and each is rare. */
const ASKING =
  /\b(bao nhieu|bao lau|bao gio|khi nao|may|o dau|cho nao|the nao|ra sao|lam sao|la gi|gi|nao|ai|vi sao|tai sao|co duoc|duoc khong|khong|chua|phai khong|dung khong|muc nao)\b/;

/** What makes a question of a message that opens like a petition; "không ai chịu làm" only complains. */
const ASKS_FOR =
  /\b(bao nhieu|bao lau|bao gio|khi nao|may (ngay|thang|nam|tien)|o dau|cho nao|the nao|ra sao|lam sao|la gi|gi|nao|cho ai|ai giai quyet|duoc khong|phai khong|dung khong|muc nao)\b|\b(khong|chua|ai)$/;

/** What a message is known by: its words, its pairs, how it begins and ends. */
export function questionFeatures(text: string): string[] {
  const words = syllables(text).map((word) => word.plain);
  const whole = words.join(" ");
  return [
    "*",
    ...words,
    ...words.slice(1).map((word, i) => `${words[i]} ${word}`),
    `^${words[0] ?? ""}`,
    `^${words.slice(0, 2).join(" ")}`,
    `$${words.at(-1) ?? ""}`,
    ...(ASKING.test(whole) ? ["?asks"] : ["?tells"]),
    ...(words.length <= 3 ? ["#short"] : words.length > 25 ? ["#long"] : []),
  ];
}
