import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import { mayBecome, STATUSES, type Status } from "../../src/petitions/petition.ts";
import { type PetitionChange, PetitionMoved } from "../../src/petitions/petition-file.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hire, incoming, newPetition } from "../support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let petitions: PetitionStore;
let conversationId: number;
let staffId: number;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  petitions = new PetitionStore(database);
  conversationId = (await new MessageStore(database).receive(incoming())).conversationId;
  staffId = await hire(database, "Cán bộ Hoa");
});
afterAll(() => fresh.drop());

let created = 0;
async function create(petition = newPetition(), originKey = `message:${++created}`) {
  const id = await database.tx((client) => petitions.create(client, conversationId, originKey, petition));
  return { id, ...petition };
}

const change = (id: number, version: number, given: PetitionChange) =>
  database.tx((client) => petitions.change(client, id, version, given));
const to = (status: Status): PetitionChange => ({ to: status, by: staffId });

async function counts(): Promise<{ petitions: number; events: number }> {
  const { rows } = await database.pool.query(
    "select (select count(*)::int from petitions) as petitions, (select count(*)::int from petition_events) as events",
  );
  return rows[0];
}

describe("a new petition", () => {
  it("is stored as it was confirmed, with its first event", async () => {
    const petition = await create();
    expect(await petitions.find(petition.code)).toMatchObject({
      ...petition,
      conversationId,
      channel: "telegram",
      status: "received",
      version: 1,
      answeredAt: null,
      receivedAt: expect.any(Date),
      events: [{ kind: "received", statusFrom: null, statusTo: "received", by: null }],
    });
  });

  it("is made once per confirming message, even under another code", async () => {
    await create(newPetition(), "message:once");
    const before = await counts();
    await expect(create(newPetition(), "message:once")).rejects.toThrow("petitions_origin_key_key");
    expect(await counts()).toEqual(before);
  });

  it("never shares its code", async () => {
    const { code } = await create();
    await expect(create(newPetition({ code }))).rejects.toThrow("petitions_code_key");
  });

  it("carries a consent only where its member gave one", async () => {
    const agreed = await create(newPetition({ consent: "1" }));
    const onBehalf = await create();
    const { rows } = await database.pool.query(
      `select consent_version as version, consented_at is not null as dated from petitions where id = any($1) order by id`,
      [[agreed.id, onBehalf.id]],
    );
    expect(rows).toEqual([
      { version: "1", dated: true },
      { version: null, dated: false },
    ]);
  });

  it("knows which of a chat's petitions are still somebody's work", async () => {
    const open = await create();
    const done = await create();
    await change(done.id, 1, to("withdrawn"));
    const codes = await petitions.openOf(conversationId);
    expect(codes).toContain(open.code);
    expect(codes).not.toContain(done.code);
    expect(await petitions.openOf(conversationId + 1)).toEqual([]);
  });

  it("is gone with its event when the transaction is", async () => {
    const before = await counts();
    const failing = database.tx(async (client) => {
      await petitions.create(client, conversationId, "message:undone", newPetition());
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await counts()).toEqual(before);
  });
});

describe("looking a petition up", () => {
  it("shows its owner everything", async () => {
    const { id: _, ...petition } = await create();
    expect(await petitions.lookUp(petition.code, conversationId)).toMatchObject({ ...petition, owned: true });
  });

  it.each([
    ["another chat", () => conversationId + 1],
    ["nobody's chat", () => null],
  ])("shows %s the status and the reply, and nothing of the person", async (_, asking) => {
    const { id, code } = await create();
    await change(id, 1, { ...to("answered"), publicText: "Xã sẽ sửa trong tháng 12.", internalNote: "mật" });
    const view = await petitions.lookUp(code, asking());
    expect(view).toEqual({
      code,
      content: "",
      stance: "kien-nghi",
      topic: "ha-tang",
      cooperative: null,
      commune: null,
      contact: null,
      status: "answered",
      receivedAt: expect.any(Date),
      dueOn: null,
      owned: false,
      events: [
        { at: expect.any(Date), status: "received", text: null },
        { at: expect.any(Date), status: "answered", text: "Xã sẽ sửa trong tháng 12." },
      ],
    });
  });

  it("shows nobody as its owner once the link to the chat is gone", async () => {
    const { id, code } = await create();
    await database.pool.query("update petitions set conversation_id = null where id = $1", [id]);
    expect(await petitions.lookUp(code, null)).toMatchObject({ owned: false, contact: null });
  });

  it("finds nothing under an unknown code", async () => {
    expect(await petitions.lookUp(newPetition().code, conversationId)).toBeNull();
    expect(await petitions.find(newPetition().code)).toBeNull();
  });
});

describe("changing a petition", () => {
  it("moves it on with its event and names the chat to be told", async () => {
    const { id, code } = await create();
    const given = { ...to("forwarded"), reason: "đúng nơi", internalNote: "gọi chị Lan" };
    expect(await change(id, 1, given)).toBe(conversationId);
    const file = await petitions.find(code);
    expect(file).toMatchObject({ status: "forwarded", version: 2, answeredAt: null });
    expect(file?.events.at(-1)).toMatchObject({
      kind: "moved",
      statusFrom: "received",
      statusTo: "forwarded",
      by: "Cán bộ Hoa",
      reason: "đúng nơi",
      publicText: null,
      internalNote: "gọi chị Lan",
    });
  });

  it("notes the moment of the answer", async () => {
    const { id, code } = await create();
    await change(id, 1, { ...to("answered"), publicText: "Có." });
    expect(await petitions.find(code)).toMatchObject({ answeredAt: expect.any(Date) });
  });

  it("names no chat when the member had it erased", async () => {
    const { id } = await create();
    await database.pool.query("update petitions set conversation_id = null where id = $1", [id]);
    expect(await change(id, 1, to("in-review"))).toBeNull();
  });

  it("is refused when somebody changed it since it was read", async () => {
    const { id, code } = await create();
    await change(id, 1, to("in-review"));
    await expect(change(id, 1, to("forwarded"))).rejects.toThrow(PetitionMoved);
    expect(await petitions.find(code)).toMatchObject({ status: "in-review", version: 2 });
    expect((await petitions.find(code))?.events).toHaveLength(2);
  });

  it("lets only one of ten who act at once through", async () => {
    const { id, code } = await create();
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => change(id, 1, to("in-review"))));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await petitions.find(code))?.events).toHaveLength(2);
  });

  it("is refused for every step that the table of statuses does not know, and accepted for every other", async () => {
    const statuses = Object.keys(STATUSES) as Status[];
    const { id } = await create();
    for (const from of statuses) {
      for (const next of statuses) {
        await database.pool.query("update petitions set status = $2, version = 1 where id = $1", [id, from]);
        const isMoved = await change(id, 1, to(next)).then(
          () => true,
          () => false,
        );
        expect(`${from} → ${next}: ${isMoved}`).toBe(`${from} → ${next}: ${mayBecome(from, next)}`);
      }
    }
    expect(mayBecome("withdrawn", "answered")).toBe(false);
  });

  it("is refused for a petition that does not exist", async () => {
    await expect(change(999_999, 1, to("answered"))).rejects.toThrow(PetitionMoved);
  });
});

describe("the list of petitions", () => {
  it("is newest first, filtered by status, topic and words, page by page with its total", async () => {
    const mark = "kho lạnh số 77";
    const older = await create(newPetition({ content: `${mark} một`, topic: "ha-tang" }));
    const newer = await create(newPetition({ content: `${mark} hai`, topic: "von-vay" }));
    await change(newer.id, 1, to("in-review"));
    const codes = async (...args: Parameters<PetitionStore["list"]>) => {
      const { rows, total } = await petitions.list(...args);
      return [rows.map(({ code }) => code), total];
    };
    expect(await codes({ search: mark }, 1)).toEqual([[newer.code, older.code], 2]);
    expect(await codes({ search: mark }, 2, 1)).toEqual([[older.code], 2]);
    expect(await codes({ search: mark, topic: "von-vay" }, 1)).toEqual([[newer.code], 1]);
    expect(await codes({ search: mark, status: "received" }, 1)).toEqual([[older.code], 1]);
    expect(await codes({ search: older.code.toLowerCase() }, 1)).toEqual([[older.code], 1]);
    expect(await codes({ search: "không có đâu" }, 1)).toEqual([[], 0]);
  });
});
