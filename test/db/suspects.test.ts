import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { LostLease, MessageStore } from "../../src/db/messages.ts";
import { bury, claimSuspect } from "../../src/db/suspects.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { expireLeases, incoming, messageRow } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let messages: MessageStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  messages = new MessageStore(database);
});
afterEach(() => database.pool.query("update messages set status = 'done'"));
afterAll(() => fresh.drop());

async function heldAtCrashes(crashes: number, given = incoming()): Promise<number> {
  const { id } = await messages.receive(given);
  await database.pool.query("update messages set crashes = $2 where id = $1", [id, crashes]);
  return id;
}

describe("a suspect", () => {
  it("is what was held at three crashes", async () => {
    await heldAtCrashes(2);
    expect(await claimSuspect(database, "in", "a")).toBeNull();
    const id = await heldAtCrashes(3);
    expect(await claimSuspect(database, "out", "a")).toBeNull();
    expect(await claimSuspect(database, "in", "a")).toMatchObject({ id, crashes: 3 });
  });

  it("is taken before those that were at more crashes, though it came later", async () => {
    const culprit = await heldAtCrashes(9);
    const bystander = await heldAtCrashes(4);
    expect((await claimSuspect(database, "in", "a"))?.id).toBe(bystander);
    expect((await claimSuspect(database, "in", "a"))?.id).toBe(culprit);
    expect(await claimSuspect(database, "in", "a")).toBeNull();
  });

  it("counts one crash more when whoever held it never gave it back", async () => {
    const id = await heldAtCrashes(3);
    await claimSuspect(database, "in", "dead");
    await expireLeases(database);
    expect(await claimSuspect(database, "in", "next")).toMatchObject({ id, crashes: 4 });
  });

  it("counts no crash when it was given back", async () => {
    const id = await heldAtCrashes(3);
    await claimSuspect(database, "in", "a");
    await database.tx((client) => messages.fail(client, id, "a", "Error: x"));
    await database.pool.query("update messages set due_at = now()");
    expect(await claimSuspect(database, "in", "a")).toMatchObject({ id, crashes: 3, errors: 1 });
  });

  it("counts one crash more when the only process on the database starts anew", async () => {
    const id = await heldAtCrashes(3);
    await claimSuspect(database, "in", "dead");
    await messages.freeAll();
    expect(await claimSuspect(database, "in", "next")).toMatchObject({ id, crashes: 4 });
  });

  it("waits for what is earlier in its chat, and what is later waits for it", async () => {
    const chatId = "chat-of-a-suspect";
    const first = await heldAtCrashes(0, incoming({ chatId }));
    await heldAtCrashes(5, incoming({ chatId }));
    expect(await claimSuspect(database, "in", "a")).toBeNull();
    await database.pool.query("update messages set status = 'done' where id = $1", [first]);
    await heldAtCrashes(0, incoming({ chatId }));
    expect(await messages.claim("in", "a")).toBeNull();
    expect(await claimSuspect(database, "in", "a")).not.toBeNull();
  });

  it("is buried by who holds it, and by nobody else", async () => {
    const id = await heldAtCrashes(50);
    await claimSuspect(database, "in", "a");
    await expect(database.tx((client) => bury(client, id, "b", "vì thế"))).rejects.toThrow(LostLease);
    await database.tx((client) => bury(client, id, "a", "vì thế"));
    expect(await messageRow(database, id)).toMatchObject({
      status: "dead",
      reason: "vì thế",
      lease_owner: null,
    });
  });
});
