import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LeadershipStore } from "../../src/db/leaderships.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

const LONG = 60_000;
let fresh: FreshDatabase;
let store: LeadershipStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  store = new LeadershipStore(fresh.database);
});
beforeEach(() => fresh.database.pool.query("truncate leaderships"));
afterAll(() => fresh.drop());

describe("an office", () => {
  it("goes to one of many who ask at once", async () => {
    const asked = Array.from({ length: 9 }, (_, n) => store.take("telegram", `process-${n}`, LONG));
    const terms = await Promise.all(asked);
    expect(terms.filter((term) => term !== null)).toEqual([1]);
  });

  it("is free for the next when its lease has run out, and the new term has a higher number", async () => {
    expect(await store.take("telegram", "one", 20)).toBe(1);
    await sleep(40);
    expect(await store.take("telegram", "two", LONG)).toBe(2);
    expect(await store.take("telegram", "three", LONG)).toBeNull();
  });

  it("is kept by who renews it, and by nobody whose term is over", async () => {
    const first = (await store.take("telegram", "one", 20)) ?? 0;
    expect(await store.renew("telegram", first, LONG)).toBe(true);
    await sleep(40);
    expect(await store.take("telegram", "two", LONG)).toBeNull();
    await store.freeAll();
    await store.take("telegram", "two", LONG);
    expect(await store.renew("telegram", first, LONG)).toBe(false);
  });

  it("is free at once when it is given up, and a former holder cannot give up another's term", async () => {
    const first = (await store.take("telegram", "one", LONG)) ?? 0;
    await store.resign("telegram", first);
    expect(await store.take("telegram", "two", LONG)).toBe(first + 1);
    await store.resign("telegram", first);
    expect(await store.take("telegram", "three", LONG)).toBeNull();
  });

  it("begins a new term for a holder that asks again", async () => {
    expect(await store.take("telegram", "one", LONG)).toBe(1);
    expect(await store.take("telegram", "one", LONG)).toBe(2);
  });

  it("is held apart from other offices, and one who is alone frees them all", async () => {
    for (const office of ["telegram", "rounds"]) expect(await store.take(office, office, LONG)).toBe(1);
    await store.freeAll();
    for (const office of ["telegram", "rounds"]) expect(await store.take(office, "next", LONG)).toBe(2);
  });
});
