import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createNumberMap } from "../../src/text/number-map.ts";

describe("a map of numbers", () => {
  it("numbers keys as a Map would, in the order of first sight", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(40), fc.maxSafeNat()), { maxLength: 3000 }), (keys) => {
        const map = createNumberMap();
        const model = new Map<number, number>();
        for (const key of keys) {
          if (!model.has(key)) model.set(key, model.size);
          expect(map.add(key)).toBe(model.get(key));
        }
        for (const key of keys) expect(map.find(key)).toBe(model.get(key));
        expect(map.size()).toBe(model.size);
      }),
    );
  });

  it("tells keys apart that share their lower half, and knows what it does not hold", () => {
    const map = createNumberMap();
    expect([map.add(5), map.add(2 ** 40 + 5), map.add(2 ** 46 + 5), map.add(5)]).toEqual([0, 1, 2, 0]);
    expect(map.find(2 ** 41 + 5)).toBe(-1);
  });
});
