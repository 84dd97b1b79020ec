import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { whileTyping } from "../src/typing.ts";
import { createGate } from "./support/gate.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(isQuiet: boolean) {
  const typing = vi.fn(async (_: string) => {});
  const gate = createGate<string>();
  return { typing, gate, answer: whileTyping({ typing }, "hoa", isQuiet, () => gate.promise) };
}

describe("that an answer is being prepared", () => {
  it("is shown at once where nothing else is under way, and again as long as it takes", async () => {
    const { typing, gate, answer } = start(true);
    expect(typing.mock.calls).toEqual([["hoa"]]);
    await vi.advanceTimersByTimeAsync(8_500);
    expect(typing).toHaveBeenCalledTimes(3);
    gate.resolve("xong");
    expect(await answer).toBe("xong");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(typing).toHaveBeenCalledTimes(3);
  });

  it("is shown among many only when it takes long", async () => {
    const quick = start(false);
    quick.gate.resolve("xong");
    await quick.answer;
    const slow = start(false);
    await vi.advanceTimersByTimeAsync(5_500);
    expect([quick.typing.mock.calls.length, slow.typing.mock.calls.length]).toEqual([0, 2]);
    slow.gate.resolve("xong");
    await slow.answer;
  });

  it("is shown nowhere where a channel cannot, and its failing changes nothing", async () => {
    expect(await whileTyping(undefined, "hoa", true, async () => 1)).toBe(1);
    const typing = () => Promise.reject(new Error("nobody minds"));
    expect(await whileTyping({ typing }, "hoa", true, async () => 2)).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends with an answer that fails", async () => {
    const failing = whileTyping(undefined, "hoa", false, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(vi.getTimerCount()).toBe(0);
  });
});
