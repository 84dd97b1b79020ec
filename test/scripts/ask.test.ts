import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { TopicId } from "../../src/knowledge/document.ts";
import { type Run, runScript } from "../support/script.ts";

const ANSWERABLE = "htx vay không thế chấp tối đa bao nhiêu";

/** The shape that is promised to whoever reads the output; it may grow. */
const Day = z.iso.date();
const Citation = z.object({
  document: z.string().min(1),
  title: z.string().min(1),
  locator: z.string(),
  inForce: z.boolean(),
  effectiveFrom: Day,
  effectiveTo: Day.nullable(),
  passageId: z.string().min(1),
  quote: z.string().min(1),
  certainty: z.enum(["certain", "to-verify"]),
});
const Output = z.object({
  id: z.string().nullable(),
  outcome: z.string().regex(/^(answered|clarify|unanswered|petition|smalltalk|refused)(_[a-z_]+)?$/),
  confidence: z.number().min(0).max(1),
  text: z.string().min(1),
  topic: TopicId.nullable(),
  asOf: Day,
  citations: z.array(Citation),
  petition: z.null(),
  elapsedMs: z.number().nonnegative(),
});

const BATCH = [
  { id: "q3", text: ANSWERABLE },
  { id: "q1", text: "xin chào" },
  { id: "q2", text: "còn tổ hợp tác thì sao", context: [ANSWERABLE] },
  { id: "q4", text: "Đường vào kho lúa của hợp tác xã tôi hư nặng, kiến nghị xã sửa giúp" },
  { id: "q0", text: "Thời tiết ngày mai ra sao?" },
];

const folder = mkdtempSync(join(tmpdir(), "cau-noi-ask-"));
let single: Run;
let json: Run;
let batch: Run;

beforeAll(async () => {
  const file = join(folder, "questions.jsonl");
  const lines = [...BATCH.map((line) => JSON.stringify(line)), "", "không phải JSON", '{"id":7}'];
  writeFileSync(file, `${lines.join("\n")}\n`);
  [single, json, batch] = await Promise.all([
    runScript("ask", [ANSWERABLE]),
    runScript("ask", [ANSWERABLE, "--json"]),
    runScript("ask", ["--batch", file]),
  ]);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("ask with one question", () => {
  it("prints the answer with its clause, as the member reads it", () => {
    expect(single.out).toContain("5 tỷ đồng");
    expect(single.out).toMatch(/^Căn cứ: .*156\/2025\/NĐ-CP/m);
    expect(single.code).toBe(0);
  });

  it("prints one JSON object of the promised shape and nothing else with --json", () => {
    expect(json.out.trim().split("\n")).toHaveLength(1);
    const answer = Output.parse(JSON.parse(json.out));
    expect(answer).toMatchObject({ id: null, topic: "von-vay", petition: null });
    expect(answer.outcome).toMatch(/^answered/);
    expect(answer.citations[0]).toMatchObject({ document: "156/2025/NĐ-CP", inForce: true });
    expect(answer.citations[0]?.quote).toContain("5 tỷ đồng");
    expect(json.code).toBe(0);
  });
});

describe("ask with a batch", () => {
  const answers = () =>
    batch.out
      .trim()
      .split("\n")
      .map((line) => Output.parse(JSON.parse(line)));

  it("answers every line in order under its own id", () => {
    expect(answers().map(({ id }) => id)).toEqual(BATCH.map(({ id }) => id));
  });

  it("gives each kind of message its outcome, and never an answer to what is none of its business", () => {
    const outcomes = answers().map(({ outcome }) => outcome.split("_")[0]);
    expect(outcomes.slice(0, 4)).toEqual(["answered", "smalltalk", "answered", "petition"]);
    expect(outcomes[4]).not.toBe("answered");
  });

  it("cites for answers, and only for them", () => {
    for (const { outcome, citations } of answers())
      expect([outcome, citations.length > 0]).toEqual([outcome, outcome.startsWith("answered")]);
  });

  it("understands a follow-up from what was asked before", () => {
    expect(
      answers()[2]
        ?.citations.map(({ quote }) => quote)
        .join(),
    ).toContain("500 triệu");
  });

  it("names lines that it cannot read and ends with 1", () => {
    expect(batch.err).toContain("dòng 7");
    expect(batch.err).toContain("dòng 8");
    expect(batch.code).toBe(1);
  });
});

describe("ask, used wrongly", () => {
  it.each([
    ["without a question", []],
    ["with an option that does not exist", ["câu hỏi", "--no-such"]],
    ["with a batch of nothing", ["--batch"]],
  ])(
    "%s, ends with 2 and says how it is used",
    async (_, args) => {
      const { code, out, err } = await runScript("ask", args);
      expect(err).toContain("npm run -s ask");
      expect(out).toBe("");
      expect(code).toBe(2);
    },
    60_000,
  );

  it("ends with 1 when the batch cannot be read", async () => {
    const { code, out } = await runScript("ask", ["--batch", join(folder, "nowhere.jsonl")]);
    expect(code).toBe(1);
    expect(out).toBe("");
  }, 60_000);

  it("prints its help on request", async () => {
    const { code, out } = await runScript("ask", ["--help"]);
    expect(out).toContain("--batch");
    expect(code).toBe(0);
  }, 60_000);
});
