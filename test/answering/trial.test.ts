import { describe, expect, it } from "vitest";
import { compareTrials, type Trial, tryAll } from "../../src/answering/trial.ts";
import type { GoldenQuestion } from "../../src/knowledge/catalog.ts";
import { buildCorpus } from "../../src/knowledge/corpus.ts";
import { assistantOf, ownFiles, TODAY } from "../support/corpus.ts";

const QUESTIONS: GoldenQuestion[] = [
  {
    id: "q1",
    text: "mức hỗ trợ máy sấy lúa thử nghiệm là bao nhiêu",
    context: [],
    kind: "answerable",
    topic: "ha-tang",
    split: "report",
    expect: { documents: ["901/2025/NĐ-CP"], facts: ["111 triệu"], accept: {} },
  },
];

const decree = (amount: string) => `---
number: 901/2025/NĐ-CP
title: Hỗ trợ máy sấy lúa thử nghiệm
issuer: Chính phủ
signed: 2025-01-01
effective: 2025-01-01
expires: null
topics: [ha-tang]
source: bài thử
certainty: certain
---
## Điều 5. Mức hỗ trợ máy sấy lúa thử nghiệm
Mức hỗ trợ máy sấy lúa thử nghiệm là ${amount} đồng.
`;

async function trials(amount: string) {
  const catalog = (await ownFiles()).filter(({ path }) => !/^(documents|golden)\//.test(path));
  const corpus = buildCorpus([...catalog, { path: "documents/a.md", text: decree(amount) }]);
  return tryAll(await assistantOf(corpus), QUESTIONS, TODAY);
}

describe("a trial of golden questions", () => {
  it("notes how each was answered and whether that is right", async () => {
    const [trial] = await trials("111 triệu");
    expect(trial).toMatchObject({
      id: "q1",
      outcome: "answered",
      cited: ["901-2025-nd-cp#dieu-5"],
      right: true,
    });
  });

  it("shows the old and the new answer of a question that a change breaks, and of one that it mends", async () => {
    const [right, wrong] = [await trials("111 triệu"), await trials("222 triệu")];
    expect(compareTrials(right, wrong, 0.4)).toMatchObject([
      {
        id: "q1",
        verdict: "broken",
        before: { text: expect.stringContaining("111 triệu"), right: true },
        after: { text: expect.stringContaining("222 triệu"), right: false, reason: "thiếu 111 triệu" },
      },
    ]);
    expect(compareTrials(wrong, right, 0.4).map(({ verdict }) => verdict)).toEqual(["mended"]);
  });

  it("shows nothing when every answer is the same, and passes over questions that were not asked before", async () => {
    const asked = await trials("111 triệu");
    expect(compareTrials(asked, asked, 0.4)).toEqual([]);
    expect(compareTrials([], asked, 0.4)).toEqual([]);
  });
});

describe("a golden question that turns", () => {
  const trial = (outcome: string, confidence: number, right: boolean): Trial => ({
    id: "q",
    question: "mức nào",
    kind: "answerable",
    outcome,
    confidence,
    text: outcome,
    cited: [],
    right,
    reason: "",
  });
  const verdict = (before: Trial, after: Trial) => compareTrials([before], [after], 0.4)[0]?.verdict;

  it("is unsteady when its answer was a near thing and is now declined", () => {
    expect(verdict(trial("answered", 0.45, true), trial("unanswered_no_support", 0.6, false))).toBe(
      "unsteady",
    );
    expect(verdict(trial("petition", 0.52, true), trial("unanswered_no_support", 0.9, false))).toBe(
      "unsteady",
    );
  });

  it("is broken when its answer was sure and is now declined", () => {
    expect(verdict(trial("answered", 0.8, true), trial("unanswered_no_support", 0.6, false))).toBe("broken");
    expect(verdict(trial("petition", 0.9, true), trial("unanswered_no_support", 0.9, false))).toBe("broken");
  });

  it("is broken when it now claims something wrong, however near either was", () => {
    expect(verdict(trial("answered", 0.45, true), trial("answered", 0.41, false))).toBe("broken");
    expect(verdict(trial("unanswered_no_support", 0.9, true), trial("answered", 0.8, false))).toBe("broken");
  });
});
