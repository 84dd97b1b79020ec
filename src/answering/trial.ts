import type { GoldenQuestion } from "../knowledge/catalog.ts";
import type { AnswerChange, Told } from "../knowledge/gate-report.ts";
import type { Ask } from "./answer.ts";
import { grade } from "./grade.ts";

/** How one golden question was answered; `cited` are ids of clauses. */
export type Trial = {
  id: string;
  question: string;
  kind: GoldenQuestion["kind"];
  outcome: string;
  /** 0 to 1, how likely it is right that it was answered so. */
  confidence: number;
  text: string;
  cited: string[];
  right: boolean;
  reason: string;
};

/** Asks every question as on one ISO day. `pause` lets other work go on between two questions. */
export async function tryAll(
  ask: Ask,
  questions: GoldenQuestion[],
  today: string,
  pause: () => Promise<void> = async () => {},
): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const question of questions) {
    const answer = await ask({ text: question.text, context: question.context, today });
    const { right, reason } = grade(question, answer);
    trials.push({
      id: question.id,
      question: question.text,
      kind: question.kind,
      outcome: answer.outcome,
      confidence: answer.confidence,
      text: answer.text,
      cited: answer.citations.map(({ passageId }) => passageId),
      right,
      reason,
    });
    await pause();
  }
  return trials;
}

/** What a new state of the corpus answers otherwise, what it breaks first. `threshold` is the confidence that an answer needs. */
export function compareTrials(before: Trial[], after: Trial[], threshold: number): AnswerChange[] {
  const old = new Map(before.map((trial) => [trial.id, trial]));
  const changes = after.flatMap((trial) => {
    const earlier = old.get(trial.id);
    return earlier && differs(earlier, trial) ? [changeOf(earlier, trial, threshold)] : [];
  });
  return changes.sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
}

const ORDER = ["broken", "unsteady", "mended", "other"];
/** Adding a decree of five articles moved no confidence by more than 0.06. */
const NEAR = 0.1;
/** Below this the reading of what a message wants is little more than a guess. */
const GUESS = 0.6;

function differs(before: Trial, after: Trial): boolean {
  return (
    before.outcome !== after.outcome ||
    before.text !== after.text ||
    before.right !== after.right ||
    before.cited.join() !== after.cited.join()
  );
}

function changeOf(before: Trial, after: Trial, threshold: number): AnswerChange {
  return {
    id: after.id,
    question: after.question,
    kind: after.kind,
    verdict: verdictOf(before, after, threshold),
    before: told(before),
    after: told(after),
  };
}

function verdictOf(before: Trial, after: Trial, threshold: number): AnswerChange["verdict"] {
  if (before.right === after.right) return "other";
  if (after.right) return "mended";
  const isNear = (trial: Trial) =>
    isAnswered(trial) ? trial.confidence < threshold + NEAR : trial.confidence < GUESS;
  if (!isAnswered(after)) return isNear(before) ? "unsteady" : "broken";
  // Two answers that claim different things, or a claim where there was none: only the latter can be a near thing.
  return !isAnswered(before) && isNear(after) ? "unsteady" : "broken";
}

function isAnswered({ outcome }: Trial): boolean {
  return outcome.startsWith("answered");
}

function told({ outcome, confidence, text, cited, right, reason }: Trial): Told {
  return { outcome, confidence, text, cited, right, reason };
}
