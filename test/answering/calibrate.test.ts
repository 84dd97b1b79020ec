import { describe, expect, it } from "vitest";
import { chooseThreshold, fitModel, type Trial } from "../../src/answering/calibrate.ts";
import { confidence, type Evidence } from "../../src/answering/confidence.ts";

const evidence = (coverage: number, missing = 0): Evidence => ({
  score: coverage,
  coverage,
  asked: 0,
  body: 0,
  phrases: 0,
  vector: 0,
  leadsBody: 0,
  leadsAsked: 0,
  leadsVector: 0,
  missing,
  end: 0,
  margin: 0,
  fits: 1,
  answerable: 0,
});

/** The more is covered the more often it is right; one in ten is the other way round. */
const trials: Trial[] = Array.from({ length: 200 }, (_, i) => {
  const coverage = i / 200;
  return {
    evidence: evidence(coverage, 1 - coverage),
    right: i % 10 === 0 ? coverage < 0.5 : coverage >= 0.5,
  };
});

describe("the fitted confidence", () => {
  const model = fitModel(trials);
  const sure = (coverage: number) => confidence(evidence(coverage, 1 - coverage), { ...model, threshold: 0 });

  it("grows with the evidence", () => {
    expect(sure(0.1)).toBeLessThan(0.3);
    expect(sure(0.9)).toBeGreaterThan(0.7);
  });

  it("is the same for the same trials", () => {
    expect(fitModel(trials)).toEqual(model);
  });

  it("lets no evidence speak against its kind, even when the trials say so", () => {
    const turned = trials.map((trial) => ({ ...trial, right: !trial.right }));
    for (const { weights } of [model, fitModel(turned)]) {
      const { missing, ...others } = weights;
      expect(missing).toBeLessThanOrEqual(0);
      for (const weight of Object.values(others)) expect(weight).toBeGreaterThanOrEqual(0);
    }
  });

  it("comes with the lowest threshold that keeps the wanted precision", () => {
    const judged = trials.map(({ evidence, right }) => ({ sure: sure(evidence.coverage), right }));
    const { threshold, curve } = chooseThreshold(judged, 0.85);
    const answered = judged.filter((one) => one.sure >= threshold);
    expect(answered.length).toBeGreaterThan(50);
    expect(answered.filter(({ right }) => right).length / answered.length).toBeGreaterThanOrEqual(0.85);
    expect(curve[0]).toMatchObject({ threshold: 0, answered: 1 });
    expect(chooseThreshold(judged, 0.7).threshold).toBeLessThan(threshold);
  });

  it("answers next to nothing when the wanted precision cannot be had", () => {
    const hopeless = trials.map(({ evidence }) => ({ sure: sure(evidence.coverage), right: false }));
    expect(chooseThreshold(hopeless, 0.95).threshold).toBeGreaterThanOrEqual(0.95);
  });
});
