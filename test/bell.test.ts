import { describe, expect, it } from "vitest";
import { createBell } from "../src/bell.ts";

const LONG_MS = 60_000;

describe("a bell", () => {
  it("wakes all who wait for its next ring", async () => {
    const bell = createBell();
    const waits = [bell.next().orAfter(LONG_MS), bell.next().orAfter(LONG_MS)];
    bell.ring();
    await Promise.all(waits);
  });

  it("loses no ring that comes between the look and the wait", async () => {
    const bell = createBell();
    const ring = bell.next();
    bell.ring();
    await ring.orAfter(LONG_MS);
  });

  it("keeps no ring for who listens only afterwards, and lets him go after a while", async () => {
    const bell = createBell();
    bell.ring();
    const began = performance.now();
    await bell.next().orAfter(30);
    expect(performance.now() - began).toBeGreaterThan(25);
  });
});
