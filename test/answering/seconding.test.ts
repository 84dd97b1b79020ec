import { describe, expect, it } from "vitest";
import { secondOf } from "../../src/answering/seconding.ts";
import type { Passage } from "../../src/knowledge/validity.ts";
import type { Candidate } from "../../src/retrieval/retriever.ts";

function candidate(document: string, lead: string, more: Partial<Passage> = {}, score = 0.5): Candidate {
  const passage = {
    id: `${document}#1`,
    document,
    lead,
    headingPath: [],
    parts: [],
    certainty: "certain",
    from: "2025-07-01",
    to: null,
    ...more,
  } as unknown as Passage;
  return { passage, score } as Candidate;
}

const sheet = candidate("chon-kenh-vay", "Vay tối đa 3 tỷ đồng theo Nghị định 156/2025.", {}, 0.6);
const decree = candidate("156/2025/NĐ-CP", "Chủ trang trại: tối đa 3 tỷ đồng.");
const other = candidate("17/2023/QH15", "Góp tối đa 30% vốn điều lệ.");
const second = (said: string, ...others: Candidate[]) =>
  secondOf(sheet, said, others, "2026-11-30")?.passage.document ?? null;

describe("the clause that is named beside the one that answers", () => {
  it("is of a document that the answer names", () => {
    expect(second("theo Nghị định 156/2025", other, decree)).toBe("156/2025/NĐ-CP");
    expect(second("theo Nghị định 1156/2025", other, decree)).toBeNull();
  });

  it("else states every amount of the answer, with its unit", () => {
    expect(second("tối đa 3 tỷ đồng", other, decree)).toBe("156/2025/NĐ-CP");
    expect(second("tối đa 3 tỷ đồng, lãi 5%", other, decree)).toBeNull();
    expect(second("tối đa 3 lần", other, decree)).toBeNull();
    expect(second("do hai bên thỏa thuận", other, decree)).toBeNull();
  });

  it("is of another document, certain, in force, and about as near to the question", () => {
    const said = "tối đa 3 tỷ đồng";
    const words = "Tối đa 3 tỷ đồng.";
    expect(second(said, candidate("chon-kenh-vay", words))).toBeNull();
    expect(second(said, candidate("60/2026/TT-BTC", words, { certainty: "to-verify" }))).toBeNull();
    expect(second(said, candidate("116/2018/NĐ-CP", words, { to: "2025-07-01" }))).toBeNull();
    expect(second(said, candidate("116/2018/NĐ-CP", words, {}, 0.4))).toBeNull();
    expect(second(said, candidate("116/2018/NĐ-CP", words))).toBe("116/2018/NĐ-CP");
  });

  it("is not about another kind of body, for which the same amount holds by chance", () => {
    const told = candidate("17/2023/QH15", "Cấp trong 03 ngày.", { headingPath: ["Cấp giấy hợp tác xã"] });
    const group = candidate("92/2024/NĐ-CP", "Cấp trong 03 ngày.", { headingPath: ["Giấy của tổ hợp tác"] });
    expect(secondOf(told, "trong 03 ngày", [group], "2026-11-30")).toBeNull();
    const both = { ...group, passage: { ...group.passage, headingPath: ["Hạn cấp giấy"] } };
    expect(secondOf(told, "trong 03 ngày", [both], "2026-11-30")).toBe(both);
  });
});
