import { describe, expect, it } from "vitest";
import { gateVerdict } from "../../src/console/knowledge/words.ts";
import type { AnswerChange } from "../../src/knowledge/gate-report.ts";

const told = { outcome: "answered", confidence: 0.5, text: "", cited: [], right: true, reason: "" };
const change = (verdict: AnswerChange["verdict"]): AnswerChange => ({
  id: verdict,
  question: "mức nào",
  kind: "answerable",
  verdict,
  before: told,
  after: told,
});
const said = (...verdicts: AnswerChange["verdict"][]) =>
  gateVerdict({ refused: [], answers: verdicts.map(change) });

describe("what a check comes to", () => {
  it("names documents that cannot be read before anything else", () => {
    const refused = [{ file: "documents/a.md", reason: "hỏng" }];
    expect(gateVerdict({ refused, answers: [change("broken")] })).toContain("1 văn bản không đọc được");
  });

  it("counts what breaks, and what was a near thing and turns", () => {
    expect(said("broken", "broken", "unsteady")).toMatch(/^2 câu hỏi mẫu đang được trả lời đúng/);
    expect(said("unsteady", "mended")).toContain("1 câu vốn chỉ vừa đủ chắc");
  });

  it("tells other words from no change at all", () => {
    expect(said("other")).toBe("Không câu hỏi mẫu nào bị trả lời sai đi.");
    expect(said()).toBe("Các câu hỏi mẫu được trả lời y như trước.");
  });
});
