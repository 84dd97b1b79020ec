import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type KeyedOpinion, OpinionStore } from "../../src/db/opinions.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hire } from "../support/samples.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());
afterEach(async () => {
  await fresh.database.pool.query("truncate petitions, opinion_imports cascade");
});

let codes = 0;
const nextCode = () => `KN-${String(++codes).padStart(6, "0")}`;
const storeWith = (newCode = nextCode) => new OpinionStore(fresh.database, newCode);
const opinion = (key: string, given: Partial<KeyedOpinion> = {}): KeyedOpinion => ({
  content: "Xin nạo vét kênh",
  stance: "kien-nghi",
  topic: "ha-tang",
  cooperative: "HTX 7",
  commune: "xã Tân Bình",
  sender: "Thành viên 12",
  contact: "0900000012",
  day: "2026-03-01",
  identity: key,
  originKey: `paper:${key}`,
  ...given,
});
const many = (n: number) => Array.from({ length: n }, (_, i) => opinion(`o${i}`));
const rows = async (sql: string) => (await fresh.database.pool.query(sql)).rows;

async function add(opinions: KeyedOpinion[], store = storeWith()): Promise<number> {
  const importId = await store.begin({ name: "y-kien.csv", hash: "abc", by: null });
  return store.add(importId, opinions);
}

describe("opinions from paper", () => {
  it("become petitions without a conversation, received on the day they were given, each with its event", async () => {
    expect(await add([opinion("a")])).toBe(1);
    const [row] = await rows(`select p.*, e.kind, e.status_to, e.at > now() - interval '1 minute' as just_now,
      to_char(received_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') as received
      from petitions p join petition_events e on e.petition_id = p.id`);
    expect(row).toMatchObject({
      conversation_id: null,
      origin_key: "paper:a",
      content: "Xin nạo vét kênh",
      stance: "kien-nghi",
      topic: "ha-tang",
      cooperative: "HTX 7",
      commune: "xã Tân Bình",
      sender: "Thành viên 12",
      contact: "0900000012",
      status: "received",
      received: "2026-03-01 00:00",
      kind: "received",
      status_to: "received",
      just_now: true,
    });
    expect(row.code).toMatch(/^KN-/);
  });

  it("are due from the day of the import on, and agreement never", async () => {
    await add([opinion("a"), opinion("b", { stance: "dong-thuan" })]);
    expect(
      await rows(
        "select origin_key as key, due_on > current_date as ahead, review_due_on >= current_date as review from petitions order by 1",
      ),
    ).toEqual([
      { key: "paper:a", ahead: true, review: true },
      { key: "paper:b", ahead: null, review: null },
    ]);
  });

  it("without a day are received now", async () => {
    await add([opinion("a", { day: null })]);
    const [row] = await rows("select now() - received_at < interval '1 minute' as fresh from petitions");
    expect(row).toEqual({ fresh: true });
  });

  it("are stored once however often they come, also when two files bring them at the same time", async () => {
    const [one, two] = await Promise.all([add(many(700)), add([...many(700)].reverse())]);
    expect(one + two).toBe(700);
    expect(await add(many(701))).toBe(1);
    expect(await rows("select count(*)::int as n from petitions")).toEqual([{ n: 701 }]);
    expect(await rows("select count(*)::int as n from petition_events")).toEqual([{ n: 701 }]);
  });

  it("get another code when theirs is taken, in the chunk or before", async () => {
    const drawn = ["KN-A", "KN-A", "KN-A", "KN-B", "KN-B", "KN-C"];
    expect(
      await add(
        [opinion("x")],
        storeWith(() => "KN-A"),
      ),
    ).toBe(1);
    await add(
      [opinion("y"), opinion("z")],
      storeWith(() => drawn.shift() ?? nextCode()),
    );
    expect(await rows("select code from petitions order by code")).toEqual([
      { code: "KN-A" },
      { code: "KN-B" },
      { code: "KN-C" },
    ]);
  });

  it("are refused rather than tried for ever when no code is free", async () => {
    await add(
      [opinion("x")],
      storeWith(() => "KN-A"),
    );
    await expect(
      add(
        [opinion("y")],
        storeWith(() => "KN-A"),
      ),
    ).rejects.toThrow("no free petition code");
  });

  it("keep the chunks that were committed when a later one fails, and the rest follows with the same file", async () => {
    const opinions = many(1_200);
    const progress: number[] = [];
    const broken = opinions.with(600, opinion("o600", { stance: "khen" as never }));
    const store = storeWith();
    const importId = await store.begin({ name: "a", hash: "b", by: null });
    await expect(store.add(importId, broken, (done) => progress.push(done))).rejects.toThrow();
    expect(progress).toEqual([100, 200, 300, 400, 500, 600]);
    expect(await store.add(importId, opinions, (done) => progress.push(done))).toBe(600);
    expect(progress.slice(6, 9)).toEqual([100, 200, 300]);
    expect(await store.addedBy(importId)).toBe(1_200);
  });

  it("stand in the ledger with their file, its account and its counts", async () => {
    const by = await hire(fresh.database, "Cán bộ Hoa");
    const store = storeWith();
    const importId = await store.begin({ name: "y-kien.xlsx", hash: "abc", by });
    await store.add(importId, many(3));
    expect(await rows("select finished_at, rows from opinion_imports")).toEqual([
      { finished_at: null, rows: null },
    ]);
    await store.finish(
      importId,
      { rows: 5, added: 3, known: 1, refused: 1 },
      { byStance: { "kien-nghi": 4 }, byTopic: { "ha-tang": 4 } },
    );
    expect(
      await rows(`select i.file_name, i.file_hash, i.by_staff, i.rows, i.added, i.known, i.refused, i.finished_at is not null as done,
        (select count(*)::int from petitions where import_id = i.id) as petitions from opinion_imports i`),
    ).toEqual([
      {
        file_name: "y-kien.xlsx",
        file_hash: "abc",
        by_staff: by,
        rows: 5,
        added: 3,
        known: 1,
        refused: 1,
        done: true,
        petitions: 3,
      },
    ]);
  });
});
