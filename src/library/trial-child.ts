import { createAssistant } from "../answering/assistant.ts";
import { recalibrate } from "../answering/recalibrate.ts";
import { compareTrials, type Trial, tryAll } from "../answering/trial.ts";
import type { Calibration } from "../knowledge/catalog.ts";
import { changesBetween } from "../knowledge/changes.ts";
import { buildCorpus, type Corpus, clauseCount } from "../knowledge/corpus.ts";
import type { GateFindings } from "../knowledge/gate-report.ts";
import { createEmbed } from "../providers/embeddings.ts";
import { type Embed, embeddedText } from "../retrieval/retriever.ts";
import type { FromChild, GateQuestion, ToChild } from "./trial-run.ts";

/** Who waits for the parent, first in, first out: it answers in order. */
const waiting: ((vectors: number[][]) => void)[] = [];

process.on("disconnect", () => process.exit(0));
process.on("message", (message: ToChild) => {
  if ("vectors" in message) waiting.shift()?.(message.vectors);
  else
    void findOut(message.ask, message.ownVectors).then(
      (findings) => send({ findings }),
      (error: unknown) => send({ fault: error instanceof Error ? error.message : String(error) }),
    );
});

async function findOut(question: GateQuestion, ownVectors: boolean): Promise<GateFindings> {
  const next = buildCorpus(question.after);
  const now = question.before && buildCorpus(question.before);
  await tell({
    clauses: next.passages.map((passage) => ({ file: passage.file, text: embeddedText(passage) })),
  });
  const embed = ownVectors ? await createEmbed(null) : (texts: string[]) => tell({ embed: texts });
  const questions = question.withTrials ? questionsOf(next, now) : [];
  const { today } = question;
  const calibration = question.withTrials
    ? await recalibrate(next, (own) => askBy(next, embed, own), today)
    : next.catalog.calibration;
  const after = await trialsOf(next, questions, embed, today, calibration);
  const before = now && (await trialsOf(now, questions, embed, today, now.catalog.calibration));
  return {
    documents: next.documents.length,
    clauses: clauseCount(next),
    changes: changesBetween(now?.passages ?? [], next.passages),
    questions: questions.length,
    rightBefore: before && count(before),
    rightAfter: count(after),
    answers: before ? compareTrials(before, after, calibration.threshold) : [],
    calibration: { before: (now ?? next).catalog.calibration, after: calibration },
    refused: next.refused.map(({ file, reason }) => ({ file, reason })),
  };
}

/** A question that the new state only drops would hide what it breaks, so it is asked all the same. */
function questionsOf(next: Corpus, now: Corpus | null): Corpus["golden"] {
  const kept = new Set(next.golden.map(({ id }) => id));
  return [...next.golden, ...(now?.golden.filter(({ id }) => !kept.has(id)) ?? [])];
}

async function trialsOf(
  corpus: Corpus,
  questions: Corpus["golden"],
  embed: Embed,
  today: string,
  calibration: Calibration,
): Promise<Trial[]> {
  if (questions.length === 0) return [];
  return tryAll(await askBy(corpus, embed, calibration), questions, today);
}

function askBy(corpus: Corpus, embed: Embed, calibration: Calibration) {
  return createAssistant(corpus, { embed, clock: () => performance.now(), calibration });
}

function count(trials: Trial[]): number {
  return trials.filter(({ right }) => right).length;
}

function tell(
  message: { clauses: { file: string; text: string }[] } | { embed: string[] },
): Promise<number[][]> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    send(message);
  });
}

function send(message: FromChild): void {
  process.send?.(message);
}
