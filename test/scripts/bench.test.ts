import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { percentile, quality } from "../../scripts/bench/metrics.ts";
import { clauses } from "../../scripts/bench/synthetic.ts";
import { runScript } from "../support/script.ts";

const folder = mkdtempSync(join(tmpdir(), "cau-noi-bench-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the measures of quality", () => {
  it("agree with a case reckoned by hand", () => {
    const got = quality([
      { found: ["x", "a", "y", "b"], relevant: ["a", "b"] },
      { found: ["c"], relevant: ["c"] },
      { found: ["x"], relevant: ["d"] },
    ]);
    // Gains 1/log2(3) and 1/log2(5) over the ideal 1 + 1/log2(3), then 1, then 0.
    expect(got.ndcg10).toBeCloseTo(((0.63093 + 0.43068) / 1.63093 + 1) / 3, 4);
    expect(got.recall1).toBeCloseTo(1 / 3);
    expect(got.recall5).toBeCloseTo(2 / 3);
    expect(got.mrr10).toBeCloseTo((1 / 2 + 1) / 3);
  });

  it("count an id once that is listed twice, and nothing below the tenth place", () => {
    expect(quality([{ found: ["a", "a"], relevant: ["a"] }])).toMatchObject({ ndcg10: 1, recall10: 1 });
    const late = [...Array.from({ length: 10 }, (_, i) => `x${i}`), "a"];
    expect(quality([{ found: late, relevant: ["a"] }])).toMatchObject({ ndcg10: 0, recall10: 0, mrr10: 0 });
  });

  it("take the nearest rank for a percentile", () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2);
    expect(percentile([4, 1, 3, 2], 0.95)).toBe(4);
  });
});

describe("made clauses", () => {
  it("are as many as wanted, cut at items, and the same every time", () => {
    const articles = [{ id: "a", title: "t", text: `1. ${"một ".repeat(60)}\n2. ${"hai ".repeat(60)}` }];
    const made = [...clauses(articles, 5)];
    expect(made.map(({ id }) => id)).toEqual(["a/0", "a/1", "a/0~1", "a/1~1", "a/0~2"]);
    expect(made[2]?.text.length).toBeLessThan(made[0]?.text.length ?? 0);
    expect([...clauses(articles, 5)]).toEqual(made);
  });
});

describe("bench -- retrieval", () => {
  const corpus = join(folder, "corpus.jsonl.gz");
  const queries = join(folder, "queries.jsonl");
  writeFileSync(
    corpus,
    gzipSync(
      [
        { id: "a", title: "Vay vốn", text: "Hợp tác xã được vay vốn." },
        { id: "b", title: "Đào tạo", text: "Cán bộ được đi học." },
      ]
        .map((line) => JSON.stringify(line))
        .join("\n"),
    ),
  );
  writeFileSync(queries, JSON.stringify({ id: "q", text: "vay vốn", noMarks: "vay von", relevant: ["a"] }));

  it("prints the promised JSON, ours named cau-noi, with the variants that the questions have", async () => {
    const { out, code } = await runScript("bench", [
      "retrieval",
      "--corpus",
      corpus,
      "--queries",
      queries,
      "--peers",
      "none",
      "--json",
    ]);
    const { systems } = JSON.parse(out);
    expect(code).toBe(0);
    expect(systems).toHaveLength(1);
    expect(systems[0]).toMatchObject({
      name: "cau-noi",
      buildMs: expect.any(Number),
      memoryMb: expect.any(Number),
      variants: {
        text: {
          ndcg10: 1,
          recall1: 1,
          recall5: 1,
          recall10: 1,
          mrr10: 1,
          p50Ms: expect.any(Number),
          p95Ms: expect.any(Number),
        },
        noMarks: { ndcg10: 1 },
      },
    });
    expect(Object.keys(systems[0].variants)).toEqual(["text", "noMarks"]);
  });

  it("prints help, and tells wrong usage apart", async () => {
    const runs = await Promise.all([
      runScript("bench", ["retrieval", "--help"]),
      runScript("bench", ["retrieval"]),
      runScript("bench", ["nothing"]),
      runScript("bench", ["retrieval", "--corpus", corpus, "--queries", queries, "--peers", "nobody"]),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([0, 2, 2, 2]);
    expect(runs[0]?.out).toContain("--peers");
  });
});
