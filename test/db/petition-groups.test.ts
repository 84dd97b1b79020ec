import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { GroupStore } from "../../src/db/petition-groups.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import type { NewPetition } from "../../src/petitions/petition.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hire, incoming, newPetition } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let petitions: PetitionStore;
let groups: GroupStore;
let conversationId: number;
let by: number;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  petitions = new PetitionStore(database);
  groups = new GroupStore(database);
  conversationId = (await new MessageStore(database).receive(incoming())).conversationId;
  by = await hire(database);
});
afterAll(() => fresh.drop());

async function make(given: Partial<NewPetition> = {}) {
  const petition = newPetition(given);
  const id = await database.tx((client) =>
    petitions.create(client, conversationId, `message:${petition.code}`, petition),
  );
  return { id, code: petition.code };
}
const group = (ids: number[]) => groups.create(by, { title: "Đường", topic: "ha-tang", petitions: ids });

describe("a group", () => {
  it("links petitions and changes nothing of them but the link, with an event for each", async () => {
    const [a, b] = [await make(), await make()];
    const before = await petitions.find(a.code);
    const id = await group([a.id, b.id]);
    const found = await groups.find(id);
    expect(found).toMatchObject({
      title: "Đường",
      topic: "ha-tang",
      version: 1,
      createdBy: "Cán bộ Hoa",
      answers: [],
      forwards: [],
    });
    expect(found?.petitions.map(({ code }) => code)).toEqual([a.code, b.code]);
    const after = await petitions.find(a.code);
    expect({ ...after, events: [] }).toEqual({ ...before, groupId: id, events: [] });
    expect(after?.events.at(-1)).toMatchObject({ kind: "grouped", by: "Cán bộ Hoa", details: { group: id } });
    expect((await petitions.list({ group: id }, 1)).total).toBe(2);
  });

  it("never takes a petition from another group", async () => {
    const [a, b] = [await make(), await make()];
    const first = await group([a.id]);
    const second = await group([a.id, b.id]);
    expect((await groups.find(first))?.petitions).toHaveLength(1);
    expect((await groups.find(second))?.petitions.map(({ id }) => id)).toEqual([b.id]);
  });

  it("lets one petition go, or all of them, each with an event", async () => {
    const members = [await make(), await make(), await make()];
    const id = await group(members.map((one) => one.id));
    await groups.ungroup(id, by, [members[0]?.id ?? 0]);
    expect((await groups.find(id))?.petitions).toHaveLength(2);
    await groups.ungroup(id, by);
    expect(await groups.find(id)).toMatchObject({ petitions: [], version: 3 });
    const file = await petitions.find(members[1]?.code ?? "");
    expect(file).toMatchObject({ groupId: null, status: "received" });
    expect(file?.events.map(({ kind }) => kind)).toEqual(["received", "grouped", "ungrouped"]);
  });

  it("is listed with its size and what of it is open, until it is dissolved", async () => {
    const [a, b] = [await make(), await make()];
    const id = await group([a.id, b.id]);
    await database.tx((client) =>
      petitions.change(client, a.id, 1, { to: "answered", by, publicText: "Có" }),
    );
    expect((await groups.list(1)).find((row) => row.id === id)).toMatchObject({ size: 2, open: 1 });
    await groups.ungroup(id, by);
    expect((await groups.list(1)).find((row) => row.id === id)).toBeUndefined();
  });

  it("that does not exist is null", async () => {
    expect(await groups.find(999_999)).toBeNull();
  });
});

describe("what may be grouped", () => {
  it("is open, asks for something, stands in no group, and has its commune of today", async () => {
    const open = await make({ topic: "tap-huan", commune: "xã Tân Bình (bà con ghi: ấp 3)" });
    await make({ topic: "tap-huan", stance: "dong-thuan" });
    await group([(await make({ topic: "tap-huan" })).id]);
    const answered = await make({ topic: "tap-huan" });
    await database.tx((client) =>
      petitions.change(client, answered.id, 1, { to: "answered", by, publicText: "Có" }),
    );
    expect(await groups.ungrouped({ topic: "tap-huan" })).toEqual([
      expect.objectContaining({ id: open.id, topic: "tap-huan", area: "xã Tân Bình" }),
    ]);
    expect((await groups.ungrouped({}, 1)).length).toBe(1);
  });
});
