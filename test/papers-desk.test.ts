import { describe, expect, it } from "vitest";
import { createPapers } from "../src/papers-desk.ts";
import type { PetitionRecord } from "../src/petitions/register.ts";

const WHOLE = { from: null, to: null, group: null };

const record = (given: Partial<PetitionRecord> = {}): PetitionRecord => ({
  code: "KN-AAAAAA",
  content: "Xin nạo vét kênh trục để có nước làm lúa.",
  stance: "kien-nghi",
  topic: "ha-tang",
  agency: null,
  commune: null,
  channel: "giay",
  status: "received",
  receivedOn: "2026-03-01",
  dueOn: null,
  answeredOn: null,
  ...given,
});

function papersOf(records: PetitionRecord[]) {
  return createPapers({
    reports: { rows: async () => records },
    groups: { find: async (id) => ({ petitions: id === 7 ? [{ code: "KN-222222" }] : [] }) as never },
    catalog: () => ({ topics: [], agencies: [], communes: [] }),
    today: () => "2026-11-25",
  });
}

describe("the papers of the console", () => {
  it("offer a memo per agency, the most petitions first, and none for what has no agency", async () => {
    const papers = papersOf([
      record({ agency: "a" }),
      record({ agency: "b" }),
      record({ agency: "b" }),
      record(),
    ]);
    expect(await papers.memos(WHOLE)).toEqual([
      { name: "memo-b.docx", agency: "b", petitions: 2 },
      { name: "memo-a.docx", agency: "a", petitions: 1 },
    ]);
    expect(await papers.make("memo-.docx", WHOLE)).toBeNull();
    expect(await papers.make("memo-a.docx", WHOLE)).toBeInstanceOf(Uint8Array);
  });

  it("of a group hold its own petitions alone", async () => {
    const papers = papersOf([record({ agency: "a" }), record({ agency: "a", code: "KN-222222" })]);
    expect(await papers.memos({ ...WHOLE, group: 7 })).toMatchObject([{ petitions: 1 }]);
    expect(await papers.memos({ ...WHOLE, group: 8 })).toEqual([]);
  });

  it("that would keep members waiting are not made", async () => {
    const papers = papersOf(Array.from({ length: 20_001 }, () => record()));
    expect(await papers.make("register.xlsx", WHOLE)).toEqual({
      fault: expect.stringContaining("kỳ ngắn hơn"),
    });
  });
});
