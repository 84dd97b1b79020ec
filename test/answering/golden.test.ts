import { beforeAll, describe, expect, it } from "vitest";
import { figuresOf, type Result, tryTyping } from "../../src/answering/evaluation.ts";
import { TYPINGS, type Typing } from "../../src/answering/typing.ts";
import { buildCorpus, type Corpus } from "../../src/knowledge/corpus.ts";
import { assistantOf, ownFiles, TODAY } from "../support/corpus.ts";

let corpus: Corpus;
const results = new Map<Typing, Result[]>();
beforeAll(async () => {
  corpus = buildCorpus(await ownFiles());
  const ask = await assistantOf(corpus);
  // The building part teaches and the calibrating part sets the threshold, so neither may judge.
  const judging = corpus.golden.filter(({ split }) => split === "report");
  for (const typing of TYPINGS) results.set(typing, await tryTyping(ask, judging, typing, { today: TODAY }));
}, 240_000);

type Floor = Record<"answered" | "accurate" | "declined" | "petitions" | "harmless", number>;
/** A little below what was measured when they were set (93, 97, 97 % in both spellings; 91, 97, 97 % with typos): no change lowers it unseen. */
const FLOORS: Record<Typing, Floor> = {
  marks: { answered: 0.91, accurate: 0.95, declined: 0.95, petitions: 0.95, harmless: 1 },
  noMarks: { answered: 0.91, accurate: 0.95, declined: 0.95, petitions: 0.95, harmless: 1 },
  typos: { answered: 0.88, accurate: 0.95, declined: 0.95, petitions: 0.95, harmless: 1 },
};

describe("the reporting part of the golden set", () => {
  it.each(TYPINGS)("typed as '%s' stays above the floor", (typing) => {
    const measured = figuresOf(results.get(typing) ?? []);
    expect(measured.questions).toBeGreaterThanOrEqual(380);
    for (const [name, floor] of Object.entries(FLOORS[typing])) {
      expect(measured[name as keyof Floor].share, name).toBeGreaterThanOrEqual(floor);
    }
  });
});

describe("every answer to it", () => {
  const claimed = () =>
    [...results.values()]
      .flat()
      .map(({ answer }) => answer)
      .filter(({ citations }) => citations.length > 0);

  it("quotes its clause word for word", () => {
    const passages = new Map(corpus.passages.map((passage) => [passage.id, passage]));
    expect(claimed().length).toBeGreaterThan(100);
    for (const { passageId, quote } of claimed().flatMap(({ citations }) => citations)) {
      const passage = passages.get(passageId);
      const own = [passage?.lead, ...(passage?.parts ?? []).map(({ text }) => text)].join(" ");
      for (const word of quote.split(" ")) expect(own).toContain(word);
    }
  });

  it("says no figure that does not stand in a quote", () => {
    for (const { text, citations } of claimed()) {
      const said = text.split("\n").filter((line) => !/^(?:Căn cứ|Cũng theo): /.test(line));
      const quotes = citations.map(({ quote }) => quote).join(" ");
      for (const figure of said.join(" ").match(/\d[\d.,/]*\d|\d/g) ?? []) expect(quotes).toContain(figure);
    }
  });

  it("rests on nothing that is unknown, and names the office of what is not certain", () => {
    for (const { text, citations } of claimed()) {
      for (const { certainty, verifiedBy } of citations) {
        expect(certainty).not.toBe("unknown");
        if (certainty === "to-verify") expect(text).toContain(`${verifiedBy}`);
      }
    }
  });
});
