import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type SendPace, type SendTurn, SendTurns } from "../../src/db/send-turns.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
beforeEach(() => fresh.database.pool.query("truncate send_turns"));
afterAll(() => fresh.drop());

/** Gaps so long that no turn becomes free while a test runs. */
const SLOW: SendPace = { chatGapMs: 600_000, chatBurst: 3, gapMs: 1 };

const replica = () => new SendTurns(fresh.database).of("telegram");
const wait = (turns: SendTurn[]) => turns.map(({ waitMs }) => waitMs);

/** Moves the clock on by moving what is remembered back. */
async function pass(ms: number): Promise<void> {
  await fresh.database.pool.query(
    "update send_turns set free_at = free_at - make_interval(secs => $1::float8 / 1000)",
    [ms],
  );
}

describe("the turns of a chat", () => {
  it("are a burst at once, whichever replicas ask, and then none until the gap is over", async () => {
    const turns = [
      await replica()("7", SLOW),
      await replica()("7", SLOW),
      await replica()("7", SLOW),
      await replica()("7", SLOW),
    ];
    expect(turns.map(({ isOurs }) => isOurs)).toEqual([true, true, true, false]);
    expect(turns[3]?.waitMs).toBeGreaterThan(500_000);
    expect(turns[3]?.waitMs).toBeLessThanOrEqual(600_000);
    await pass(turns[3]?.waitMs ?? 0);
    expect((await replica()("7", SLOW)).isOurs).toBe(true);
    expect((await replica()("7", SLOW)).isOurs).toBe(false);
  });

  it("are a whole burst again after a rest, and never more", async () => {
    for (let n = 0; n < 3; n++) await replica()("7", SLOW);
    await pass(10 * 600_000);
    const turns = [];
    for (let n = 0; n < 4; n++) turns.push((await replica()("7", SLOW)).isOurs);
    expect(turns).toEqual([true, true, true, false]);
  });

  it("are its own", async () => {
    for (let n = 0; n < 4; n++) await replica()("7", SLOW);
    expect((await replica()("8", SLOW)).isOurs).toBe(true);
    expect((await new SendTurns(fresh.database).of("zalo-bot")("7", SLOW)).isOurs).toBe(true);
  });
});

describe("the turns of all chats", () => {
  const CROWDED: SendPace = { chatGapMs: 1, chatBurst: 100, gapMs: 300 };

  it("stand in one line, each a gap after the one before, also when they are asked for at once", async () => {
    const { rows: clock } = await fresh.database.pool.query("select clock_timestamp() as began");
    const turns = await Promise.all(["1", "2", "3", "4"].map((chat) => replica()(chat, CROWDED)));
    expect(turns.every(({ isOurs }) => isOurs)).toBe(true);
    const waits = wait(turns).sort((a, b) => a - b);
    for (const [n, ms] of waits.entries()) expect(ms).toBeLessThanOrEqual(n * 300);
    const { rows } = await fresh.database.pool.query(
      "select max(free_at) >= $1::timestamptz + interval '1199 ms' as ahead from send_turns",
      [clock[0].began],
    );
    expect(rows).toEqual([{ ahead: true }]);
  });

  it("are not kept for who would wait long, whose own chat loses nothing by it", async () => {
    const far = { ...SLOW, gapMs: 3_000_000 };
    expect((await replica()("1", far)).isOurs).toBe(true);
    const refused = await replica()("2", far);
    expect(refused.isOurs).toBe(false);
    expect(refused.waitMs).toBeGreaterThan(2_900_000);
    await pass(3_000_000);
    const turns = [];
    for (let n = 0; n < 4; n++) turns.push((await replica()("2", SLOW)).isOurs);
    expect(turns).toEqual([true, true, true, false]);
  });
});

describe("what is remembered", () => {
  it("names no chat, and is forgotten when it says nothing any more", async () => {
    const take = replica();
    await take("123456789", SLOW);
    const { rows } = await fresh.database.pool.query("select t::text from send_turns t");
    expect(JSON.stringify(rows)).not.toContain("123456789");
    await pass(10 * 600_000);
    for (let n = 0; n < 1_000; n++) await take("5", { chatGapMs: 0, chatBurst: 1, gapMs: 0 });
    const left = await fresh.database.pool.query("select from send_turns");
    expect(left.rowCount).toBeLessThanOrEqual(2);
  });
});
