import "./plain-errors.ts";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { createAssistant } from "../src/answering/assistant.ts";
import {
  type CurvePoint,
  chooseThreshold,
  fitModel,
  type Judged,
  type Trial,
} from "../src/answering/calibrate.ts";
import type { Calibration } from "../src/answering/confidence.ts";
import { grade } from "../src/answering/grade.ts";
import { loadConfig } from "../src/config.ts";
import type { GoldenQuestion } from "../src/knowledge/catalog.ts";
import { buildCorpus, type Corpus } from "../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../src/knowledge-files.ts";
import { createEmbed } from "../src/providers/embeddings.ts";
import { fold } from "../src/text/fold.ts";
import { todayInVietnam } from "../src/today.ts";

const HELP = `Tính lại độ tin cậy từ bộ câu hỏi mẫu và ghi vào knowledge/calibration.yaml.

  npm run calibrate -- [--precision 0.95]

  --precision  tỷ lệ đúng mong muốn khi đã trả lời (0.5 đến 1)`;

const options = readOptions();
const config = loadConfig();
const files = await readKnowledgeFiles(config.knowledgeDir);
const today = todayInVietnam();

const untaught = buildCorpus(files, { learn: false });
const asked = (await tryOut("build", untaught, untaught.catalog.calibration)).flatMap(
  ({ evidence, right }) => (evidence ? [{ evidence, right }] : []),
);
const samples = await tryOutSamples(buildCorpus(files));
const model = fitModel([...asked, ...samples]);
console.log(
  `Học từ ${asked.length} lượt hỏi của bộ mẫu và ${samples.length} lượt hỏi bằng câu mẫu của điều khoản.`,
);
const { threshold, curve } = chooseThreshold(
  await tryOut("calibrate", buildCorpus(files), model),
  options.precision,
);
const rounded = (value: number) => Math.round(value * 1000) / 1000;
const file = join(config.knowledgeDir, "calibration.yaml");
await writeFile(
  file,
  `# Made by npm run calibrate from the golden set: fitted on its building part, the threshold set on its calibrating part.\n${stringify(
    {
      wantedPrecision: options.precision,
      threshold: rounded(threshold),
      bias: rounded(model.bias),
      weights: Object.fromEntries(Object.entries(model.weights).map(([key, value]) => [key, rounded(value)])),
    },
  )}curve:\n${curve.map(line).join("")}`,
);
console.log(`Ngưỡng ${rounded(threshold)} cho độ đúng mong muốn ${options.precision}; đã ghi ${file}.`);
for (const { threshold: at, answered, precision } of curve.filter((_, i) => i % 5 === 0)) {
  console.log(
    `  ${at.toFixed(2)}  trả lời ${(answered * 100).toFixed(1)} %  đúng ${(precision * 100).toFixed(1)} %`,
  );
}

/** A point of the curve on a line of its own, since there are a hundred. */
function line(point: CurvePoint): string {
  return `  - ${stringify(point, { collectionStyle: "flow" })}`;
}

/** Answers every question of a part, however unsure by this model, in two typings: as written and without marks. */
async function tryOut(
  split: GoldenQuestion["split"],
  corpus: Corpus,
  by: Omit<Calibration, "threshold">,
): Promise<(Judged & { evidence: Trial["evidence"] | undefined })[]> {
  const answerAll = { ...by, threshold: 0 };
  const ask = await createAssistant(
    corpus,
    await createEmbed(config.embeddings),
    () => performance.now(),
    answerAll,
  );
  const trials: (Judged & { evidence: Trial["evidence"] | undefined })[] = [];
  for (const question of corpus.golden) {
    if (question.split !== split || (question.kind !== "answerable" && question.kind !== "unanswerable"))
      continue;
    for (const text of new Set([question.text, fold(question.text)])) {
      const answer = await ask({ text, context: question.context, today });
      const evidence = answer.trace.parts.find((part) => part.decision === "answer")?.evidence ?? undefined;
      const right = question.kind === "answerable" && grade(question, answer).right;
      if (answer.outcome.startsWith("answered")) trials.push({ evidence, sure: answer.confidence, right });
    }
  }
  return trials;
}

/**
 * Asks a sample question of each clause in three ways: with words missing, as if nobody had noted it,
 * and as if its clause did not exist: then nothing is right.
 */
async function tryOutSamples(corpus: Corpus): Promise<Trial[]> {
  const answerAll = { ...corpus.catalog.calibration, threshold: 0 };
  const ask = await createAssistant(
    corpus,
    await createEmbed(config.embeddings),
    () => performance.now(),
    answerAll,
  );
  const trials: Trial[] = [];
  for (const [i, passage] of corpus.passages.entries()) {
    const question = passage.questions[i % passage.questions.length];
    if (!question || passage.certainty === "unknown") continue;
    const ways = [
      { text: withMissingWords(question) },
      { text: question, except: { question, passage: null } },
      { text: question, except: { question, passage: passage.id } },
    ];
    for (const way of ways) {
      const [part] = (await ask({ ...way, context: [], today })).trace.parts;
      if (part?.evidence) {
        trials.push({ evidence: part.evidence, right: part.candidates[0]?.passage === passage.id });
      }
    }
  }
  return trials;
}

/** Every fourth word dropped and the marks gone, as in a hasty message. */
function withMissingWords(question: string): string {
  return fold(question)
    .split(/\s+/)
    .filter((_, i) => i % 4 !== 3)
    .join(" ");
}

function readOptions(): { precision: number } {
  try {
    const { values } = parseArgs({
      options: { help: { type: "boolean" }, precision: { type: "string", default: "0.95" } },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const precision = Number(values.precision);
    if (!(precision >= 0.5 && precision <= 1)) throw new Error("--precision phải từ 0.5 đến 1.");
    return { precision };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
