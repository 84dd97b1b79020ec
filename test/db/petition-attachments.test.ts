import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Attachment } from "../../src/conversation/channel.ts";
import { ConversationStore } from "../../src/db/conversations.ts";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { AttachmentStore } from "../../src/db/petition-attachments.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import { freshDatabase } from "../support/database.ts";
import { incoming, newPetition } from "../support/samples.ts";

let database: Database;
let drop: () => Promise<void>;
let store: AttachmentStore;

beforeAll(async () => {
  ({ database, drop } = await freshDatabase());
  store = new AttachmentStore(database);
});

afterAll(() => drop());

const BYTES = Buffer.from("nội dung tệp");
const DOCUMENT: Attachment = {
  kind: "document",
  reference: "tep-1",
  name: "don.pdf",
  size: 12,
  mime: "application/pdf",
};

/** A petition with these attachments, each in a message of its own. */
async function petitionWith(attachments: (Attachment | null)[]) {
  const messages = new MessageStore(database);
  const said = incoming();
  const petition = newPetition();
  const { code } = petition;
  const { conversationId } = await messages.receive(said);
  const ids: number[] = [];
  for (const [n, attachment] of attachments.entries())
    ids.push((await messages.receive({ ...said, externalId: `${said.externalId}:${n}`, attachment })).id);
  const petitionId = await database.tx(async (client) => {
    const id = await new PetitionStore(database).create(client, conversationId, said.externalId, petition);
    await store.add(client, conversationId, { code, messages: ids });
    return id;
  });
  return { petitionId, code, conversationId, ids };
}

const claim = () => store.claim(["telegram"]);

async function claimed() {
  const found = await claim();
  if (!found) throw new Error("nothing to claim");
  return found;
}

async function dueNow(): Promise<void> {
  await database.pool.query("update petition_attachments set due_at = now() where status = 'waiting'");
}

async function settleAll(): Promise<void> {
  await database.pool.query("update petition_attachments set status = 'failed' where status = 'waiting'");
}

describe("the attachments of a petition", () => {
  it("are the photos and documents of its own chat, each once, and nothing else", async () => {
    const other = await petitionWith([DOCUMENT]);
    const { petitionId, code, conversationId, ids } = await petitionWith([
      DOCUMENT,
      { kind: "photo", reference: "anh-1" },
      { kind: "photo", reference: null },
      { kind: "voice", reference: "loi-1" },
      null,
    ]);
    const messages = [...ids, ...other.ids];
    await database.tx((client) => store.add(client, conversationId, { code, messages }));
    await database.tx((client) => store.add(client, conversationId, { code: other.code, messages }));
    expect(await store.list(other.petitionId)).toHaveLength(1);
    expect(await store.list(petitionId)).toMatchObject([
      { kind: "document", name: "don.pdf", size: 12, status: "waiting", reason: null },
      { kind: "photo", name: null, size: null, status: "waiting" },
    ]);
    await settleAll();
  });

  it("are taken by one process at a time, and again when its lease has run out", async () => {
    const { petitionId } = await petitionWith([DOCUMENT]);
    const both = await Promise.all([claim(), claim()]);
    expect(both.filter(Boolean)).toMatchObject([{ channel: "telegram", reference: "tep-1", tries: 1 }]);
    await dueNow();
    expect(await claimed()).toMatchObject({ tries: 2 });
    const late = both.find(Boolean);
    if (late) await store.keep(late, BYTES);
    expect(await store.list(petitionId)).toMatchObject([{ status: "waiting" }]);
    await settleAll();
  });

  it("wait while their channel is absent or switched off", async () => {
    await petitionWith([DOCUMENT]);
    expect(await store.claim(["zalo-oa"])).toBeNull();
    await database.pool.query("update switches set is_on = false where name = 'telegram'");
    const { rowCount } = await database.pool.query(
      "select from switches where name = 'telegram' and not is_on",
    );
    expect(rowCount).toBe(1);
    expect(await claim()).toBeNull();
    await database.pool.query("update switches set is_on = true where name = 'telegram'");
    await store.keep(await claimed(), BYTES);
    expect(await claim()).toBeNull();
  });

  it("are kept with their bytes, which only their own petition gives out", async () => {
    const { petitionId } = await petitionWith([DOCUMENT]);
    const other = await petitionWith([]);
    const one = await claimed();
    await store.keep(one, BYTES);
    expect(await store.read(petitionId, one.id)).toMatchObject({
      name: "don.pdf",
      size: BYTES.length,
      bytes: BYTES,
    });
    expect(await store.read(other.petitionId, one.id)).toBeNull();
  });

  it("that failed say why and are not tried again", async () => {
    const { petitionId } = await petitionWith([DOCUMENT]);
    await store.putOff(await claimed(), "đang lỗi", 600);
    expect(await claim()).toBeNull();
    expect(await store.list(petitionId)).toMatchObject([{ status: "waiting", reason: "đang lỗi" }]);
    await dueNow();
    const one = await claimed();
    await store.fail(one, "tệp không còn nữa");
    await dueNow();
    expect(await claim()).toBeNull();
    expect(await store.list(petitionId)).toMatchObject([{ status: "failed", reason: "tệp không còn nữa" }]);
    expect(await store.read(petitionId, one.id)).toBeNull();
  });

  it("lose their bytes, names and references when the member has his data erased, even one that is under way", async () => {
    const { petitionId, conversationId } = await petitionWith([
      DOCUMENT,
      { ...DOCUMENT, reference: "tep-2" },
    ]);
    await store.keep(await claimed(), BYTES);
    const underWay = await claimed();
    await database.tx((client) => new ConversationStore(database).erase(client, conversationId));
    await store.keep(underWay, BYTES);
    const { rows } = await database.pool.query(
      "select name, mime, reference, bytes, status from petition_attachments where petition_id = $1",
      [petitionId],
    );
    const nothing = { name: null, mime: null, reference: null, bytes: null, status: "failed" };
    expect(rows).toEqual([nothing, nothing]);
  });
});
