import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trainClassifier } from "../../src/text/classifier.ts";

const LABELS = ["vay", "kho"] as const;
const EXAMPLES = [
  ...["vay vốn", "lãi suất vay", "ngân hàng vay"].map((text) => ({
    label: "vay" as const,
    features: text.split(" "),
  })),
  ...["nhà kho", "xây kho"].map((text) => ({ label: "kho" as const, features: text.split(" ") })),
];

describe("trainClassifier", () => {
  it("tells the labels apart by the features that it learned", () => {
    const classify = trainClassifier(LABELS, EXAMPLES);
    expect(classify(["vay"]).vay).toBeGreaterThan(0.8);
    expect(classify(["kho"]).kho).toBeGreaterThan(0.8);
  });

  it("gives chances that sum to one, whatever it is asked", () => {
    const classify = trainClassifier(LABELS, EXAMPLES);
    fc.assert(
      fc.property(fc.array(fc.constantFrom("vay", "kho", "nhà", "lạ")), (features) => {
        const chances = Object.values(classify(features));
        expect(chances.reduce((a, b) => a + b, 0)).toBeCloseTo(1);
        for (const chance of chances) expect(chance).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("gives every label the same chance when it knows no feature", () => {
    expect(trainClassifier(LABELS, EXAMPLES)(["lạ"])).toEqual({ vay: 0.5, kho: 0.5 });
    expect(trainClassifier(LABELS, [])(["vay"])).toEqual({ vay: 0.5, kho: 0.5 });
  });

  it("learns the same from the same examples", () => {
    const features = ["vay", "kho"];
    expect(trainClassifier(LABELS, EXAMPLES)(features)).toEqual(trainClassifier(LABELS, EXAMPLES)(features));
  });

  it("lets a rare label count, although another has a hundred times its examples", () => {
    const many = Array.from({ length: 200 }, (_, i) => ({
      label: "vay" as const,
      features: ["*", `v${i % 20}`],
    }));
    const classify = trainClassifier(LABELS, [
      ...many,
      { label: "kho", features: ["*", "kho"] },
      { label: "kho", features: ["*", "nhà"] },
    ]);
    expect(classify(["*", "kho"]).kho).toBeGreaterThan(0.5);
  });
});
