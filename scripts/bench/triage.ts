import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { shorthandOf } from "../../src/answering/assistant.ts";
import { buildCorpus } from "../../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../../src/knowledge-files.ts";
import { createTriage } from "../../src/petitions/triage.ts";
import { fold } from "../../src/text/fold.ts";
import { createExpand } from "../../src/text/shorthand.ts";
import { confusions, type Judged, macroF1, scoresByLabel } from "./f1.ts";

export const HELP = `Đo gợi ý loại và chủ đề của ý kiến trên các ý kiến đã gắn nhãn mà bộ gợi ý chưa từng thấy.

  npm run bench -- triage [--opinions tệp.jsonl] [--knowledge thư-mục] [--json]

Mỗi dòng của tệp: {"text": "...", "stance": "kien-nghi", "topic": "ha-tang"}.
Mặc định: test/fixtures/opinions-held-out.jsonl, viết như bà con gõ, rồi bỏ hết dấu.`;

const Labelled = z.object({ text: z.string(), stance: z.string(), topic: z.string() });
export type LabelledOpinion = z.infer<typeof Labelled>;

const HELD_OUT = new URL("../../test/fixtures/opinions-held-out.jsonl", import.meta.url).pathname;
const KNOWLEDGE = new URL("../../knowledge", import.meta.url).pathname;

/** One labelled set in one typing: stance and topic as they are and as they were guessed. */
export type TriageRun = { typing: string; stance: Judged[]; topic: Judged[] };

/** Guesses stance and topic of labelled opinions, as they were typed and without marks. */
export async function runsOf(
  opinions: readonly LabelledOpinion[],
  knowledge = KNOWLEDGE,
): Promise<TriageRun[]> {
  const files = await readKnowledgeFiles(knowledge);
  const { catalog } = buildCorpus(files.filter(({ path }) => !/^(documents|golden)\//.test(path)));
  const triage = createTriage({ ...catalog, expand: createExpand(shorthandOf(catalog.glossary)) });
  const typings: [string, (text: string) => string][] = [
    ["như bà con gõ", (text) => text],
    ["bỏ hết dấu", fold],
  ];
  return typings.map(([typing, typed]) => {
    const guessed = opinions.map((truth) => ({ truth, guess: triage(typed(truth.text)) }));
    const by = (key: "stance" | "topic") =>
      guessed.map(({ truth, guess }) => ({ truth: truth[key], guess: guess[key] }));
    return { typing, stance: by("stance"), topic: by("topic") };
  });
}

/** Reads one labelled opinion a line. */
export async function readLabelled(path = HELD_OUT): Promise<LabelledOpinion[]> {
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => Labelled.parse(JSON.parse(line)));
}

/** Prints macro F1, the scores of each label and what is taken for what. */
export async function runTriage(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      opinions: { type: "string" },
      knowledge: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const opinions = await readLabelled(values.opinions);
  const runs = await runsOf(opinions, values.knowledge);
  if (values.json) console.log(JSON.stringify({ opinions: opinions.length, runs: runs.map(figuresOf) }));
  else console.log([`${opinions.length} ý kiến`, ...runs.map(written)].join("\n\n"));
}

function figuresOf({ typing, stance, topic }: TriageRun) {
  return {
    typing,
    stance: { macroF1: macroF1(stance), labels: scoresByLabel(stance), confusions: confusions(stance) },
    topic: { macroF1: macroF1(topic), labels: scoresByLabel(topic), confusions: confusions(topic) },
  };
}

function written(run: TriageRun): string {
  const part = (name: string, judged: Judged[]) => [
    `${run.typing}, ${name}: macro F1 ${macroF1(judged).toFixed(3)}`,
    ...scoresByLabel(judged).map(
      ({ label, count, precision, recall, f1 }) =>
        `  ${label.padEnd(20)} ${String(count).padStart(4)}  đúng ${precision.toFixed(2)}  thấy ${recall.toFixed(2)}  F1 ${f1.toFixed(2)}`,
    ),
    ...confusions(judged)
      .filter(({ count }) => count > 1)
      .map(({ truth, guess, count }) => `  ${truth} → ${guess}: ${count}`),
  ];
  return [...part("loại", run.stance), ...part("chủ đề", run.topic)].join("\n");
}
