import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MessageStore } from "../../src/db/messages.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import { PresenceStore } from "../../src/db/presence.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hire, incoming, newPetition } from "../support/samples.ts";

let fresh: FreshDatabase;
let presence: PresenceStore;
let petition: number;
let hoa: number;
let lan: number;

beforeAll(async () => {
  fresh = await freshDatabase();
  const { database } = fresh;
  presence = new PresenceStore(database);
  const { conversationId } = await new MessageStore(database).receive(incoming());
  petition = await database.tx((client) =>
    new PetitionStore(database).create(client, conversationId, "message:1", newPetition()),
  );
  hoa = await hire(database, "Hoa");
  lan = await hire(database, "Lan");
});
beforeEach(async () => {
  await fresh.database.pool.query("delete from petition_presence");
});
afterAll(() => fresh.drop());

const backdate = (by: string) =>
  fresh.database.pool.query(
    "update petition_presence set seen_at = seen_at - $1::interval, since = since - $1::interval",
    [by],
  );

describe("who looks at a petition", () => {
  it("sees who else does, and never himself", async () => {
    expect(await presence.seen(petition, hoa)).toEqual([]);
    expect(await presence.seen(petition, lan)).toEqual([{ name: "Hoa", since: expect.any(Date) }]);
    expect((await presence.seen(petition, hoa)).map(({ name }) => name)).toEqual(["Lan"]);
  });

  it("is gone after a minute of silence, or when he says so", async () => {
    await presence.seen(petition, hoa);
    await backdate("61 seconds");
    expect(await presence.seen(petition, lan)).toEqual([]);
    await presence.seen(petition, hoa);
    await presence.left(petition, hoa);
    expect(await presence.seen(petition, lan)).toEqual([]);
  });

  it("is there since he came, and anew when he comes back", async () => {
    await presence.seen(petition, hoa);
    await backdate("30 seconds");
    await presence.seen(petition, hoa);
    const [still] = await presence.seen(petition, lan);
    expect(Date.now() - (still?.since.getTime() ?? 0)).toBeGreaterThan(25_000);
    await backdate("2 minutes");
    await presence.seen(petition, hoa);
    const [again] = await presence.seen(petition, lan);
    expect(Date.now() - (again?.since.getTime() ?? 0)).toBeLessThan(25_000);
  });
});
