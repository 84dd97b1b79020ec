import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MOST_FOUND } from "../../src/db/petition-counts.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import type { PetitionFilter } from "../../src/petitions/petition-list.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

const NOW = new Date("2026-11-25T09:00:00+07:00");
const FILTERS: PetitionFilter[] = [
  {},
  { withAgreement: true },
  { stance: "dong-thuan" },
  { topic: "ha-tang" },
  { topic: "ha-tang", area: "xã Tân Bình" },
  { agency: "so-a" },
  { agency: "", withAgreement: true },
  { area: "" },
  { origin: "paper" },
  { channel: "telegram" },
  { grouped: false },
  { grouped: true },
  { from: "2026-06-01", to: "2026-09-30", withAgreement: true },
  { search: "nuoc tuoi" },
];

let fresh: FreshDatabase;
let petitions: PetitionStore;
beforeAll(async () => {
  fresh = await freshDatabase();
  petitions = new PetitionStore(fresh.database);
  await add(400);
});
afterAll(() => fresh.drop());

const run = (sql: string, values: unknown[] = []) => fresh.database.pool.query(sql, values);

/** Petitions of every kind, spread by chance. */
async function add(count: number): Promise<void> {
  await run(
    "insert into conversations (channel, chat_id) select (array['telegram', 'zalo-oa'])[1 + i % 2], 'c' || i || random() from generate_series(1, 10) i",
  );
  await run(
    `insert into petitions (code, origin_key, conversation_id, content, stance, topic, commune, received_at)
     select 'KN-' || md5(random()::text), kind || ':' || random(),
            case kind when 'message' then (select min(id) from conversations) + (random() * 9)::int end,
            (array['Xin nước tưới', 'Xin sửa đường'])[1 + (random())::int],
            (array['kien-nghi', 'phan-anh', 'de-xuat', 'dong-thuan'])[1 + (random() * 3)::int],
            (array['ha-tang', 'von-vay', 'khac'])[1 + (random() * 2)::int],
            (array['xã Tân Bình', 'xã Hòa An', null])[1 + (random() * 2)::int],
            timestamptz '2026-03-01' + random() * interval '260 days'
     from generate_series(1, $1), lateral (select (array['message', 'paper'])[1 + (random() + generate_series * 0)::int] as kind) as k`,
    [count],
  );
}

async function change(): Promise<void> {
  await run(
    `insert into staff (name, email, role, password_hash) values ('A', 'a@xa.test', 'staff', '') on conflict do nothing`,
  );
  await run(
    "insert into petition_groups (title, topic, created_by) select 'Nhóm', 'khac', min(id) from staff",
  );
  await run(
    `update petitions set
       status = (array['received', 'in-review', 'needs-info', 'forwarded', 'answered', 'resolved', 'withdrawn'])[1 + (random() * 6)::int],
       agency = (array['so-a', 'so-b', null])[1 + (random() * 2)::int],
       due_on = (array[date '2026-11-20', '2026-11-25', '2026-11-26', null])[1 + (random() * 3)::int],
       review_due_on = (array[date '2026-11-24', null])[1 + random()::int],
       group_id = case when random() < 0.2 then (select max(id) from petition_groups) end
     where random() < 0.7`,
  );
  await run("delete from petitions where random() < 0.05");
}

/** A plain count of what the list shows. */
const countOf = async (filter: PetitionFilter) => (await petitions.list(filter, 1, 1)).total;

describe("the counts after changes by chance", () => {
  it("equal the rows of the lists behind them, whatever narrows them", async () => {
    for (let round = 0; round < 3; round += 1) {
      await change();
      await add(50);
      const { today, soonUntil } = petitions.time.daysAt(NOW);
      for (const filter of FILTERS) {
        const states = await petitions.statusCounts(filter, NOW);
        const counts = await petitions.counts(filter, NOW);
        const expected = {
          total: await countOf(filter),
          open: await countOf({ ...filter, open: true }),
          late: await countOf({ ...filter, lateOn: today }),
          dueSoon: await countOf({ ...filter, dueBetween: { today, until: soonUntil } }),
        };
        expect(states, JSON.stringify(filter)).toMatchObject({ ...expected, hasMore: false });
        expect(counts, JSON.stringify(filter)).toMatchObject(expected);
        expect(states.byStatus).toEqual(counts.byStatus);
        await expectWays(filter, counts);
      }
    }
  }, 120_000);
});

async function expectWays(filter: PetitionFilter, counts: Awaited<ReturnType<typeof petitions.counts>>) {
  const ways = [
    ["topic", counts.byTopic],
    ["agency", counts.byAgency],
    ["area", counts.byArea],
    ["origin", counts.byOrigin],
    ["stance", counts.byStance],
  ] as const;
  for (const [name, byValue] of ways) {
    if (name in filter) continue;
    for (const [value, count] of Object.entries(byValue))
      expect(await countOf({ ...filter, [name]: value })).toBe(count);
  }
}

describe("a search", () => {
  it("that finds very many says so instead of counting on", async () => {
    await run(
      `insert into petitions (code, origin_key, content, stance, topic)
       select 'KN-S' || i, 'paper:s' || i, 'máy bơm', 'kien-nghi', 'khac' from generate_series(1, $1) i`,
      [MOST_FOUND + 5],
    );
    expect(await petitions.statusCounts({ search: "máy bơm" }, NOW)).toMatchObject({
      total: MOST_FOUND + 1,
      hasMore: true,
    });
    await run(
      "delete from petitions where origin_key in ('paper:s1', 'paper:s2', 'paper:s3', 'paper:s4', 'paper:s5')",
    );
    expect(await petitions.statusCounts({ search: "máy bơm" }, NOW)).toMatchObject({
      total: MOST_FOUND,
      hasMore: false,
    });
    expect(await petitions.statusCounts({ search: "?!" }, NOW)).toMatchObject({ total: 0, hasMore: false });
  });
});
