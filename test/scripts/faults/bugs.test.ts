import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BUGS, patchesOf } from "../../../scripts/faults/bugs.ts";
import { buildService } from "../../../scripts/faults/build.ts";
import { SHORT_LEASES } from "../../../scripts/faults/pauses.ts";
import { ROOT } from "../../support/service-process.ts";

const patches = [...BUGS.flatMap((bug) => bug.patches), ...SHORT_LEASES];

describe("the planted bugs", () => {
  it("are at least twelve, each with a name of its own", () => {
    expect(BUGS.length).toBeGreaterThanOrEqual(12);
    expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length);
  });

  it.each(patches.map((patch) => [patch.file, patch]))(
    "change words that stand once in %s",
    (file, { from, to }) => {
      expect(readFileSync(join(ROOT, file), "utf8").split(from)).toHaveLength(2);
      expect(to).not.toBe(from);
    },
  );

  it("are found by their names alone", () => {
    expect(patchesOf("lease-for-ever")).toHaveLength(1);
    expect(() => patchesOf("no-such-bug")).toThrow(/no-lock/);
  });
});

describe("building the service", () => {
  it("makes a program that starts with the change, and says which change no longer fits", async () => {
    const built = await buildService(patchesOf("drop-on-429"));
    const programs = readFileSync(built.main, "utf8");
    expect(programs).toContain("service-");
    built.remove();
    const stale = [{ file: "src/pipeline.ts", from: "words that never stood there", to: "" }];
    await expect(buildService(stale)).rejects.toThrow(/0 places/);
  });
});
