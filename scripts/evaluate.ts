import "./plain-errors.ts";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createAssistant } from "../src/answering/assistant.ts";
import { type Grade, grade } from "../src/answering/grade.ts";
import { loadConfig } from "../src/config.ts";
import { type GoldenQuestion, parseGolden } from "../src/knowledge/catalog.ts";
import { buildCorpus } from "../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../src/knowledge-files.ts";
import { createEmbed } from "../src/providers/embeddings.ts";
import { fold } from "../src/text/fold.ts";
import { todayInVietnam } from "../src/today.ts";

const HELP = `Chấm bộ câu hỏi mẫu: tỷ lệ trả lời, độ đúng, từ chối, theo chủ đề.

  npm run evaluate -- [--questions tệp.jsonl] [--split build|calibrate|report] [--no-marks] [--misses] [--json]

  --questions  chấm tệp này thay cho knowledge/golden
  --split      chỉ chấm một phần của bộ câu hỏi mẫu
  --no-marks   bỏ dấu câu hỏi trước khi chấm
  --misses     in từng câu chưa đúng`;

const { values } = readOptions();
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const config = loadConfig();
const corpus = buildCorpus(await readKnowledgeFiles(config.knowledgeDir));
const ask = await createAssistant(corpus, await createEmbed(config.embeddings), () => performance.now());
const today = todayInVietnam();
const questions = (
  values.questions ? parseGolden(values.questions, await readFile(values.questions, "utf8")) : corpus.golden
).filter((question) => !values.split || question.split === values.split);

const results: {
  question: GoldenQuestion;
  grade: Grade;
  ms: number;
  text: string;
  outcome: string;
  cited: string[];
  confidence: number;
}[] = [];
for (const question of questions) {
  const text = values["no-marks"] ? fold(question.text) : question.text;
  const started = performance.now();
  const answer = await ask({ text, context: question.context, today });
  results.push({
    question,
    grade: grade(question, answer),
    ms: performance.now() - started,
    text: answer.text,
    outcome: answer.outcome,
    cited: answer.citations.map((citation) => citation.passageId),
    confidence: answer.confidence,
  });
}

const report = {
  questions: results.length,
  kinds: Object.fromEntries(kinds(results.map((result) => result.question.kind))),
  topics: Object.fromEntries(kinds(results.map((result) => result.question.topic))),
  p50Ms: quantile(0.5),
  p95Ms: quantile(0.95),
};
if (values.json) console.log(JSON.stringify(report));
else print();

function kinds(
  of: string[],
): [string, { count: number; answered: number; right: number; accuracy: number }][] {
  return [...new Set(of)].sort().map((key) => {
    const own = results.filter((result) => result.question.kind === key || result.question.topic === key);
    const answered = own.filter((result) => result.grade.answered);
    return [
      key,
      {
        count: own.length,
        answered: answered.length,
        right: own.filter((result) => result.grade.right).length,
        accuracy:
          answered.length === 0
            ? 0
            : answered.filter((result) => result.grade.right).length / answered.length,
      },
    ];
  });
}

function quantile(share: number): number {
  const sorted = results.map((result) => result.ms).sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
}

function print(): void {
  if (values.misses) {
    for (const { question, grade: given, text, cited, outcome, confidence } of results.filter(
      (result) => !result.grade.right,
    )) {
      console.log(
        `✗ ${question.id} ${question.kind}/${question.topic} ${confidence.toFixed(2)} ${outcome}: ${question.text}\n    ${given.reason} | cần ${question.expect.facts.join("; ")} ${question.expect.documents} | ${cited} | ${text.slice(0, 160).replace(/\n/g, " / ")}`,
      );
    }
  }
  for (const [title, rows] of [
    ["Loại", report.kinds],
    ["Chủ đề", report.topics],
  ] as const) {
    console.log(
      `\n${title.padEnd(22)}${"số câu".padStart(8)}${"trả lời".padStart(9)}${"xử lý đúng".padStart(12)}${"đúng khi trả lời".padStart(18)}`,
    );
    for (const [name, row] of Object.entries(rows)) {
      console.log(
        `${name.padEnd(22)}${String(row.count).padStart(8)}${String(row.answered).padStart(9)}${percent(row.right / row.count).padStart(12)}${percent(row.accuracy).padStart(18)}`,
      );
    }
  }
  console.log(`\nThời gian một câu: p50 ${report.p50Ms} ms, p95 ${report.p95Ms} ms`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        help: { type: "boolean" },
        questions: { type: "string" },
        split: { type: "string" },
        "no-marks": { type: "boolean" },
        misses: { type: "boolean" },
        json: { type: "boolean" },
      },
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
