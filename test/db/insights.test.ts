import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InsightStore } from "../../src/db/insights.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { incoming } from "../support/samples.ts";

const ALL = { from: null, to: null };

let fresh: FreshDatabase;
let insights: InsightStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  insights = new InsightStore(fresh.database);
});

afterAll(() => fresh.drop());

describe("petitions by month", () => {
  it("counts by the calendar of Vietnam, agreement apart, within the days asked", async () => {
    const received: [stance: string, at: string][] = [
      ["kien-nghi", "2026-08-31T16:59:00Z"],
      ["kien-nghi", "2026-08-31T17:00:00Z"],
      ["dong-thuan", "2026-09-30T16:59:00Z"],
      ["phan-anh", "2026-11-01T00:00:00Z"],
    ];
    for (const [i, [stance, at]] of received.entries())
      await fresh.database.pool.query(
        `insert into petitions (code, origin_key, content, stance, topic, received_at)
         values ($1, $1, 'x', $2, 'khac', $3)`,
        [`KN-${i}`, stance, at],
      );
    expect(await insights.months(ALL)).toEqual([
      { month: "2026-08", received: 1, agreement: 0 },
      { month: "2026-09", received: 2, agreement: 1 },
      { month: "2026-11", received: 1, agreement: 0 },
    ]);
    expect(await insights.months({ from: "2026-09-30", to: "2026-09-30" })).toEqual([
      { month: "2026-09", received: 1, agreement: 1 },
    ]);
  });
});

describe("questions", () => {
  it("are told apart by whether they found an answer, newest first, and no more than asked", async () => {
    const messages = new MessageStore(fresh.database);
    for (const [text, outcome] of [
      ["một", "answered_quoted"],
      ["hai", "unanswered_known_gap"],
      ["ba", "unanswered_no_support"],
      ["chào", "smalltalk_greeting"],
    ]) {
      const { id } = await messages.receive(incoming({ text: text ?? "" }));
      await fresh.database.pool.query("update messages set outcome = $2 where id = $1", [id, outcome]);
    }
    const texts = async (kind: "answered" | "unanswered", limit = 10) =>
      (await insights.questions(kind, ALL, limit)).map(({ text }) => text);
    expect(await texts("answered")).toEqual(["một"]);
    expect(await texts("unanswered")).toEqual(["ba", "hai"]);
    expect(await texts("unanswered", 1)).toEqual(["ba"]);
    expect(await insights.questions("answered", { from: "2020-01-01", to: "2020-12-31" }, 10)).toEqual([]);
  });
});
