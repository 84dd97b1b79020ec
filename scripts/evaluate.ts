import "./plain-errors.ts";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createAssistant } from "../src/answering/assistant.ts";
import { evaluate, type Figures, type TypingReport } from "../src/answering/evaluation.ts";
import type { Share } from "../src/answering/share.ts";
import { TYPINGS, type Typing } from "../src/answering/typing.ts";
import { loadConfig } from "../src/config.ts";
import { parseGolden } from "../src/knowledge/catalog.ts";
import { buildCorpus } from "../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../src/knowledge-files.ts";
import { createEmbed } from "../src/providers/embeddings.ts";
import { todayInVietnam } from "../src/today.ts";

const HELP = `Chấm bộ câu hỏi mẫu trong ba cách gõ: đủ dấu, không dấu, có lỗi gõ (khoảng sáu chữ một lỗi).

  npm run evaluate -- [--questions tệp.jsonl] [--split build|calibrate|report] [--typing marks|noMarks|typos]
                      [--no-marks] [--seed 1] [--misses] [--json]

  --questions  chấm tệp này thay cho knowledge/golden
  --split      chỉ chấm một phần của bộ câu hỏi mẫu
  --typing     chỉ chấm một cách gõ; --no-marks là cách viết cũ của --typing noMarks
  --seed       số hạt của các lỗi gõ; cùng hạt thì cùng lỗi
  --misses     in từng câu chưa đúng
  --json       in một đối tượng JSON:
    { "questions": số câu, "p50Ms": …, "p95Ms": …, "typings": { "marks" | "noMarks" | "typos": {
        "questions", "answered", "accurate", "declined", "petitions", "harmless", "smalltalk",
        "kinds": { loại: tỷ lệ }, "topics": { chủ đề: cùng các tỷ lệ trên },
        "curve": [ { "threshold", "answered", "precision" } ],
        "misses": [ { "id", "kind", "topic", "typed", "outcome", "confidence", "reason", "cited", "text" } ] } } }
    Mỗi tỷ lệ là { "count", "of", "share", "low", "high" }: đếm được, trên tổng, tỷ lệ 0–1 và khoảng tin cậy Wilson 95 %.
    answered: câu trả lời được mà đã trả lời; accurate: trong đó đúng; declined: câu không trả lời được mà không trả lời;
    curve: trong các câu hỏi chính sách, phần được trả lời và phần đúng nếu đòi độ tin cậy ít nhất bằng threshold.`;

const LABELS: Record<string, keyof Figures> = {
  "Trả lời được, đã trả lời": "answered",
  "  trong đó đúng": "accurate",
  "Không trả lời được, đã không trả lời": "declined",
  "Kiến nghị nhận ra": "petitions",
  "Dụ dỗ vô hại": "harmless",
  "Chuyện ngoài, không trả lời": "smalltalk",
};

const { values } = readOptions();
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

const typings = chosenTypings();
const config = loadConfig();
const corpus = buildCorpus(await readKnowledgeFiles(config.knowledgeDir));
const ask = await createAssistant(corpus, {
  embed: await createEmbed(config.embeddings),
  clock: () => performance.now(),
});
const questions = (
  values.questions ? parseGolden(values.questions, await readFile(values.questions, "utf8")) : corpus.golden
).filter((question) => !values.split || question.split === values.split);

const times: number[] = [];
const evaluation = await evaluate(timed, questions, {
  today: todayInVietnam(),
  typings,
  seed: Number(values.seed),
});
const report = {
  questions: questions.length,
  p50Ms: quantile(0.5),
  p95Ms: quantile(0.95),
  typings: evaluation,
};
if (values.json) console.log(JSON.stringify(report));
else for (const typing of typings) print(typing, evaluation[typing] as TypingReport);
if (!values.json) console.log(`\nThời gian một câu: p50 ${report.p50Ms} ms, p95 ${report.p95Ms} ms`);

async function timed(question: Parameters<typeof ask>[0]): ReturnType<typeof ask> {
  const started = performance.now();
  const answer = await ask(question);
  times.push(performance.now() - started);
  return answer;
}

function quantile(share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
}

function print(typing: Typing, own: TypingReport): void {
  const name = { marks: "Đủ dấu", noMarks: "Không dấu", typos: "Có lỗi gõ" }[typing];
  console.log(`\n── ${name}: ${own.questions} câu ──`);
  if (values.misses) printMisses(own);
  for (const [label, of] of Object.entries(LABELS)) {
    console.log(`${label.padEnd(38)}${shown(own[of] as Share)}`);
  }
  console.log("\nLoại, xử lý đúng");
  for (const [kind, share] of Object.entries(own.kinds)) console.log(`  ${kind.padEnd(32)}${shown(share)}`);
  console.log(`\n${"Chủ đề".padEnd(24)}${"trả lời".padStart(30)}${"đúng khi trả lời".padStart(30)}`);
  for (const [topic, { answered, accurate }] of Object.entries(own.topics)) {
    console.log(`  ${topic.padEnd(22)}${shown(answered).padStart(30)}${shown(accurate).padStart(30)}`);
  }
  console.log("\nNgưỡng tin cậy   trả lời      đúng");
  for (const { threshold, answered, precision } of own.curve) {
    console.log(`  ${threshold.toFixed(2)}      ${percent(answered)}    ${percent(precision)}`);
  }
}

function printMisses(own: TypingReport): void {
  for (const { id, kind, topic, confidence, outcome, typed, reason, cited, text } of own.misses) {
    const said = text.slice(0, 160).replace(/\n/g, " / ");
    console.log(`✗ ${id} ${kind}/${topic} ${confidence.toFixed(2)} ${outcome}: ${typed}`);
    console.log(`    ${reason} | ${cited} | ${said}`);
  }
}

function shown({ count, of, share, low, high }: Share): string {
  return of === 0 ? "không có câu" : `${count}/${of} ${percent(share)} [${percent(low)}; ${percent(high)}]`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`.padStart(7);
}

function chosenTypings(): readonly Typing[] {
  const wanted = values["no-marks"] ? "noMarks" : values.typing;
  if (!wanted) return TYPINGS;
  const known = TYPINGS.find((typing) => typing === wanted);
  return known ? [known] : refuse(`--typing chỉ nhận ${TYPINGS.join(", ")}.`);
}

function refuse(reason: string): never {
  console.error(`${reason}\n\n${HELP}`);
  process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        help: { type: "boolean" },
        questions: { type: "string" },
        split: { type: "string" },
        typing: { type: "string" },
        "no-marks": { type: "boolean" },
        seed: { type: "string", default: "1" },
        misses: { type: "boolean" },
        json: { type: "boolean" },
      },
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
}
