import { parseArgs } from "node:util";
import { buildCorpus, type Catalog } from "../../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../../src/knowledge-files.ts";
import { type Groupable, suggestionSteps } from "../../src/petitions/grouping.ts";
import { fold } from "../../src/text/fold.ts";
import { createDice, type Dice, pick } from "../demo/dice.ts";
import { demoOpinions } from "../demo/opinions.ts";

export const HELP = `Đo tốc độ gợi ý nhóm các kiến nghị giống nhau, trên các ý kiến ghép từ kho câu mẫu.

  npm run bench -- groups [--knowledge thư-mục] [--json]

Mỗi dòng: số kiến nghị, số chủ đề, thời gian, lúc máy bị giữ lâu nhất, số gợi ý; lần chạy thứ hai, sau một lần làm nóng.
--json chỉ in JSON: [{"petitions","topics","ms","longestStepMs","found"}]`;

const KNOWLEDGE = new URL("../../knowledge", import.meta.url).pathname;
const TODAY = "2026-11-25";
const ONE_TOPIC = "ha-tang";
const RUNS = 2;

type Timed = { petitions: number; topics: number; ms: number; longestStepMs: number; found: number };

/** Suggests groups among 1,000 and 2,000 petitions of one topic and 10,000 of all, and prints how long each took. */
export async function runGroups(args: string[]): Promise<void> {
  const text = { type: "string", default: KNOWLEDGE } as const;
  const { values } = parseArgs({
    args,
    options: { knowledge: text, json: { type: "boolean", default: false } },
  });
  const { catalog } = buildCorpus(await readKnowledgeFiles(values.knowledge));
  const all = mixedOpinions(catalog, 30_000);
  const inOneTopic = all.filter(({ topic }) => topic === ONE_TOPIC);
  const sets = [inOneTopic.slice(0, 1_000), inOneTopic.slice(0, 2_000), all.slice(0, 10_000)];
  const timed = sets.map((petitions) => Array.from({ length: RUNS }, () => time(petitions)).at(-1) as Timed);
  if (values.json) console.log(JSON.stringify(timed));
  else console.log(timed.map(line).join("\n"));
}

/** So many petitions over all topics: two wishes in some, no marks in others, a word lost here and there; always the same. */
export function mixedOpinions({ communes }: Pick<Catalog, "communes">, count: number): Groupable[] {
  const dice = createDice(1);
  const mixed: Groupable[] = [];
  for (let seed = 1; mixed.length < count; seed += 1) {
    const opinions = demoOpinions(communes, seed, TODAY).filter(({ loai }) => loai !== "dong-thuan");
    for (const { noi_dung, chu_de, xa_phuong } of opinions) {
      const others = opinions.filter((other) => other.chu_de === chu_de);
      const said = dice(2) === 0 ? noi_dung : `${noi_dung} ${pick(others, dice).noi_dung}`;
      const content = withoutAWord(dice(3) === 0 ? fold(said) : said, dice);
      mixed.push({ id: mixed.length + 1, content, topic: chu_de, area: xa_phuong || null });
    }
  }
  return mixed.slice(0, count);
}

function withoutAWord(text: string, dice: Dice): string {
  const words = text.split(" ");
  words.splice(dice(words.length), 1);
  return words.join(" ");
}

function time(petitions: Groupable[]): Timed {
  const start = performance.now();
  const steps = suggestionSteps(petitions);
  let longestStepMs = 0;
  for (;;) {
    const before = performance.now();
    const step = steps.next();
    const now = performance.now();
    longestStepMs = Math.max(longestStepMs, now - before);
    if (!step.done) continue;
    const topics = new Set(petitions.map(({ topic }) => topic)).size;
    return { petitions: petitions.length, topics, ms: now - start, longestStepMs, found: step.value.length };
  }
}

function line({ petitions, topics, ms, longestStepMs, found }: Timed): string {
  const count = petitions.toLocaleString("vi-VN");
  return `${count.padStart(6)} kiến nghị, ${String(topics).padStart(2)} chủ đề: ${ms.toFixed(0).padStart(5)} ms, giữ máy lâu nhất ${longestStepMs.toFixed(0).padStart(3)} ms, ${found} gợi ý`;
}
