import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CitationStore } from "../../src/db/citations.ts";
import { EditionStore } from "../../src/db/editions.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { ADMIN } from "../support/library-rig.ts";
import { createRig, echo } from "../support/pipeline-rig.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

describe("answers that were given", () => {
  it("are found by the clauses they told, when a publication changes one of these", async () => {
    const { database } = fresh;
    const editions = new EditionStore(database);
    const citations = new CitationStore(database);
    const edition = await editions.open(null, ADMIN, null);
    const rig = createRig(database, {
      respond: async (heard) => ({
        ...(await echo(heard)),
        outcome: "answered",
        cited: heard.text.includes("vay") ? ["a#dieu-5", "a#dieu-6"] : ["b#dieu-1"],
        edition,
      }),
    });
    await rig.says("1", "vay bao nhiêu");
    await rig.says("2", "học ở đâu");
    await rig.settle();
    await editions.decide(
      {
        edition,
        kind: "first",
        hash: "h",
        reason: null,
        author: ADMIN,
        overtaken: ["a#dieu-5", "a#dieu-6", "c#dieu-1"],
      },
      () => {},
    );
    await rig.says("3", "vay sau đó");
    await rig.settle();

    const [publication] = await editions.history();
    expect(await citations.overtakenBy(publication?.id ?? 0)).toMatchObject([
      { channel: "telegram", question: "vay bao nhiêu", passages: ["a#dieu-5", "a#dieu-6"] },
    ]);
  });

  it("no longer show their words once the member had them erased", async () => {
    const { rows } = await fresh.database.pool.query("select id from conversations where chat_id = '1'");
    const rig = createRig(fresh.database);
    await fresh.database.tx((client) => rig.conversations.erase(client, rows[0].id));
    const publications = await new EditionStore(fresh.database).history();
    const [answer] = await new CitationStore(fresh.database).overtakenBy(publications[0]?.id ?? 0);
    expect(answer?.question).toBe("[đã xóa theo yêu cầu]");
  });
});
