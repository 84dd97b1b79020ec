import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../../src/answering/answer.ts";
import { buildCorpus, type Corpus } from "../../src/knowledge/corpus.ts";
import { validityAt } from "../../src/knowledge/validity.ts";
import { LIMITS } from "../../src/reading/limits.ts";
import { type GivenFile, readDocuments } from "../../src/reading/read-document.ts";
import { asker, assistantOf, ownFiles } from "../support/corpus.ts";
import {
  DECREE_A,
  DECREE_B,
  type Decree,
  decreeDocx,
  decreeHtml,
  decreeMarkdown,
} from "../support/decrees.ts";

const [A, B] = ["911/2023/NĐ-CP", "922/2025/NĐ-CP"];
const FRONT = "expires: null\ntopics: [ha-tang]\nsource: bản thử\ncertainty: certain";
const FRONT_A = `signed: 2023-12-05\neffective: 2024-01-01\n${FRONT}`;
const AMENDS = `amends:\n  - { document: ${A}, clause: Điều 5, by: Điều 1 khoản 1, effect: amends, from: 2026-01-01 }`;
const FRONT_B = `signed: 2025-11-10\neffective: 2026-01-01\n${FRONT}\n${AMENDS}`;
const pdf = (name: string) => readFile(new URL(`../fixtures/reading/${name}.pdf`, import.meta.url));

/** The machine that runs the tests may be busy. */
const PATIENT = { ...LIMITS, timeMs: 60_000 };

const MAKE: Record<string, (decree: Decree, name: string, front: string) => Promise<Uint8Array>> = {
  md: async (decree, _, front) => Buffer.from(decreeMarkdown(decree, front)),
  docx: (decree) => decreeDocx(decree),
  pdf: (_, name) => pdf(name),
  html: async (decree) => Buffer.from(decreeHtml(decree)),
};

/** Both decrees in one format; Markdown carries in itself what a sidecar says. */
async function given(format: string, hasSidecar: boolean): Promise<GivenFile[]> {
  const make = async (decree: Decree, name: string, front: string): Promise<GivenFile> => ({
    name: `${name}.${format}`,
    bytes: (await MAKE[format]?.(decree, name, front)) ?? new Uint8Array(),
    sidecar: hasSidecar ? front : null,
  });
  return Promise.all([make(DECREE_A, "decree-a", FRONT_A), make(DECREE_B, "decree-b", FRONT_B)]);
}

describe.each([
  ["md", false],
  ["docx", false],
  ["docx", true],
  ["pdf", false],
  ["pdf", true],
  ["html", false],
  ["html", true],
] as const)("a decree and the one that amends it as %s (sidecar: %s)", (format, hasSidecar) => {
  let corpus: Corpus;
  let ask: (text: string) => Promise<Answer>;

  beforeAll(async () => {
    const files = await ownFiles();
    for await (const result of readDocuments(await given(format, hasSidecar), PATIENT)) {
      if ("refused" in result) throw result.refused;
      for (const { path, text } of result.documents) files.push({ path: `documents/${path}.md`, text });
    }
    corpus = await buildCorpus(files);
    ask = asker(await assistantOf(corpus));
  }, 120_000);

  it("are both taken, and the amended article ends where the new wording begins", () => {
    expect(corpus.refused).toEqual([]);
    const article = corpus.passages.filter(({ document, locator }) => document === A && locator === "Điều 5");
    expect(article.map(({ to }) => to)).toEqual(["2026-01-01"]);
    expect(article.map((passage) => validityAt(passage, "2025-12-31"))).toEqual(["in-force"]);
    expect(article.map((passage) => validityAt(passage, "2026-01-01"))).not.toContain("in-force");
  });

  it("answer today with the new wording, citing the amending decree", async () => {
    const answer = await ask("Hợp tác xã mua máy sấy lúa được hỗ trợ tối đa bao nhiêu?");
    expect(answer.text).toContain("222 triệu đồng");
    expect(answer.text).not.toContain("111 triệu");
    expect(answer.citations.map(({ document }) => document)).toContain(B);
  });

  it("answer for 2025 with the wording of that year", async () => {
    const answer = await ask("Năm 2025 hợp tác xã mua máy sấy lúa được hỗ trợ tối đa bao nhiêu?");
    expect(answer.text).toContain("111 triệu đồng");
    expect(answer.text).not.toContain("222 triệu");
    expect(answer.citations.map(({ document }) => document)).toContain(A);
  });
});
