import "./plain-errors.ts";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Answer } from "../src/answering/answer.ts";
import { loadConfig } from "../src/config.ts";
import { replyTo } from "../src/conversation/answer-turn.ts";
import { type Asking, openAsking } from "./asking.ts";

const HELP = `Hỏi một câu, nhận một câu trả lời kèm căn cứ.

  npm run -s ask -- "câu hỏi" [--json]
  npm run -s ask -- --batch câu-hỏi.jsonl

  --json    in một đối tượng JSON thay cho lời văn
  --batch   mỗi dòng vào là {"id","text","context"}, mỗi dòng ra là một đối tượng JSON cùng id, theo thứ tự`;

const BatchLine = z.object({ id: z.string(), text: z.string(), context: z.array(z.string()).default([]) });

const { values, positionals } = readOptions();
if (values.help) {
  console.log(HELP);
} else {
  const asking = await openAsking(loadConfig());
  try {
    if (values.batch) await batch(values.batch, asking.ask);
    else await single(positionals.join(" "), asking.ask);
  } finally {
    await asking.close();
  }
}

async function single(text: string, ask: Asking["ask"]): Promise<void> {
  const result = await put(ask, null, text, []);
  console.log(values.json ? JSON.stringify(result) : result.text);
}

async function batch(file: string, ask: Asking["ask"]): Promise<void> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    const question = BatchLine.safeParse(parseJson(line));
    if (!question.success) {
      console.error(`${file}, dòng ${number}: không phải {"id","text","context"}`);
      process.exitCode = 1;
      continue;
    }
    const { id, text, context } = question.data;
    console.log(JSON.stringify(await put(ask, id, text, context)));
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function put(ask: Asking["ask"], id: string | null, text: string, context: string[]) {
  const started = performance.now();
  const answer = await ask(text, context);
  return { ...shown(answer, id), elapsedMs: Math.round((performance.now() - started) * 10) / 10 };
}

function shown(answer: Answer, id: string | null) {
  return {
    id,
    outcome: answer.outcome,
    confidence: Math.round(answer.confidence * 1000) / 1000,
    text: answer.outcome.startsWith("answered") ? answer.text : replyTo(answer).text,
    topic: answer.topic,
    asOf: answer.asOf,
    citations: answer.citations,
    petition: null,
  };
}

function readOptions() {
  try {
    const read = parseArgs({
      allowPositionals: true,
      options: { help: { type: "boolean" }, json: { type: "boolean" }, batch: { type: "string" } },
    });
    if (!read.values.help && !read.values.batch && read.positionals.length === 0)
      throw new Error("Thiếu câu hỏi.");
    return read;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
