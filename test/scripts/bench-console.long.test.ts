import { describe, expect, it } from "vitest";
import { runScript } from "../support/script.ts";

describe("bench -- console", () => {
  it("asks pages of the real service and tells how long each took", async () => {
    const args = [
      "--petitions",
      "300",
      "--messages",
      "2000",
      "--requests",
      "2",
      "--only",
      "petitions",
      "--json",
    ];
    const { code, out } = await runScript("bench", ["console", ...args]);
    expect(code).toBe(0);
    const { petitions, messages, pages } = JSON.parse(out);
    expect([petitions, messages]).toEqual([300, 2000]);
    expect(pages.length).toBeGreaterThan(10);
    for (const page of pages) {
      expect(page).toMatchObject({ name: expect.stringContaining("petitions"), status: 200 });
      expect(page.p50Ms).toBeGreaterThan(0);
      expect(page.maxMs).toBeGreaterThanOrEqual(page.p50Ms);
    }
  }, 120_000);

  it("ends with 2 at wrong usage", async () => {
    for (const args of [["--petitions", "many"], ["--pages"]])
      expect((await runScript("bench", ["console", ...args])).code).toBe(2);
  }, 60_000);
});
