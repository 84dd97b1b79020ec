import { describe, expect, it } from "vitest";
import { shareOf } from "../../src/answering/share.ts";

const cases = (count: number, of: number) => Array.from({ length: of }, (_, i) => i < count);
const holds = (one: boolean) => one;

describe("a share", () => {
  it.each([
    [8, 10, 0.49, 0.943],
    [95, 100, 0.888, 0.978],
    [10, 10, 0.722, 1],
    [0, 10, 0, 0.278],
  ])("of %i in %i lies between %f and %f", (count, of, low, high) => {
    const share = shareOf(cases(count, of), holds);
    expect(share).toMatchObject({ count, of, share: count / of });
    expect(share.low).toBeCloseTo(low, 2);
    expect(share.high).toBeCloseTo(high, 2);
  });

  it("of no cases says that nothing is known", () => {
    expect(shareOf([], holds)).toEqual({ count: 0, of: 0, share: 0, low: 0, high: 1 });
  });
});
