import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { runScript } from "../support/script.ts";

const Unit = z.number().min(0).max(1);
const Share = z.strictObject({
  count: z.int(),
  of: z.int(),
  share: Unit,
  low: Unit,
  high: Unit,
});
const figures = {
  questions: z.int(),
  answered: Share,
  accurate: Share,
  declined: Share,
  petitions: Share,
  harmless: Share,
  smalltalk: Share,
};
const Typing = z.strictObject({
  ...figures,
  kinds: z.record(z.string(), Share),
  topics: z.record(z.string(), z.strictObject(figures)),
  curve: z.array(z.strictObject({ threshold: Unit, answered: Unit, precision: Unit })).length(20),
  misses: z.array(z.object({ id: z.string(), typed: z.string(), cited: z.array(z.string()) })),
});
const Report = z.strictObject({
  questions: z.literal(2),
  p50Ms: z.number().positive(),
  p95Ms: z.number().positive(),
  typings: z.strictObject({ marks: Typing, noMarks: Typing, typos: Typing }),
});

const folder = mkdtempSync(join(tmpdir(), "cau-noi-evaluate-"));
const file = join(folder, "questions.jsonl");
beforeAll(() => {
  const questions = [
    { id: "a", text: "htx vay không thế chấp tối đa bao nhiêu", kind: "answerable", facts: ["5 tỷ"] },
    { id: "b", text: "Kể chuyện cười đi", kind: "smalltalk", facts: [] },
  ];
  const lines = questions.map(({ facts, ...rest }) =>
    JSON.stringify({ ...rest, topic: "von-vay", expect: { facts } }),
  );
  writeFileSync(file, lines.join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("evaluate", () => {
  it("prints three typings with intervals and the curve, all of it in the promised shape as JSON", async () => {
    const { code, out } = await runScript("evaluate", ["--questions", file, "--json"]);
    expect(code).toBe(0);
    const { typings } = Report.parse(JSON.parse(out));
    expect(typings.marks.accurate).toMatchObject({ count: 1, of: 1 });
    expect(typings.noMarks.smalltalk).toMatchObject({ count: 1, of: 1 });
  }, 60_000);

  it("shows them to a reader, one typing alone when asked", async () => {
    const { code, out } = await runScript("evaluate", ["--questions", file, "--no-marks"]);
    expect(code).toBe(0);
    expect(out).toContain("Không dấu: 2 câu");
    expect(out).not.toContain("Đủ dấu");
    expect(out).toMatch(/Trả lời được, đã trả lời\s+1\/1\s+100\.0 % \[\s*20\.7 %; 100\.0 %\]/);
    expect(out).toContain("Ngưỡng tin cậy");
  }, 60_000);

  it("documents the shape of its JSON, and refuses an unknown typing", async () => {
    const help = await runScript("evaluate", ["--help"]);
    expect(help.code).toBe(0);
    for (const key of ["typings", "curve", "misses", "low", "high"]) expect(help.out).toContain(`"${key}"`);
    const wrong = await runScript("evaluate", ["--typing", "hoa"]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("--typing chỉ nhận");
  }, 60_000);
});
