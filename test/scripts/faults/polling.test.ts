import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runGoal } from "../../../scripts/faults/goal.ts";
import { polling } from "../../../scripts/faults/polling.ts";
import { POLLING_BUGS, pollingBug } from "../../../scripts/faults/polling-bugs.ts";
import { ROOT } from "../../support/service-process.ts";

describe("a poller that is killed between Telegram's answer and the commit", () => {
  it("loses nothing, stores nothing twice and moves no offset past what is not stored", async () => {
    const line = await runGoal(polling, { seed: 1, size: 3, say: () => {} });
    expect(line.windows).toMatchObject({ first: 1, amidst: 1, beforeOffset: 1 });
    expect(line).toMatchObject({
      ok: true,
      violations: { lost: 0, doubled: 0, offsetPastUncommitted: 0, neverConfirmed: 0 },
    });
  }, 300_000);
});

describe("the planted bugs of pollers", () => {
  it.each(Object.entries(POLLING_BUGS))("%s changes words that stand once", (_name, { file, from, to }) => {
    expect(readFileSync(join(ROOT, file), "utf8").split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
  });

  it("are found by their names alone", () => {
    expect(pollingBug("no-election").file).toBe("src/db/leaderships.ts");
    expect(() => pollingBug("no-such-bug")).toThrow(/no-election/);
  });
});
