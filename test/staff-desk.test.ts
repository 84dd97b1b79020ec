import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wording } from "../src/conversation/wording.ts";
import { type PetitionFile, PetitionMoved } from "../src/petitions/petition-file.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createRig, type Rig } from "./support/pipeline-rig.ts";
import { hire, newPetition, turn } from "./support/samples.ts";

const REPLY = "Xã sẽ sửa đường trong tháng 12.";

let fresh: FreshDatabase;
let rig: Rig;
let staffId: number;
beforeAll(async () => {
  fresh = await freshDatabase();
  staffId = await hire(fresh.database);
  rig = createRig(fresh.database, {
    respond: async ({ text }) => {
      if (text === "Gửi") return turn("Đã nhận", { petition: newPetition({ code: nextCode() }) });
      return text === "/canbo" ? turn("Dạ", { handOver: true }) : turn("Đã xóa", { erase: true });
    },
  });
});
afterAll(() => fresh.drop());

let code = "";
function nextCode(): string {
  code = newPetition().code;
  return code;
}

/** A member's petition, as a member of staff has it on the screen. */
async function petitionFrom(chatId: string): Promise<PetitionFile> {
  await rig.says(chatId, "Gửi");
  await rig.settle();
  return reload({ code });
}

async function reload(petition: { code: string }): Promise<PetitionFile> {
  const file = await rig.petitions.find(petition.code);
  if (!file) throw new Error("no such petition");
  return file;
}

async function heldChat(chatId: string): Promise<number> {
  await rig.says(chatId, "/canbo");
  await rig.settle();
  return (await rig.conversations.held()).at(-1)?.id ?? 0;
}

describe("answering a petition", () => {
  it("cuts a long reply into messages that every channel takes, in order and without loss", async () => {
    const petition = await petitionFrom("dai");
    const long = Array.from({ length: 120 }, (_, n) => `Câu trả lời thứ ${n} của cán bộ phụ trách xã.`).join(
      " ",
    );
    await rig.desk.answer(petition, petition.version, staffId, long);
    await rig.settle();
    const pieces = rig.textsTo("dai").slice(1);
    expect(pieces.length).toBeGreaterThan(1);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(2000);
    expect(pieces.join(" ").replace(/\s+/g, " ")).toContain(long);
  });

  it("changes the petition, writes who did it, and brings the reply to the member's chat", async () => {
    const petition = await petitionFrom("hoa");
    expect(await rig.desk.answer(petition, petition.version, staffId, REPLY)).toBe(true);
    const answered = await reload(petition);
    expect(answered).toMatchObject({ status: "answered", version: 2, answeredAt: expect.any(Date) });
    expect(answered.events.at(-1)).toMatchObject({ kind: "replied", by: "Cán bộ Hoa", publicText: REPLY });
    await rig.settle();
    expect(rig.textsTo("hoa").at(-1)).toBe(wording.petitionAnswered(petition.code, REPLY));
    const lines = await rig.messages.transcript("telegram", "hoa", 0);
    expect(lines.at(-1)).toMatchObject({ author: "staff", status: "done" });
  });

  it("sends once when the button is pressed twice, one after the other or at the same time", async () => {
    const petition = await petitionFrom("double");
    const press = () => rig.desk.answer(petition, petition.version, staffId, REPLY);
    const presses = await Promise.allSettled([press(), press(), press()]);
    expect(presses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(press()).rejects.toThrow(PetitionMoved);
    await rig.settle();
    expect(rig.textsTo("double").filter((text) => text.includes(REPLY))).toHaveLength(1);
    expect((await reload(petition)).events).toHaveLength(2);
  });

  it("may be corrected by a second answer", async () => {
    const petition = await petitionFrom("corrected");
    await rig.desk.answer(petition, 1, staffId, REPLY);
    await rig.desk.answer(petition, 2, staffId, "Xin sửa lại: tháng 1.");
    await rig.settle();
    expect(rig.textsTo("corrected").slice(1)).toEqual([
      wording.petitionAnswered(petition.code, REPLY),
      wording.petitionAnswered(petition.code, "Xin sửa lại: tháng 1."),
    ]);
  });

  it("writes nothing when the petition moved since it was read", async () => {
    const petition = await petitionFrom("moved");
    await rig.database.tx((client) =>
      rig.petitions.change(client, petition.id, 1, { to: "in-review", by: staffId }),
    );
    await expect(rig.desk.answer(petition, 1, staffId, REPLY)).rejects.toThrow(PetitionMoved);
    await rig.settle();
    expect(rig.textsTo("moved")).toEqual(["Đã nhận"]);
    expect(await reload(petition)).toMatchObject({ status: "in-review", version: 2 });
  });

  it("says that nobody was told when the chat was erased, even after the page was opened", async () => {
    const petition = await petitionFrom("erased");
    await rig.database.tx((client) => rig.conversations.erase(client, petition.conversationId ?? 0));
    expect(await rig.desk.answer(petition, petition.version, staffId, REPLY)).toBe(false);
    await rig.settle();
    expect(rig.sent.filter(({ text }) => text.includes(petition.code))).toEqual([]);
    expect(await rig.petitions.lookUp(petition.code, null)).toMatchObject({
      status: "answered",
      events: [{}, { text: REPLY }],
    });
  });

  it("and an erasure at the same moment never block each other", async () => {
    for (let n = 0; n < 15; n++) {
      const petition = await petitionFrom(`race-${n}`);
      await rig.says(`race-${n}`, "Xóa dữ liệu của tôi");
      const answering = rig.desk.answer(petition, petition.version, staffId, REPLY);
      await Promise.all([answering, rig.pipeline.handleNext()]);
      expect(await reload(petition)).toMatchObject({ status: "answered", conversationId: null });
    }
    expect(rig.logged).toEqual([]);
  });
});

describe("writing to a chat that people hold", () => {
  it("reaches the member once for one form, however often it is sent", async () => {
    const chat = await heldChat("written");
    await Promise.all([1, 2, 3].map(() => rig.desk.write(chat, staffId, "form-1", "Chào bà con")));
    await rig.desk.write(chat, staffId, "form-2", "Tôi là cán bộ xã");
    await rig.settle();
    expect(rig.textsTo("written")).toEqual(["Dạ", "Chào bà con", "Tôi là cán bộ xã"]);
    const lines = await rig.messages.transcript("telegram", "written", 0);
    expect(lines.map(({ author }) => author)).toEqual(["member", "bot", "staff", "staff"]);
  });
});

describe("handing a chat back", () => {
  it("gives it to the bot again and tells the member once", async () => {
    const chat = await heldChat("back");
    await rig.desk.handBack(chat, "form-1");
    await rig.desk.handBack(chat, "form-1");
    await rig.settle();
    expect(rig.textsTo("back")).toEqual(["Dạ", wording.handedBack]);
    expect(await rig.conversations.find(chat)).toMatchObject({ heldByStaff: false });
  });
});
