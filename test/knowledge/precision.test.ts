import { beforeAll, describe, expect, it } from "vitest";
import { createAssistant } from "../../src/answering/assistant.ts";
import { buildCorpus, type Corpus } from "../../src/knowledge/corpus.ts";
import { highestPrecision, pointAt, pointFor } from "../../src/knowledge/precision.ts";
import { createEmbed } from "../../src/providers/embeddings.ts";
import { ownFiles, TODAY } from "../support/corpus.ts";

const curve = (...precisions: number[]) =>
  precisions.map((precision, i) => ({ threshold: i / 10, answered: 1 - i / 10, precision }));

describe("the threshold for a wanted precision", () => {
  it("is the lowest that keeps it", () => {
    expect(pointFor(curve(0.8, 0.9, 0.95, 0.97), 0.95)?.threshold).toBe(0.2);
    expect(pointFor(curve(0.8, 0.9, 0.95, 0.97), 0.8)?.threshold).toBe(0);
  });

  it("is further from the edge where that costs hardly an answer", () => {
    const flat = [0.9, 0.95, 0.96, 0.949, 0.97, 0.97].map((precision, i) => ({
      threshold: i / 10,
      answered: [1, 0.8, 0.795, 0.792, 0.79, 0.6][i] ?? 0,
      precision,
    }));
    expect(pointFor(flat, 0.95)?.threshold).toBe(0.4);
  });

  it("is not one that keeps it for a moment only", () => {
    expect(pointFor(curve(0.96, 0.85, 0.9, 0.96, 0.97), 0.95)?.threshold).toBeCloseTo(0.3);
  });

  it("does not exist where the precision is never reached", () => {
    expect(pointFor(curve(0.8, 0.9), 0.95)).toBeNull();
    expect(highestPrecision(curve(0.8, 0.912, 0.92))).toBe(0.92);
    expect(highestPrecision([])).toBeNull();
  });

  it("is none at which next to nothing is answered", () => {
    const hardly = [{ threshold: 0.99, answered: 0.01, precision: 1 }];
    expect(pointFor([...curve(0.8), ...hardly], 0.95)).toBeNull();
  });

  it("is a point of the curve again, by its threshold", () => {
    expect(pointAt(curve(0.8, 0.9, 0.95), 0.1)?.precision).toBe(0.9);
    expect(pointAt(curve(0.8, 0.9, 0.95), 0.15)?.precision).toBe(0.9);
    expect(pointAt([], 0.5)).toBeNull();
  });
});

describe("the calibrating part of the golden set", () => {
  let corpus: Corpus;
  beforeAll(async () => {
    corpus = buildCorpus(await ownFiles());
  });

  /** How many of its questions are answered when this precision is wanted. */
  async function answeredAt(wanted: number): Promise<number> {
    const { calibration } = corpus.catalog;
    const threshold = pointFor(calibration.curve, wanted)?.threshold ?? 1;
    const clock = () => 0;
    const ask = await createAssistant(corpus, {
      embed: await createEmbed(null),
      clock,
      calibration: { ...calibration, threshold },
    });
    const questions = corpus.golden.filter(
      ({ split, kind }) => split === "calibrate" && (kind === "answerable" || kind === "unanswerable"),
    );
    let answered = 0;
    for (const { text, context } of questions)
      if ((await ask({ text, context, today: TODAY })).outcome.startsWith("answered")) answered++;
    return answered;
  }

  it("is answered less when more precision is wanted, and more when less is", async () => {
    const [low, now, high] = [await answeredAt(0.88), await answeredAt(0.95), await answeredAt(0.98)];
    expect(low).toBeGreaterThan(now);
    expect(high).toBeLessThan(now);
  }, 120_000);

  it("gave the threshold in force, which the wanted precision gives again from the stored curve", () => {
    const { wantedPrecision, threshold, curve: stored } = corpus.catalog.calibration;
    expect(pointFor(stored, wantedPrecision)?.threshold).toBe(threshold);
  });
});
