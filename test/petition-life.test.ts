import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONSENT_VERSION } from "../src/conversation/consent.ts";
import { createRespond } from "../src/conversation/respond.ts";
import { withdrawalWording } from "../src/conversation/withdrawal-wording.ts";
import { CHOICES, petitionWording, wording } from "../src/conversation/wording.ts";
import { PetitionStore } from "../src/db/petitions.ts";
import { answerOf } from "./conversation/rig.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createRig, type Rig } from "./support/pipeline-rig.ts";
import { hire, newPetition } from "./support/samples.ts";

let fresh: FreshDatabase;
let rig: Rig;
let by: number;
let code = "";

beforeAll(async () => {
  fresh = await freshDatabase();
  by = await hire(fresh.database);
  const petitions = new PetitionStore(fresh.database);
  const respond = createRespond({
    ask: async () => answerOf(),
    triage: () => ({ stance: "kien-nghi", topic: "ha-tang" }),
    communes: [],
    topics: [],
    newCode: () => {
      code = newPetition().code;
      return code;
    },
    passage: () => null,
    edition: null,
    lookUp: (wanted, conversation) => petitions.lookUp(wanted, conversation),
    openPetitions: (conversation) => petitions.openOf(conversation),
  });
  rig = createRig(fresh.database, {
    respond,
    petitions,
    staffChat: { channel: "telegram", chatId: "staff" },
  });
});
afterAll(() => fresh.drop());

async function says(...texts: string[]): Promise<string> {
  for (const text of texts) {
    await rig.says("ba", text, `${Math.random()}`);
    await rig.settle();
  }
  return rig.textsTo("ba").at(-1) ?? "";
}

async function file() {
  const found = await rig.petitions.find(code);
  if (!found) throw new Error("no such petition");
  return found;
}

describe("the life of a petition, between a member in his chat and staff at the desk", () => {
  it("goes from the intake over a question and an unsatisfying answer to a good one", async () => {
    await says("/kiennghi Đường vào kho lúa hư nặng", "Bỏ qua", "Tân Bình", "Bỏ qua", "Gửi");
    await rig.desk.askMember(await file(), 1, by, "Đường ở ấp nào?");
    await rig.settle();

    expect(await says("Ấp 5, khúc gần cống")).toBe(petitionWording.supplied(code));
    expect((await file()).events.at(-1)).toMatchObject({
      kind: "supplied",
      memberText: "Ấp 5, khúc gần cống",
    });

    await rig.desk.answer(await file(), 3, by, "Xã đã ghi nhận.");
    await rig.settle();
    expect(rig.sent.at(-1)?.choices).toEqual([CHOICES.satisfied, CHOICES.unsatisfied]);
    expect(await says(CHOICES.unsatisfied)).toBe(petitionWording.askReason(code));
    expect(await says("Ghi nhận rồi chừng nào sửa?")).toBe(petitionWording.unsatisfied(code));
    expect(await file()).toMatchObject({ status: "reopened", dueOn: expect.any(String) });

    await rig.desk.answer(await file(), 5, by, "Sửa xong trước 15/12.");
    await rig.settle();
    expect(await says(CHOICES.satisfied)).toBe(petitionWording.satisfied(code));
    expect(await file()).toMatchObject({ status: "resolved", version: 7, dueOn: null });
    expect((await file()).events.map(({ kind, statusTo }) => `${kind} ${statusTo}`)).toEqual([
      "received received",
      "moved needs-info",
      "supplied in-review",
      "replied answered",
      "unsatisfied reopened",
      "replied answered",
      "satisfied resolved",
    ]);
    expect(await says("Đã thỏa đáng")).not.toBe(petitionWording.satisfied(code));
  });

  it("ends when its member takes it back, of which staff are told; nobody else can", async () => {
    await says("/kiennghi Kênh ấp 3 cạn nước lâu rồi", "Bỏ qua", "Bỏ qua", "Bỏ qua", "Gửi");
    const stranger = async (text: string) => {
      await rig.says("stranger", text, `${Math.random()}`);
      await rig.settle();
      return rig.textsTo("stranger").at(-1);
    };
    expect(await stranger(`rút kiến nghị ${code}`)).toContain(withdrawalWording.notOwned(code));
    await stranger("Rút kiến nghị");
    expect((await file()).status).toBe("received");

    expect(await says("tôi muốn rút kiến nghị")).toBe(withdrawalWording.question(code));
    expect(await says("Rút kiến nghị")).toBe(withdrawalWording.done(code));
    expect(await file()).toMatchObject({ status: "withdrawn", dueOn: null });
    expect((await file()).events.at(-1)).toMatchObject({ kind: "withdrawn", by: null });
    expect(rig.textsTo("staff").at(-1)).toBe(wording.staffWithdrawn(code));
    expect(await says(`/rut ${code}`)).toBe(withdrawalWording.tooLate(code, "withdrawn"));
  });

  it("keeps with the petition which words its member agreed to and when, also without his contact", async () => {
    await says(
      "/kiennghi Trạm bơm hư cả năm nay",
      "Bỏ qua",
      "Bỏ qua",
      "0900 000 000",
      "Gửi không kèm liên hệ",
    );
    const { rows } = await fresh.database.pool.query(
      `select contact, consent_version as version, consented_at = received_at as "atOnce" from petitions where code = $1`,
      [code],
    );
    expect(rows).toEqual([{ contact: null, version: CONSENT_VERSION, atOnce: true }]);
  });

  it("is not taken back by a yes that comes after staff have answered", async () => {
    await says("/kiennghi Cầu qua kênh bị gãy rồi", "Bỏ qua", "Bỏ qua", "Bỏ qua", "Gửi");
    await says(`/rut ${code}`);
    await rig.desk.answer(await file(), 1, by, "Xã sửa trong tháng 12.");
    await rig.settle();
    expect(await says("Rút kiến nghị")).toBe(withdrawalWording.tooLate(code, "answered"));
    expect((await file()).status).toBe("answered");
  });
});
