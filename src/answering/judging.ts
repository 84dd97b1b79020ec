import type { GoldenQuestion } from "../knowledge/catalog.ts";
import type { Corpus } from "../knowledge/corpus.ts";
import { withLearnedQuestions } from "../knowledge/learned.ts";
import { slug } from "../text/fold.ts";
import type { Ask } from "./answer.ts";
import type { Judged, Trial } from "./calibrate.ts";
import { grade } from "./grade.ts";
import { TYPINGS, typed } from "./typing.ts";

/** A question that was answered however unsure, with what was known of its answer. */
export type Judgement = Judged & { evidence: Trial["evidence"] | undefined };

/** Asks questions in every typing; `ask` must answer all that it finds anything for, so that each can be judged. */
export async function judge(ask: Ask, questions: GoldenQuestion[], today: string): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (const question of questions.filter(({ kind }) => kind === "answerable" || kind === "unanswerable")) {
    for (const text of new Set(TYPINGS.map((typing) => typed(question.text, typing)))) {
      const answer = await ask({ text, context: question.context, today });
      if (!answer.outcome.startsWith("answered")) continue;
      const evidence = answer.trace.parts.find((part) => part.decision === "answer")?.evidence ?? undefined;
      const right = question.kind === "answerable" && grade(question, answer).right;
      judgements.push({ evidence, sure: answer.confidence, right });
    }
  }
  return judgements;
}

const FOLDS = 5;

/**
 * Judges the building part fairly: each fifth of it by a corpus that the other four taught. Untaught the evidence would
 * look weaker than it is in use, and taught with the questions themselves stronger. `corpus` must be untaught.
 */
export async function judgeInFolds(
  corpus: Corpus,
  askOf: (corpus: Corpus) => Promise<Ask>,
  today: string,
): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const [own, others] = parted(corpus.golden, (question) => foldOf(question) === fold);
    const taught = { ...corpus, golden: others, passages: withLearnedQuestions(corpus.passages, others) };
    judgements.push(...(await judge(await askOf(taught), own, today)));
  }
  return judgements;
}

function parted(golden: GoldenQuestion[], isOwn: (question: GoldenQuestion) => boolean) {
  const building = golden.filter(({ split }) => split === "build");
  return [building.filter(isOwn), building.filter((question) => !isOwn(question))] as const;
}

/** Ids stay when questions are added, so that a fold stays what it was. */
function foldOf({ id }: GoldenQuestion): number {
  return [...slug(id)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % FOLDS;
}
