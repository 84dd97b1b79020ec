import { afterAll, beforeAll, expect, it } from "vitest";
import { buildCrashable, type Crashable } from "../../../scripts/faults/crash/build.ts";
import { race } from "../../../scripts/faults/token-race.ts";
import { type FreshDatabase, freshDatabase } from "../../support/database.ts";

let fresh: FreshDatabase;
let crashable: Crashable;

beforeAll(async () => {
  [fresh, crashable] = await Promise.all([freshDatabase(), buildCrashable("runner")]);
});
afterAll(async () => {
  crashable.remove();
  await fresh.drop();
});

/** The full run has two hundred expiries, on the whole service, and lets processes die with a new pair in their hands. */
it("each refresh token is spent once although three processes meet its expiry at once", async () => {
  const { violations, windows } = await race({
    built: crashable.program,
    databaseUrl: fresh.url,
    database: fresh.database,
    expiries: 5,
    say: () => {},
  });
  expect(violations).toEqual({ spentTwice: 0, refused: 0, refreshes: 0, sends: 0 });
  expect(windows.metByTwo).toBeGreaterThanOrEqual(1);
}, 180_000);
