import "./plain-errors.ts";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Ask } from "../src/answering/answer.ts";
import { createAssistant } from "../src/answering/assistant.ts";
import { fitModel } from "../src/answering/calibrate.ts";
import { judgeInFolds } from "../src/answering/judging.ts";
import { recalibrate } from "../src/answering/recalibrate.ts";
import { loadConfig } from "../src/config.ts";
import { CALIBRATION_FILE, calibrationText } from "../src/knowledge/calibration-file.ts";
import type { Calibration } from "../src/knowledge/catalog.ts";
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

const trials = (await judgeInFolds(buildCorpus(files, { learn: false }), askAll, today)).flatMap(
  ({ evidence, right }) => (evidence ? [{ evidence, right }] : []),
);
const model = fitModel(trials);
console.log(`Học từ ${trials.length} lượt hỏi, mỗi lượt trên kho tri thức chưa học chính câu đó.`);
const corpus = buildCorpus(files);
const fitted = { ...corpus.catalog.calibration, ...model, wantedPrecision: options.precision };
const { threshold, curve, ...kept } = await recalibrate(
  { ...corpus, catalog: { ...corpus.catalog, calibration: fitted } },
  (calibration) => askBy(corpus, calibration),
  today,
);
const file = join(config.knowledgeDir, CALIBRATION_FILE);
await writeFile(file, calibrationText({ ...kept, threshold, curve }));
console.log(`Ngưỡng ${threshold} cho độ đúng mong muốn ${options.precision}; đã ghi ${file}.`);
for (const { threshold: at, answered, precision } of curve.filter((_, i) => i % 5 === 0)) {
  console.log(
    `  ${at.toFixed(2)}  trả lời ${(answered * 100).toFixed(1)} %  đúng ít nhất ${(precision * 100).toFixed(1)} %`,
  );
}

async function askBy(corpus: Corpus, calibration: Calibration): Promise<Ask> {
  return createAssistant(corpus, {
    embed: await createEmbed(config.embeddings),
    clock: () => performance.now(),
    calibration,
  });
}

/** Answers whatever it finds anything for, however unsure. */
function askAll(corpus: Corpus): Promise<Ask> {
  return askBy(corpus, { ...corpus.catalog.calibration, threshold: 0 });
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
