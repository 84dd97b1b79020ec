import { describe, expect, it } from "vitest";
import { readTrace } from "../../../src/console/chats/trace.ts";

describe("a stored trace", () => {
  it("of an older shape shows what it holds", () => {
    const trace = readTrace({
      understood: { text: "vay bao nhiêu", asOf: "2025-07-01", background: 7 },
      parts: [
        { question: "vay bao nhiêu", decision: "nothing", candidates: [{ passage: "a#1", score: 0.4 }] },
      ],
    });
    expect(trace?.understood).toMatchObject({ text: "vay bao nhiêu", asOf: "2025-07-01", background: null });
    expect(trace?.parts[0]?.candidates).toMatchObject([
      { passage: "a#1", score: 0.4, fate: null, document: null },
    ]);
    expect(trace).toMatchObject({ threshold: null, cited: [], edition: null, timings: null });
  });

  it.each([null, undefined, "text", 7, [], {}, { understood: 3, parts: "no" }])("of %j is none", (stored) => {
    expect(readTrace(stored)).toBeNull();
  });
});
