import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCENARIOS } from "../../../scripts/faults/crash/scenarios.ts";
import { crashAll } from "../../../scripts/faults/crash-points.ts";
import { type FreshDatabase, freshDatabase } from "../../support/database.ts";

let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

/** The full run tries every point of eight scenarios, and a part of them on the whole service. */
describe("a crash right before or right after a write", () => {
  it("loses nothing, doubles nothing and leaves nothing open, whether a question was asked or data erased", async () => {
    const scenarios = SCENARIOS.filter(({ name }) => name === "question" || name === "deletion");
    const outcome = await crashAll("runner", {
      databaseUrl: fresh.url,
      seed: 5,
      say: () => {},
      most: 3,
      scenarios,
    });
    expect(outcome.figures).toEqual({});
    expect(Object.values(outcome.violations)).toEqual(Object.values(outcome.violations).map(() => 0));
    expect(outcome.n).toBe(6);
  }, 240_000);

  it("is seen to lose a message of which Telegram was told too early that it is stored", async () => {
    const ackFirst = {
      file: "src/channels/telegram-webhook.ts",
      from: "return take(update).then(",
      to: "take(update).catch(() => {});\n    return Promise.resolve().then(",
    };
    const { n, violations } = await crashAll("runner", {
      databaseUrl: fresh.url,
      seed: 1,
      say: () => {},
      most: 1,
      scenarios: SCENARIOS.filter(({ name }) => name === "question"),
      points: [{ phase: "before", label: "insert conversations", nth: 1 }],
      mistakes: [ackFirst],
    });
    expect(n).toBe(1);
    expect(violations.lost).toBeGreaterThan(0);
  }, 120_000);
});
