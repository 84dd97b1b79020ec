import { beforeAll, describe, expect, it } from "vitest";
import type { Answer, Ask } from "../../src/answering/answer.ts";
import { judge, judgeInFolds } from "../../src/answering/judging.ts";
import { buildCorpus, type Corpus } from "../../src/knowledge/corpus.ts";
import { ownFiles, TODAY } from "../support/corpus.ts";

let corpus: Corpus;
beforeAll(async () => {
  corpus = buildCorpus(await ownFiles(), { learn: false });
});

/** Answers everything alike, and tells what it was asked. */
function answering(heard: string[]): Ask {
  return async ({ text }) => {
    heard.push(text);
    return {
      outcome: "answered",
      confidence: 0.5,
      text: "",
      citations: [],
      trace: { parts: [] },
    } as unknown as Answer;
  };
}

describe("judging", () => {
  it("asks each question in every typing that differs, and only what has or lacks an answer", async () => {
    const heard: string[] = [];
    const [question] = corpus.golden.filter(
      ({ kind, text }) => kind === "answerable" && /[ạảãáà]/.test(text),
    );
    const talk = corpus.golden.find(({ kind }) => kind === "smalltalk");
    if (!question || !talk) throw new Error("the golden set has neither kind");
    expect(await judge(answering(heard), [question, talk], TODAY)).toHaveLength(3);
    expect(new Set(heard).size).toBe(3);
  });

  it("asks every question of the building part once a typing, of a corpus that never learned it", async () => {
    const heard: string[] = [];
    const judged = await judgeInFolds(
      corpus,
      async (taught) => {
        const own = answering(heard);
        return (question) => {
          expect(taught.golden.map(({ text }) => text)).not.toContain(question.text);
          return own(question);
        };
      },
      TODAY,
    );
    const building = corpus.golden.filter(
      ({ split, kind }) => split === "build" && (kind === "answerable" || kind === "unanswerable"),
    );
    expect(judged).toHaveLength(heard.length);
    for (const { text } of building) expect(heard).toContain(text);
  });
});
