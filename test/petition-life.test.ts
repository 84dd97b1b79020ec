import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRespond } from "../src/conversation/respond.ts";
import { CHOICES, petitionWording } from "../src/conversation/wording.ts";
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
  });
  rig = createRig(fresh.database, { respond, petitions });
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
});
