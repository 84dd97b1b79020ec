import { describe, expect, it } from "vitest";
import { atOnce, inTurns, type Steps } from "../../src/text/steps.ts";

function* counting(to: number, done: number[]): Steps<string> {
  for (let i = 1; i <= to; i++) {
    done.push(i);
    yield;
  }
  return "ready";
}

describe("work in steps", () => {
  it("comes to the same result at once and in turns", async () => {
    const [first, second]: number[][] = [[], []];
    expect(atOnce(counting(3, first ?? []))).toBe("ready");
    expect(await inTurns(counting(3, second ?? []), async () => {})).toBe("ready");
    expect(second).toEqual(first);
  });

  it("lets other work go on after each step", async () => {
    const done: number[] = [];
    const seen: number[] = [];
    await inTurns(counting(3, done), async () => void seen.push(done.length));
    expect(seen).toEqual([1, 2, 3]);
  });

  it("stops where a step fails", async () => {
    const failing = function* (): Steps<never> {
      yield;
      throw new Error("cannot be read");
    };
    expect(() => atOnce(failing())).toThrow("cannot be read");
    await expect(inTurns(failing(), async () => {})).rejects.toThrow("cannot be read");
  });
});
