import { afterAll, beforeAll, expect, it } from "vitest";
import { buildCrashable, type Crashable } from "../../../scripts/faults/crash/build.ts";
import { replayAll } from "../../../scripts/faults/replays.ts";
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

/** The full run posts everything a hundred times, to the whole service. */
it("a post that comes again and again to three processes, and once more a day later, counts once on both networks", async () => {
  const outcome = await replayAll({
    built: crashable.program,
    databaseUrl: fresh.url,
    firstMember: 1,
    rounds: 1,
    times: 15,
    say: () => {},
  });
  expect(outcome.violations).toEqual({
    stored: 0,
    open: 0,
    replies: 0,
    read: 0,
    petitions: 0,
    neverTaken: 0,
  });
  expect(outcome.windows).toMatchObject({ afterADay: 2, telegram: 1, "zalo-oa": 1 });
  expect(outcome.n).toBeGreaterThanOrEqual(150);
}, 180_000);
