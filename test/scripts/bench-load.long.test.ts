import { describe, expect, it } from "vitest";
import { runScript } from "../support/script.ts";

const FEW = ["load", "--no-peer", "--json", "--rate", "5", "--seconds", "2", "--members", "10"];

describe("bench -- load", () => {
  it("answers every message that members post to the real service, once, and tells how long it took", async () => {
    const { code, out } = await runScript("bench", [...FEW, "--only", "sustained"]);
    const { results, ratios } = JSON.parse(out);
    expect([results.length, ratios]).toEqual([1, null]);
    expect(results[0]).toMatchObject({
      system: "cau-noi",
      scenario: "sustained",
      messages: 10,
      accepted: 10,
      lost: 0,
      duplicates: 0,
      open: 0,
      failedPosts: 0,
    });
    const { reply, ack } = results[0];
    expect(ack.p50).toBeGreaterThan(0);
    expect(reply.p50).toBeGreaterThan(ack.p50);
    expect(reply.max).toBeGreaterThanOrEqual(reply.p95);
    expect(code).toBe(0);
  }, 120_000);

  it("ends with 2 at wrong usage", async () => {
    for (const args of [["--rate", "many"], ["--only", "nothing"], ["--peers"]])
      expect((await runScript("bench", ["load", ...args])).code).toBe(2);
  }, 60_000);
});
