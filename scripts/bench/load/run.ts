import { rmSync } from "node:fs";
import { buildCorpus } from "../../../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../../../src/knowledge-files.ts";
import { newFolder } from "../../../test/support/service-process.ts";
import { startPostgres } from "../../faults/postgres.ts";
import { startProvider } from "./provider.ts";
import { type Scenario, writingOf } from "./scenarios.ts";
import type { Subject } from "./subject.ts";
import { createLedger, drive, type Seen } from "./traffic.ts";

/** One bot under one kind of load. */
export type Measured = { system: string; scenario: string } & Seen;

/** Puts one bot, newly started on an empty database, under one load. */
export async function measure(
  subject: Subject,
  scenario: Scenario,
  { seed, questions }: { seed: number; questions: string[] },
): Promise<Measured> {
  const folder = newFolder();
  const postgres = await startPostgres();
  const ledger = createLedger();
  const provider = await startProvider(ledger.reply);
  try {
    const running = await subject.start({ databaseUrl: postgres.url, provider, folder });
    try {
      const seen = await drive(running, ledger, writingOf(scenario, seed, questions));
      return { system: subject.name, scenario: scenario.name, ...seen };
    } finally {
      await running.stop();
    }
  } finally {
    await provider.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What members ask: the questions of the golden set that have an answer, so that nothing is answered cheaply. */
export async function answerableQuestions(): Promise<string[]> {
  const { golden } = buildCorpus(await readKnowledgeFiles("knowledge"));
  return golden.filter(({ kind }) => kind === "answerable").map(({ text }) => text);
}
