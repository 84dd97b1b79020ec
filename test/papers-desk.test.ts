import { describe, expect, it } from "vitest";
import type { AgencyCount } from "../src/db/reports.ts";
import { createPapers } from "../src/papers-desk.ts";
import type { PetitionRecord } from "../src/petitions/register.ts";

const WHOLE = { from: null, to: null, group: null };
const TOPIC = { id: "ha-tang", name: "Hạ tầng", description: "Hạ tầng", phrases: [], agencies: ["b"] };
const agency = (id: string) => ({ id, name: `Sở ${id}` });

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

function papersOf({ records = [], counts = [] }: { records?: PetitionRecord[]; counts?: AgencyCount[] }) {
  const asked: unknown[][] = [];
  const papers = createPapers({
    reports: {
      rows: async (...scope) => {
        asked.push(scope);
        return records;
      },
      byAgency: async (...scope) => {
        asked.push(scope);
        return counts;
      },
    },
    catalog: () => ({ topics: [TOPIC], agencies: [agency("a"), agency("b")], communes: [] }) as never,
    today: () => "2026-11-25",
  });
  return { papers, asked };
}

describe("the papers of the console", () => {
  it("offer a memo per agency, the most petitions first, and none for what no agency is responsible for", async () => {
    const { papers } = papersOf({
      counts: [
        { agency: "a", topic: null, commune: null, petitions: 2 },
        { agency: "b", topic: null, commune: null, petitions: 1 },
        { agency: null, topic: "ha-tang", commune: null, petitions: 3 },
        { agency: null, topic: "khac", commune: null, petitions: 9 },
      ],
    });
    expect(await papers.memos(WHOLE)).toEqual([
      { name: "memo-b.docx", agency: "Sở b", petitions: 4 },
      { name: "memo-a.docx", agency: "Sở a", petitions: 2 },
    ]);
  });

  it("are made of the petitions that were sent to the agency or belong to it", async () => {
    const { papers } = papersOf({ records: [record({ agency: "a" }), record({ topic: "khac" as never })] });
    expect(await papers.make("memo-.docx", WHOLE)).toBeNull();
    expect(await papers.make("memo-b.docx", WHOLE)).toBeNull();
    expect(await papers.make("memo-a.docx", WHOLE)).toBeInstanceOf(Uint8Array);
  });

  it("of a group ask for its own petitions alone", async () => {
    const { papers, asked } = papersOf({});
    await papers.memos({ ...WHOLE, group: 7 });
    await papers.make("register.xlsx", { ...WHOLE, group: 8 });
    expect(asked).toEqual([
      [null, null, 7],
      [null, null, 8],
    ]);
  });

  it("that would keep members waiting are not made", async () => {
    const { papers } = papersOf({ records: Array.from({ length: 20_001 }, () => record()) });
    expect(await papers.make("register.xlsx", WHOLE)).toEqual({
      fault: expect.stringContaining("kỳ ngắn hơn"),
    });
  });
});
