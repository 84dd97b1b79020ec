import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MessageStore } from "../../src/db/messages.ts";
import { OpinionStore } from "../../src/db/opinions.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import { ReportStore } from "../../src/db/reports.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { incoming, newPetition } from "../support/samples.ts";

let fresh: FreshDatabase;
let reports: ReportStore;
const onDays = ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"];

beforeAll(async () => {
  fresh = await freshDatabase();
  reports = new ReportStore(fresh.database);
  let code = 0;
  const store = new OpinionStore(fresh.database, () => `KN-P${++code}`);
  const importId = await store.begin({ name: "a", hash: "b", by: null });
  await store.add(
    importId,
    onDays.map((day) => ({
      content: `Ý kiến ${day}`,
      stance: "dong-thuan",
      topic: "khac",
      cooperative: null,
      commune: null,
      sender: "Thành viên 12",
      contact: "0900000012",
      day,
      identity: day,
      originKey: `paper:${day}`,
    })),
  );
});
afterAll(() => fresh.drop());

const daysOf = async (from: string | null, to: string | null) =>
  (await reports.rows(from, to)).map(({ receivedOn }) => receivedOn);

describe("the rows of a report", () => {
  it("are those of a period, both days included, oldest first", async () => {
    expect(await daysOf(null, null)).toEqual(onDays);
    expect(await daysOf("2026-03-01", "2026-03-31")).toEqual(["2026-03-01", "2026-03-31"]);
    expect(await daysOf("2026-03-02", null)).toEqual(["2026-03-31", "2026-04-01"]);
    expect(await daysOf(null, "2026-02-28")).toEqual(["2026-02-28"]);
  });

  it("end with the day in Vietnam, not in London", async () => {
    const at = (time: string) =>
      fresh.database.pool.query(
        "update petitions set received_at = $1 where origin_key = 'paper:2026-03-31'",
        [time],
      );
    await at("2026-03-31T23:59:59+07:00");
    expect(await daysOf(null, "2026-03-31")).toContain("2026-03-31");
    await at("2026-03-31T17:00:00Z");
    expect(await daysOf("2026-04-01", null)).toEqual(["2026-04-01", "2026-04-01"]);
    await at("2026-03-31T00:00:00+07:00");
  });

  it("say what was collected on paper and nothing of who sent it", async () => {
    const [row] = await reports.rows("2026-03-01", "2026-03-01");
    expect(row).toMatchObject({
      channel: "giay",
      content: "Ý kiến 2026-03-01",
      status: "received",
      answeredOn: null,
    });
    expect(JSON.stringify(row)).not.toMatch(/Thành viên|0900000012/);
  });

  it("carry the channel, and the days of deadline and answer", async () => {
    const { database } = fresh;
    const { conversationId } = await new MessageStore(database).receive(incoming());
    const petition = newPetition();
    await database.tx((client) =>
      new PetitionStore(database).create(client, conversationId, "message:1", petition),
    );
    await database.pool.query(
      "update petitions set due_on = '2026-12-01', answered_at = '2026-11-20T18:00:00Z' where code = $1",
      [petition.code],
    );
    const found = (await reports.rows(null, null)).find(({ code }) => code === petition.code);
    expect(found).toMatchObject({
      channel: incoming().channel,
      dueOn: "2026-12-01",
      answeredOn: "2026-11-21",
    });
  });
});

describe("the counts by agency", () => {
  it("tell what each agency has, and of the rest what suggests one, within a period and a group", async () => {
    const { pool } = fresh.database;
    const all = await reports.byAgency(null, null, null);
    const total = all.reduce((sum, { petitions }) => sum + petitions, 0);
    expect(total).toBe((await reports.rows(null, null)).length);
    await pool.query("update petitions set agency = 'so-a' where origin_key = 'paper:2026-03-01'");
    await pool.query("update petitions set agency = 'so-a' where origin_key = 'paper:2026-04-01'");
    expect(await reports.byAgency("2026-03-01", "2026-03-31", null)).toEqual([
      { agency: "so-a", topic: null, commune: null, petitions: 1 },
      { agency: null, topic: "khac", commune: null, petitions: 1 },
    ]);
    await pool.query(
      "insert into staff (name, email, role, password_hash) values ('A', 'a@xa.test', 'staff', '')",
    );
    const group = await pool.query(
      "insert into petition_groups (title, topic, created_by) select 'Nhóm', 'khac', id from staff returning id",
    );
    const { id } = group.rows[0];
    await pool.query("update petitions set group_id = $1 where origin_key = 'paper:2026-04-01'", [id]);
    expect(await reports.byAgency(null, null, id)).toEqual([
      { agency: "so-a", topic: null, commune: null, petitions: 1 },
    ]);
    expect((await reports.rows(null, null, id)).map(({ receivedOn }) => receivedOn)).toEqual(["2026-04-01"]);
  });
});
