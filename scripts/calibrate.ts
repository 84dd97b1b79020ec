import "./plain-errors.ts";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import type { Ask } from "../src/answering/answer.ts";
import { createAssistant } from "../src/answering/assistant.ts";
import { type CurvePoint, chooseThreshold, fitModel } from "../src/answering/calibrate.ts";
import type { Calibration } from "../src/answering/confidence.ts";
import { judge, judgeInFolds } from "../src/answering/judging.ts";
import { TYPINGS } from "../src/answering/typing.ts";
import { loadConfig } from "../src/config.ts";
import { buildCorpus, type Corpus } from "../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../src/knowledge-files.ts";
import { createEmbed } from "../src/providers/embeddings.ts";
import { todayInVietnam } from "../src/today.ts";

const HELP = `Tính lại độ tin cậy từ bộ câu hỏi mẫu và ghi vào knowledge/calibration.yaml.

  npm run calibrate -- [--precision 0.95]

  --precision  tỷ lệ đúng mong muốn khi đã trả lời (0.5 đến 1)`;

const options = readOptions();
const config = loadConfig();
const files = await readKnowledgeFiles(config.knowledgeDir);
const today = todayInVietnam();

const trials = (
  await judgeInFolds(buildCorpus(files, { learn: false }), (corpus) => askAll(corpus), today)
).flatMap(({ evidence, right }) => (evidence ? [{ evidence, right }] : []));
const model = fitModel(trials);
console.log(`Học từ ${trials.length} lượt hỏi, mỗi lượt trên kho tri thức chưa học chính câu đó.`);
const corpus = buildCorpus(files);
const judged = await judge(
  await askAll(corpus, model),
  corpus.golden.filter(({ split }) => split === "calibrate"),
  today,
);
const { threshold, curve } = chooseThreshold(judged, options.precision, TYPINGS.length);
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
    `  ${at.toFixed(2)}  trả lời ${(answered * 100).toFixed(1)} %  đúng ít nhất ${(precision * 100).toFixed(1)} %`,
  );
}

/** A point of the curve on a line of its own, since there are a hundred. */
function line(point: CurvePoint): string {
  return `  - ${stringify(point, { collectionStyle: "flow" })}`;
}

/** Answers whatever it finds anything for, however unsure by this model. */
async function askAll(
  corpus: Corpus,
  by: Omit<Calibration, "threshold"> = corpus.catalog.calibration,
): Promise<Ask> {
  const embed = await createEmbed(config.embeddings);
  return createAssistant(corpus, embed, () => performance.now(), { ...by, threshold: 0 });
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
