import { describe, expect, it } from "vitest";
import { type Call, mostWithin, tooEarly } from "../../../scripts/faults/calls.ts";

const call = (chat: string, at: number, retryAfter: number | null = null): Call => ({
  chat,
  at,
  from: "r0-0",
  retryAfter,
});

describe("a call that comes too early", () => {
  it("comes to a chat before the time is over that Telegram told", () => {
    expect(tooEarly([call("1", 0, 2), call("1", 1_999)])).toBe(1);
    expect(tooEarly([call("1", 0, 2), call("1", 2_000)])).toBe(0);
    expect(tooEarly([call("1", 0, 2), call("1", 1_000, 2), call("1", 2_500)])).toBe(2);
  });

  it("is none when it goes to another chat", () => {
    expect(tooEarly([call("1", 0, 2), call("2", 1)])).toBe(0);
  });
});

describe("the most within a span", () => {
  it("is counted over every span, not only over whole seconds", () => {
    expect(mostWithin([900, 950, 1_000, 1_050, 3_000], 200)).toBe(4);
    expect(mostWithin([0, 1_000, 2_000], 1_000)).toBe(1);
    expect(mostWithin([], 1_000)).toBe(0);
  });
});
