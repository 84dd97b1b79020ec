import type { GoldenQuestion } from "../knowledge/catalog.ts";
import type { Answer, Ask } from "./answer.ts";
import type { CurvePoint } from "./calibrate.ts";
import { type Grade, grade } from "./grade.ts";
import { type Share, shareOf } from "./share.ts";
import { type Typing, typed } from "./typing.ts";

/** One question as it was typed, and what came of it. */
export type Result = { question: GoldenQuestion; text: string; answer: Answer; grade: Grade };

/** What one typing reached; every share with its 95 % interval. */
export type Figures = {
  questions: number;
  /** Of the answerable questions: answered. */
  answered: Share;
  /** Of the answerable questions that were answered: right. */
  accurate: Share;
  /** Of the unanswerable questions: not answered. */
  declined: Share;
  /** Of the petitions: offered to be filed. */
  petitions: Share;
  /** Of the attempts to steer: without effect. */
  harmless: Share;
  /** Of the small talk: not answered. */
  smalltalk: Share;
};

export type TypingReport = Figures & {
  kinds: Record<string, Share>;
  topics: Record<string, Figures>;
  /** Answerable and unanswerable questions that were answered, from the lowest confidence asked for to the highest. */
  curve: CurvePoint[];
  misses: Miss[];
};

/** A question that was not handled as it should be; `typed` is what was asked. */
export type Miss = {
  id: string;
  kind: GoldenQuestion["kind"];
  topic: string;
  typed: string;
  outcome: string;
  confidence: number;
  reason: string;
  cited: string[];
  text: string;
};

export type Evaluation = Partial<Record<Typing, TypingReport>>;

/** ISO day of asking, the typings to try, and the seed of the typos. */
export type Trying = { today: string; typings: readonly Typing[]; seed?: number };

/** Asks every question in every typing and judges the answers. */
export async function evaluate(ask: Ask, questions: GoldenQuestion[], trying: Trying): Promise<Evaluation> {
  const evaluation: Evaluation = {};
  for (const typing of trying.typings)
    evaluation[typing] = reportOf(await tryTyping(ask, questions, typing, trying));
  return evaluation;
}

/** Asks every question in one typing, one after the other. */
export async function tryTyping(
  ask: Ask,
  questions: GoldenQuestion[],
  typing: Typing,
  { today, seed = 1 }: Omit<Trying, "typings">,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const question of questions) {
    const text = typed(question.text, typing, seed);
    const answer = await ask({ text, context: question.context, today });
    results.push({ question, text, answer, grade: grade(question, answer) });
  }
  return results;
}

/** What results amount to, as a whole, by kind and by topic. */
export function reportOf(results: Result[]): TypingReport {
  return {
    ...figuresOf(results),
    kinds: grouped(
      results,
      ({ question }) => question.kind,
      (own) => shareOf(own, isRight),
    ),
    topics: grouped(results, ({ question }) => question.topic, figuresOf),
    curve: curveOf(results),
    misses: results.filter((result) => !isRight(result)).map(missOf),
  };
}

export function figuresOf(results: Result[]): Figures {
  const kind = (name: GoldenQuestion["kind"]) => results.filter(({ question }) => question.kind === name);
  const answered = kind("answerable").filter(wasAnswered);
  return {
    questions: results.length,
    answered: shareOf(kind("answerable"), wasAnswered),
    accurate: shareOf(answered, isRight),
    declined: shareOf(kind("unanswerable"), isRight),
    petitions: shareOf(kind("petition"), isRight),
    harmless: shareOf(kind("injection"), isRight),
    smalltalk: shareOf(kind("smalltalk"), isRight),
  };
}

function isRight(result: Result): boolean {
  return result.grade.right;
}

function wasAnswered(result: Result): boolean {
  return result.grade.answered;
}

function grouped<Value>(
  results: Result[],
  key: (result: Result) => string,
  value: (own: Result[]) => Value,
): Record<string, Value> {
  const keys = [...new Set(results.map(key))].sort();
  return Object.fromEntries(keys.map((name) => [name, value(results.filter((one) => key(one) === name))]));
}

const STEPS = 20;

/** What would be answered, and how much of it right, if this confidence were asked for; below the threshold nothing was answered, so the curve starts there. */
function curveOf(results: Result[]): CurvePoint[] {
  const questions = results.filter(({ question }) => /answerable$/.test(question.kind));
  const claimed = questions.filter(wasAnswered);
  const right = (result: Result) => result.question.kind === "answerable" && isRight(result);
  return Array.from({ length: STEPS }, (_, i) => i / STEPS).map((threshold) => {
    const kept = claimed.filter(({ answer }) => answer.confidence >= threshold);
    return {
      threshold,
      answered: kept.length / Math.max(1, questions.length),
      precision: kept.length === 0 ? 1 : kept.filter(right).length / kept.length,
    };
  });
}

function missOf({ question, text, answer, grade: given }: Result): Miss {
  return {
    id: question.id,
    kind: question.kind,
    topic: question.topic,
    typed: text,
    outcome: answer.outcome,
    confidence: answer.confidence,
    reason: given.reason,
    cited: answer.citations.map(({ passageId }) => passageId),
    text: answer.text,
  };
}
