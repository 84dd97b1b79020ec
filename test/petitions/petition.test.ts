import { describe, expect, it } from "vitest";
import { mayBecome, STATUSES, type Status } from "../../src/petitions/petition.ts";

const all = Object.keys(STATUSES) as Status[];

describe("the life of a petition", () => {
  it("knows the nine statuses of the contract, each with a name of its own", () => {
    expect(all.sort()).toEqual(
      [
        "received",
        "in-review",
        "forwarded",
        "answered",
        "resolved",
        "needs-info",
        "not-within-authority",
        "reopened",
        "withdrawn",
      ].sort(),
    );
    expect(new Set(Object.values(STATUSES).map(({ label }) => label)).size).toBe(all.length);
  });

  it("goes from received to resolved by the ordinary way", () => {
    const way: Status[] = ["received", "in-review", "forwarded", "answered", "resolved"];
    for (const [i, to] of way.slice(1).entries()) expect(mayBecome(way[i] ?? "received", to)).toBe(true);
  });

  it("never goes back to received, and never leaves withdrawn", () => {
    expect(all.filter((from) => mayBecome(from, "received"))).toEqual([]);
    expect(all.filter((to) => mayBecome("withdrawn", to))).toEqual([]);
  });

  it("can be taken back by its member as long as it is somebody's work", () => {
    for (const status of all) expect(mayBecome(status, "withdrawn"), status).toBe(STATUSES[status].open);
  });

  it("reaches every status from received", () => {
    const reached = new Set<Status>(["received"]);
    for (const from of reached) for (const to of STATUSES[from].next) reached.add(to);
    expect([...reached].sort()).toEqual(all.sort());
  });
});
