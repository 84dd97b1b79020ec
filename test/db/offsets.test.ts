import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LeadershipStore } from "../../src/db/leaderships.ts";
import { OffsetStore } from "../../src/db/offsets.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

let fresh: FreshDatabase;
let offsets: OffsetStore;
let leaderships: LeadershipStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  offsets = new OffsetStore(fresh.database);
  leaderships = new LeadershipStore(fresh.database);
});
beforeEach(() => fresh.database.pool.query("truncate leaderships, channel_offsets"));
afterAll(() => fresh.drop());

async function take(channel: string, holder = "one"): Promise<number> {
  await leaderships.freeAll();
  return (await leaderships.take(channel, holder, 60_000)) ?? Number.NaN;
}

describe("the offset of a channel", () => {
  it("is nothing before the first message", async () => {
    expect(await offsets.of("new").read()).toBeNull();
  });

  it("is what was written last, down as well as up", async () => {
    const term = await take("telegram");
    const { read, write } = offsets.of("telegram");
    expect(await write(880_000_002, term)).toBe(true);
    expect(await read()).toBe(880_000_002);
    expect(await write(5, term)).toBe(true);
    expect(await read()).toBe(5);
  });

  it("survives in the database and not in the store", async () => {
    await offsets.of("kept").write(7, await take("kept"));
    expect(await new OffsetStore(fresh.database).of("kept").read()).toBe(7);
  });

  it("is kept per channel", async () => {
    await offsets.of("one").write(1, await take("one"));
    await offsets.of("two").write(2, await take("two"));
    expect(await offsets.of("one").read()).toBe(1);
  });

  it("is not moved by who has lost the lead, nor by who never had it", async () => {
    const { read, write } = offsets.of("telegram");
    expect(await write(3, 1)).toBe(false);
    const former = await take("telegram");
    await write(10, former);
    const present = await take("telegram", "two");
    await write(20, present);
    expect(await write(11, former)).toBe(false);
    expect(await read()).toBe(20);
  });

  it("is not moved by a write that waited while the lead changed hands", async () => {
    const { read, write } = offsets.of("telegram");
    const former = await take("telegram");
    const late = await fresh.database.tx(async (client) => {
      await client.query("update leaderships set term = term + 1");
      const writing = write(11, former);
      await expect.poll(() => waitsForLock()).toBe(true);
      return { writing };
    });
    expect(await late.writing).toBe(false);
    expect(await read()).toBeNull();
  });
});

async function waitsForLock(): Promise<boolean> {
  const { rows } = await fresh.database.pool.query(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rows.length > 0;
}
