import { describe, expect, it, vi } from "vitest";
import type { Triage } from "../src/petitions/triage.ts";
import { topicOnce } from "../src/topic-once.ts";

const sortAs = (topic: string) => vi.fn(() => ({ topic, stance: "kien-nghi" })) as unknown as Triage;

describe("the topic of a question", () => {
  it("is worked out once, and again when the rules change", () => {
    const first = sortAs("von-vay");
    const second = sortAs("ha-tang");
    const topicOf = topicOnce();
    expect([topicOf(first, "a"), topicOf(first, "a"), topicOf(first, "b")]).toEqual(Array(3).fill("von-vay"));
    expect(first).toHaveBeenCalledTimes(2);
    expect(topicOf(second, "a")).toBe("ha-tang");
    expect(second).toHaveBeenCalledTimes(1);
  });
});
