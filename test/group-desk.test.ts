import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Delivery } from "../src/conversation/channel.ts";
import { wording } from "../src/conversation/wording.ts";
import { GroupStore } from "../src/db/petition-groups.ts";
import { createGroupDesk, type GroupDesk } from "../src/group-desk.ts";
import { PetitionMoved } from "../src/petitions/petition-file.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createRig, createScriptedChannel, type Rig } from "./support/pipeline-rig.ts";
import { hire, incoming, newPetition } from "./support/samples.ts";

const ANSWER = "Đường vào kho sẽ được sửa trong tháng 12.";

let fresh: FreshDatabase;
let rig: Rig;
let groups: GroupStore;
let desk: GroupDesk;
let by: number;
const web = createScriptedChannel();

beforeAll(async () => {
  fresh = await freshDatabase();
  by = await hire(fresh.database);
  rig = createRig(fresh.database);
  rig.channels.set("web-chat", web.channel);
  groups = new GroupStore(fresh.database);
  desk = createGroupDesk({ ...rig, groups });
});
afterAll(() => fresh.drop());

type Member = { id: number; code: string; chatId: string; conversationId: number };
let made = 0;

/** A petition in a chat of its own, on the web or on Telegram. */
async function petition(
  channel: "web-chat" | "telegram" = "telegram",
  chatId = `m${++made}`,
): Promise<Member> {
  const { conversationId } = await rig.messages.receive(incoming({ channel, chatId }));
  const { code } = newPetition();
  const id = await fresh.database.tx((client) =>
    rig.petitions.create(client, conversationId, `message:g${code}`, newPetition({ code })),
  );
  await fresh.database.pool.query("update messages set status = 'done' where direction = 'in'");
  return { id, code, chatId, conversationId };
}

async function grouped(members: Member[]): Promise<number> {
  return groups.create(by, {
    title: "Đường vào kho",
    topic: "ha-tang",
    petitions: members.map(({ id }) => id),
  });
}

async function answer(group: number, key: string, version = 1): Promise<number> {
  const id = await desk.answerGroup(group, version, by, { key, text: ANSWER });
  if (id === null) throw new Error("answered before");
  return id;
}

describe("one answer to twenty members", () => {
  it("reaches each on his own channel with his own code, once for one form, with twenty rows in the ledger", async () => {
    const members = await Promise.all(
      Array.from({ length: 20 }, (_, n) => petition(n % 2 === 0 ? "web-chat" : "telegram")),
    );
    const group = await grouped(members);
    const presses = await Promise.all(
      [1, 2, 3].map(() => desk.answerGroup(group, 1, by, { key: "form-20", text: ANSWER })),
    );
    expect(presses.filter((id) => id !== null)).toHaveLength(1);
    expect(await desk.answerGroup(group, 1, by, { key: "form-20", text: ANSWER })).toBeNull();
    const id = presses.find((each) => each !== null) ?? 0;
    expect((await groups.ledger(id)).map(({ state }) => state)).toEqual(members.map(() => "sending"));

    await rig.settle();
    for (const { chatId, code } of members) {
      const sent = [...rig.sent, ...web.sent].filter((each) => each.chatId === chatId);
      expect(sent.map(({ text }) => text)).toEqual([wording.petitionAnswered(code, ANSWER)]);
    }
    expect(web.sent).toHaveLength(10);
    const ledger = await groups.ledger(id);
    expect(ledger.map(({ code, channel, state }) => [code, channel, state]).sort()).toEqual(
      members.map(({ code }, n) => [code, n % 2 === 0 ? "web-chat" : "telegram", "delivered"]).sort(),
    );
    for (const { code } of members)
      expect(await rig.petitions.find(code)).toMatchObject({ status: "answered", version: 2 });
  });
});

describe("the ledger", () => {
  it("tells apart what arrived, what waits, what was refused, what is unsure and who must be met", async () => {
    const members: Member[] = [];
    for (let n = 0; n < 6; n++) members.push(await petition());
    const [arrived, waits, refused, unsure, erased, withdrawn] = members as [
      Member,
      Member,
      Member,
      Member,
      Member,
      Member,
    ];
    const group = await grouped(members);
    await fresh.database.tx((client) => rig.conversations.erase(client, erased.conversationId));
    await fresh.database.tx((client) =>
      rig.petitions.change(client, withdrawn.id, 1, { to: "withdrawn", by }),
    );
    const id = await answer(group, "form-ledger");
    const script: Record<string, Delivery> = {
      [arrived.chatId]: { outcome: "sent", providerId: "1" },
      [waits.chatId]: { outcome: "waiting", reason: "ngoài khung giờ" },
      [refused.chatId]: { outcome: "refused", reason: "đã chặn" },
      [unsure.chatId]: { outcome: "uncertain", reason: "hết giờ chờ" },
    };
    for (const { chatId } of [arrived, waits, refused, unsure]) {
      const next = script[chatId];
      if (next) rig.script.push(next);
      await rig.pipeline.deliverNext();
    }
    const ledger = new Map((await groups.ledger(id)).map((row) => [row.code, row]));
    expect([...ledger.values()]).toHaveLength(6);
    expect(ledger.get(arrived.code)).toMatchObject({
      state: "delivered",
      reason: null,
      at: expect.any(Date),
    });
    expect(ledger.get(waits.code)).toMatchObject({ state: "waiting", reason: "ngoài khung giờ" });
    expect(ledger.get(refused.code)).toMatchObject({ state: "refused", reason: "đã chặn" });
    expect(ledger.get(unsure.code)).toMatchObject({ state: "uncertain" });
    expect(ledger.get(erased.code)).toMatchObject({ state: "next-contact", channel: null, contact: null });
    expect(ledger.get(withdrawn.code)).toMatchObject({ state: "not-answered" });
    expect(await rig.petitions.find(erased.code)).toMatchObject({ status: "answered" });
    expect(await rig.petitions.find(withdrawn.code)).toMatchObject({ status: "withdrawn" });

    await rig.messages.receive(incoming({ chatId: waits.chatId }));
    await rig.pipeline.deliverNext();
    const later = (await groups.ledger(id)).find(({ code }) => code === waits.code);
    expect(later?.state).toBe("delivered");
    await rig.settle();
  });

  it("keeps who can be phoned", async () => {
    const member = await petition();
    const group = await grouped([member]);
    await fresh.database.pool.query("update petitions set conversation_id = null where id = $1", [member.id]);
    const id = await answer(group, "form-phone");
    expect(await groups.ledger(id)).toMatchObject([{ state: "next-contact", contact: "0900 000 000" }]);
  });

  it("stays when the group is dissolved", async () => {
    const members = [await petition(), await petition()];
    const group = await grouped(members);
    const id = await answer(group, "form-dissolved");
    await groups.ungroup(group, by);
    expect(await groups.ledger(id)).toHaveLength(2);
    await rig.settle();
  });
});

describe("a group's answer", () => {
  it("gives a member with two petitions two messages, each with its code", async () => {
    const first = await petition("telegram", "two");
    const second = await petition("telegram", "two");
    await answer(await grouped([first, second]), "form-two");
    await rig.settle();
    expect(rig.textsTo("two").map((text) => text.includes(first.code))).toEqual([true, false]);
    expect(rig.textsTo("two")[1]).toContain(second.code);
  });

  it("is refused when the group changed since it was read, and then writes nothing", async () => {
    const group = await grouped([await petition()]);
    const late = await petition();
    await groups.add(group, by, [late.id]);
    await expect(answer(group, "form-late")).rejects.toThrow(PetitionMoved);
    expect((await groups.find(group))?.answers).toEqual([]);
    await answer(group, "form-late", 2);
    expect((await groups.find(group))?.answers).toMatchObject([{ text: ANSWER, by: "Cán bộ Hoa" }]);
    await rig.settle();
  });
});
