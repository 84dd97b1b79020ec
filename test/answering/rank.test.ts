import { describe, expect, it } from "vitest";
import { rank } from "../../src/answering/rank.ts";
import type { Passage } from "../../src/knowledge/validity.ts";
import type { Candidate } from "../../src/retrieval/retriever.ts";

const SCOPE = { asOf: "2026-11-30", documents: [], prior: null };

function clause(heading: string, score: number): Candidate {
  const passage = {
    id: heading,
    document: "bang-chon-kenh",
    headingPath: ["Ai nên hỏi vay ở đâu", heading],
    lead: "Vay không cần tài sản bảo đảm ở ngân hàng.",
    parts: [],
    replaces: [],
    successors: [],
    supersededBy: null,
    effectiveFrom: "2025-07-01",
    effectiveTo: null,
  } as unknown as Passage;
  return { passage, score, coverage: 0.5 } as Candidate;
}

const first = (question: string, ...candidates: Candidate[]) =>
  rank(candidates, SCOPE, question)[0]?.passage.id;

describe("the order of clauses", () => {
  it("puts a clause about another kind of body behind, however well its words fit", () => {
    const [group, cooperative] = [clause("Tổ hợp tác", 0.7), clause("Hợp tác xã", 0.6)];
    expect(first("nên vay kênh nào hợp tác xã", group, cooperative)).toBe("Hợp tác xã");
    expect(first("tổ hợp tác nên vay kênh nào", group, cooperative)).toBe("Tổ hợp tác");
  });

  it("keeps it where both are asked about, none is, or its heading only mentions one", () => {
    const [group, cooperative] = [clause("Tổ hợp tác", 0.7), clause("Hợp tác xã", 0.6)];
    expect(first("tổ hợp tác với hợp tác xã vay khác nhau sao", group, cooperative)).toBe("Tổ hợp tác");
    expect(first("nên vay kênh nào", group, cooperative)).toBe("Tổ hợp tác");
    const mention = clause("Chuyển thành tổ hợp tác", 0.7);
    expect(first("hợp tác xã chuyển sao", mention, cooperative)).toBe("Chuyển thành tổ hợp tác");
  });

  it("puts a clause that does not speak of loans behind, when a loan is asked about", () => {
    const saving = clause("Mức góp vốn tối đa", 0.6);
    const contribution = {
      ...saving,
      passage: { ...saving.passage, headingPath: ["Góp vốn"], lead: "Góp tối đa 30% vốn điều lệ." },
    };
    const loan = clause("Mức vay tối đa", 0.5);
    expect(first("vay vốn hợp tác xã tối đa bao nhiêu", contribution, loan)).toBe("Mức vay tối đa");
    expect(first("góp vốn tối đa bao nhiêu vậy", contribution, loan)).toBe("Mức góp vốn tối đa");
  });
});
