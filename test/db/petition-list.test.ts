import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import type { NewPetition } from "../../src/petitions/petition.ts";
import type { PetitionFilter } from "../../src/petitions/petition-list.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hire, incoming, newPetition } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let petitions: PetitionStore;
let conversationId: number;
let staffId: number;
const codes: Record<string, string> = {};

/** Stores a petition under a name; columns that no verb sets by itself are set as given. */
async function make(
  name: string,
  given: Partial<NewPetition>,
  columns: Record<string, unknown> = {},
): Promise<number> {
  const petition = newPetition({ content: `Việc ${name}`, commune: null, cooperative: null, ...given });
  codes[name] = petition.code;
  return database.tx(async (client) => {
    const id = await petitions.create(client, conversationId, `message:${name}`, petition);
    await client.query(
      `update petitions set due_on = coalesce($2, due_on), received_at = coalesce($3, received_at) where id = $1`,
      [id, columns.dueOn ?? null, columns.receivedAt ?? null],
    );
    return id;
  });
}

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  petitions = new PetitionStore(database);
  conversationId = (await new MessageStore(database).receive(incoming())).conversationId;
  staffId = await hire(database);
  const road = await make(
    "road",
    { content: "Đường vào kho lạnh hư", topic: "ha-tang", commune: "xã Tân Bình (bà con ghi: ấp 3)" },
    { dueOn: "2026-11-20", receivedAt: "2026-10-01T23:30:00+07:00" },
  );
  await make(
    "loan",
    { topic: "von-vay", stance: "phan-anh", commune: "xã Tân Bình", cooperative: "HTX Kỳ Như" },
    { dueOn: "2026-11-26" },
  );
  await make("agreement", { stance: "dong-thuan", content: "Tôi đồng tình với kho lạnh" });
  const answered = await make("answered", { topic: "khcn" });
  const change = (id: number, given: Parameters<PetitionStore["change"]>[3]) =>
    database.tx((client) => petitions.change(client, id, 1, given));
  await change(road, { to: "forwarded", by: staffId, agency: "ubnd-xa" });
  await database.pool.query("update petitions set due_on = '2026-11-20' where id = $1", [road]);
  await change(answered, { to: "answered", by: staffId, publicText: "Có." });
});
afterAll(() => fresh.drop());

const named = async (filter: PetitionFilter) => {
  const { rows, total } = await petitions.list(filter, 1);
  expect(total).toBe(rows.length);
  const nameOf = (code: string) => Object.entries(codes).find(([, one]) => one === code)?.[0];
  return rows.map(({ code }) => nameOf(code));
};

describe("the list", () => {
  it.each<[string, PetitionFilter, string[]]>([
    ["everything but agreement, newest first", {}, ["answered", "loan", "road"]],
    ["agreement too when it is wanted", { withAgreement: true }, ["answered", "agreement", "loan", "road"]],
    ["agreement alone", { stance: "dong-thuan" }, ["agreement"]],
    ["what is still work", { open: true }, ["loan", "road"]],
    ["the nearest deadline first, what has none last", { order: "due" }, ["road", "loan", "answered"]],
    ["a status", { status: "forwarded" }, ["road"]],
    ["a topic", { topic: "von-vay" }, ["loan"]],
    ["a stance", { stance: "phan-anh" }, ["loan"]],
    ["an agency", { agency: "ubnd-xa" }, ["road"]],
    ["a commune, whatever was written beside it", { area: "xã Tân Bình" }, ["loan", "road"]],
    ["an origin", { origin: "paper" }, []],
    ["what is late", { lateOn: "2026-11-21" }, ["road"]],
    ["what is not late on its last day", { lateOn: "2026-11-20" }, []],
    ["what is due soon", { dueBetween: { today: "2026-11-25", until: "2026-11-27" } }, ["loan"]],
    ["days in Vietnam, both ends included", { from: "2026-10-01", to: "2026-10-01" }, ["road"]],
    ["words without marks, agreement too", { search: "kho lanh" }, ["agreement", "road"]],
    ["words by their beginnings, in any order", { search: "LẠNH đườ" }, ["road"]],
    ["the co-operative", { search: "kỳ như" }, ["loan"]],
    ["all words, not some", { search: "kho bạc" }, []],
    ["nothing for a search without words", { search: "!?&|" }, []],
    ["filters together", { open: true, area: "xã Tân Bình", topic: "von-vay" }, ["loan"]],
  ])("shows %s", async (_, filter, expected) => {
    expect(await named(filter)).toEqual(expected);
  });

  it("finds a code as it was typed, or by its beginning", async () => {
    const code = codes.loan ?? "";
    expect(await named({ search: code.toLowerCase() })).toEqual(["loan"]);
    expect(await named({ search: code.slice(0, 8) })).toContain("loan");
  });

  it("shows a late review as late", async () => {
    const id = await make("untouched", { topic: "khac" });
    await database.pool.query("update petitions set review_due_on = '2026-11-01' where id = $1", [id]);
    expect(await named({ lateOn: "2026-11-05" })).toEqual(["untouched"]);
    await database.pool.query("delete from petition_events where petition_id = $1", [id]);
    await database.pool.query("delete from petitions where id = $1", [id]);
  });

  it("gives pages without a gap", async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => petitions.list({}, page, 1)));
    expect(pages.map(({ rows }) => rows[0]?.code)).toEqual([
      codes.answered,
      codes.loan,
      codes.road,
      undefined,
    ]);
    expect(pages.map(({ total }) => total)).toEqual([3, 3, 3, 3]);
  });
});

describe("the counts", () => {
  const now = new Date("2026-11-25T09:00:00+07:00");

  it("are those of the lists behind them, in every direction", async () => {
    const counts = await petitions.counts({ withAgreement: true }, now);
    expect(counts).toEqual({
      total: 4,
      open: 3,
      late: 1,
      dueSoon: 1,
      byStatus: { forwarded: 1, received: 2, answered: 1 },
      byTopic: { "ha-tang": 2, "von-vay": 1, khcn: 1 },
      byStance: { "kien-nghi": 2, "phan-anh": 1, "dong-thuan": 1 },
      byAgency: { "ubnd-xa": 1 },
      byArea: { "xã Tân Bình": 2 },
      byOrigin: { message: 4 },
    });
    for (const [topic, count] of Object.entries(counts.byTopic))
      expect((await petitions.list({ topic, withAgreement: true }, 1)).total).toBe(count);
  });

  it("are narrowed by a filter, and are nought of nothing", async () => {
    expect(await petitions.counts({ topic: "von-vay" }, now)).toMatchObject({
      total: 1,
      dueSoon: 1,
      late: 0,
    });
    expect(await petitions.counts({ topic: "khong-co" }, now)).toMatchObject({ total: 0, byStatus: {} });
    expect(await petitions.counts({ search: "!" }, now)).toMatchObject({ total: 0, late: 0 });
  });
});

describe("the stored deadlines", () => {
  it("are worked out again for all open petitions when they were missing or wrong", async () => {
    await database.pool.query("update petitions set due_on = null, review_due_on = '2020-01-01'");
    await petitions.refreshDues();
    const { rows } = await database.pool.query(
      "select status, stance, due_on is not null as due, review_due_on is not null as review from petitions order by id",
    );
    expect(rows).toEqual([
      { status: "forwarded", stance: "kien-nghi", due: true, review: false },
      { status: "received", stance: "phan-anh", due: true, review: true },
      { status: "received", stance: "dong-thuan", due: false, review: false },
      { status: "answered", stance: "kien-nghi", due: false, review: true },
    ]);
  });
});
