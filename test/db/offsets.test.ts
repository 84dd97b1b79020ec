import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OffsetStore } from "../../src/db/offsets.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

let fresh: FreshDatabase;
let offsets: OffsetStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  offsets = new OffsetStore(fresh.database);
});
afterAll(() => fresh.drop());

describe("the offset of a channel", () => {
  it("is nothing before the first message", async () => {
    expect(await offsets.of("new").read()).toBeNull();
  });

  it("is what was written last, down as well as up", async () => {
    const { read, write } = offsets.of("telegram");
    await write(880_000_002);
    expect(await read()).toBe(880_000_002);
    await write(5);
    expect(await read()).toBe(5);
  });

  it("survives in the database and not in the store", async () => {
    await offsets.of("kept").write(7);
    expect(await new OffsetStore(fresh.database).of("kept").read()).toBe(7);
  });

  it("is kept per channel", async () => {
    await offsets.of("one").write(1);
    await offsets.of("two").write(2);
    expect(await offsets.of("one").read()).toBe(1);
  });
});
