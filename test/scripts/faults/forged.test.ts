import { afterAll, beforeAll, expect, it } from "vitest";
import { postForgeries } from "../../../scripts/faults/forged.ts";
import { type FreshDatabase, freshDatabase } from "../../support/database.ts";

let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

/** The full run posts a thousand. */
it("what is forged is refused by every webhook without a word and without asking the database", async () => {
  const { violations, windows } = await postForgeries(fresh.database, { seed: 3, size: 180 });
  expect(violations).toEqual({
    accepted: 0,
    notRefused: 0,
    withWords: 0,
    statements: 0,
    genuineRefused: 0,
    stored: 0,
  });
  expect(windows.statementsOfGenuine).toBeGreaterThanOrEqual(3);
}, 120_000);
