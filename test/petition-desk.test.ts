import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConversationState } from "../src/conversation/state.ts";
import { CHOICES, petitionWording, wording } from "../src/conversation/wording.ts";
import type { MemberAct, PetitionFile } from "../src/petitions/petition-file.ts";
import { PetitionMoved, PetitionRefused } from "../src/petitions/petition-file.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createRig, type Rig } from "./support/pipeline-rig.ts";
import { hire, newPetition, turn } from "./support/samples.ts";

const STAFF_CHAT = { channel: "telegram", chatId: "staff" } as const;

let fresh: FreshDatabase;
let rig: Rig;
let by: number;
let act: MemberAct | null = null;

beforeAll(async () => {
  fresh = await freshDatabase();
  by = await hire(fresh.database);
  rig = createRig(fresh.database, {
    staffChat: STAFF_CHAT,
    respond: async ({ text, state }) => {
      if (text === "Gửi") return turn("Đã nhận", { petition: newPetition({ code: nextCode() }), state });
      return turn("Dạ", { act, state: { ...state, awaited: act ? [] : state.awaited } });
    },
  });
});
afterAll(() => fresh.drop());

let code = "";
function nextCode(): string {
  code = newPetition().code;
  return code;
}

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

async function lastTextTo(chatId: string): Promise<string | undefined> {
  await rig.settle();
  return rig.textsTo(chatId).at(-1);
}

async function stateOf({ conversationId }: PetitionFile): Promise<ConversationState> {
  const { rows } = await rig.database.pool.query("select state from conversations where id = $1", [
    conversationId,
  ]);
  return ConversationState.parse(rows[0].state);
}

/** The member writes something that the scripted dialogue takes as this act. */
async function memberActs(chatId: string, given: MemberAct): Promise<void> {
  act = given;
  await rig.says(chatId, given.text || "Đã thỏa đáng", `${chatId}-${given.verb}-${given.text}`);
  await rig.settle();
  act = null;
}

describe("each verb", () => {
  const UBND = { agency: "ubnd-xa", office: "UBND xã Tân Bình" };

  it("changes the petition, writes its event with who and why, and tells the member with his code", async () => {
    let petition = await petitionFrom("whole-life");
    const steps: [run: () => Promise<boolean>, status: string, says: string][] = [
      [() => rig.desk.take(petition, petition.version, by), "in-review", "đang được cán bộ xem xét"],
      [
        () => rig.desk.forward(petition, petition.version, by, UBND),
        "forwarded",
        "chuyển đến UBND xã Tân Bình",
      ],
      [
        () => rig.desk.answer(petition, petition.version, by, "Sẽ sửa tháng 12."),
        "answered",
        "Sẽ sửa tháng 12.",
      ],
      [() => rig.desk.resolve(petition, petition.version, by), "resolved", "đã được giải quyết xong"],
      [
        () => rig.desk.reopen(petition, petition.version, by, "bà con gọi điện"),
        "reopened",
        "Lý do: bà con gọi điện",
      ],
      [
        () => rig.desk.withdraw(petition, petition.version, by, "bà con xin rút"),
        "withdrawn",
        "Lý do: bà con xin rút",
      ],
    ];
    for (const [run, status, says] of steps) {
      expect(await run()).toBe(true);
      petition = await reload(petition);
      expect(petition.status).toBe(status);
      expect(petition.events.at(-1)).toMatchObject({ statusTo: status, by: "Cán bộ Hoa" });
      const said = await lastTextTo("whole-life");
      expect(said).toContain(petition.code);
      expect(said).toContain(says);
    }
    expect(petition).toMatchObject({ agency: "ubnd-xa", dueOn: null, reviewDueOn: null });
  });

  it("is done once however many do it at the same time, and the loser hears of it", async () => {
    const petition = await petitionFrom("race");
    const tries = await Promise.allSettled([
      rig.desk.take(petition, 1, by),
      rig.desk.forward(petition, 1, by, UBND),
      rig.desk.withdraw(petition, 1, by, "xin rút"),
    ]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const each of tries)
      if (each.status === "rejected") expect(each.reason).toBeInstanceOf(PetitionMoved);
    await rig.settle();
    expect(rig.textsTo("race")).toHaveLength(2);
    expect((await reload(petition)).events).toHaveLength(2);
  });

  it("works for a petition without a chat, and says that nobody was told", async () => {
    const petition = await petitionFrom("gone");
    await rig.database.tx((client) => rig.conversations.erase(client, petition.conversationId ?? 0));
    const current = await reload(petition);
    expect(await rig.desk.take(current, 1, by)).toBe(false);
    await expect(rig.desk.askMember(current, 2, by, "Ở đâu?")).rejects.toThrow(PetitionRefused);
    expect((await reload(petition)).status).toBe("in-review");
  });
});

describe("forwarding", () => {
  it("to another agency needs a reason, which the member reads", async () => {
    const petition = await petitionFrom("reroute");
    await rig.desk.forward(petition, 1, by, { agency: "ubnd-xa", office: "UBND xã Tân Bình" });
    const at = await reload(petition);
    const other = { agency: "so-nn-mt", office: "Sở Nông nghiệp và Môi trường TP Cần Thơ" };
    await expect(rig.desk.forward(at, 2, by, other)).rejects.toThrow("phải ghi lý do");
    await expect(rig.desk.forward(at, 2, by, { agency: "ubnd-xa", office: "UBND xã" })).rejects.toThrow(
      PetitionRefused,
    );
    expect(await rig.desk.forward(at, 2, by, { ...other, reason: "thủy lợi nội đồng" })).toBe(true);
    expect((await reload(petition)).events.at(-1)).toMatchObject({
      statusFrom: "forwarded",
      statusTo: "forwarded",
      reason: "thủy lợi nội đồng",
      details: { agency: { from: "ubnd-xa", to: "so-nn-mt" } },
    });
    expect(await lastTextTo("reroute")).toContain("Lý do: thủy lợi nội đồng");
  });
});

describe("a petition that is not within authority", () => {
  it("names the right office to the member, and may be reopened", async () => {
    const petition = await petitionFrom("elsewhere");
    await rig.desk.notWithinAuthority(petition, 1, by, {
      office: "Tòa án",
      reason: "tranh chấp đã khởi kiện",
    });
    expect(await lastTextTo("elsewhere")).toBe(
      petitionWording.notWithinAuthority(petition.code, "Tòa án", "tranh chấp đã khởi kiện"),
    );
    await memberActs("elsewhere", { code: petition.code, verb: "unsatisfied", text: "chưa khởi kiện" });
    expect((await reload(petition)).status).toBe("reopened");
  });
});

describe("asking the member", () => {
  it("stops the clock, notes in his chat what is awaited, and runs on when he answers", async () => {
    const petition = await petitionFrom("asked");
    expect(petition.dueOn).not.toBeNull();
    await rig.desk.askMember(petition, 1, by, "Đường ở ấp nào?");
    const waiting = await reload(petition);
    expect(waiting).toMatchObject({ status: "needs-info", dueOn: null });
    expect(await stateOf(petition)).toMatchObject({ awaited: [{ code: petition.code, what: "more" }] });
    expect(await lastTextTo("asked")).toContain("Đường ở ấp nào?");

    await memberActs("asked", { code: petition.code, verb: "supply", text: "Ấp 5" });
    const supplied = await reload(petition);
    expect(supplied).toMatchObject({ status: "in-review", dueOn: expect.any(String) });
    expect(supplied.events.at(-1)).toMatchObject({ kind: "supplied", memberText: "Ấp 5", by: null });
    expect(rig.textsTo("staff").at(-1)).toBe(wording.staffSupplied(petition.code));
  });

  it("gives the petition back to the agency that had it", async () => {
    const petition = await petitionFrom("agency-asks");
    await rig.desk.forward(petition, 1, by, { agency: "ubnd-xa", office: "UBND xã Tân Bình" });
    await rig.desk.askMember(await reload(petition), 2, by, "Ở ấp nào?");
    await rig.desk.askMember(await reload(petition), 3, by, "Và khúc nào?");
    await memberActs("agency-asks", { code: petition.code, verb: "supply", text: "Khúc cua" });
    expect(await reload(petition)).toMatchObject({ status: "forwarded", agency: "ubnd-xa" });
  });

  it("shows neither the question nor his words to who only knows the code", async () => {
    const petition = await petitionFrom("private");
    await rig.desk.askMember(petition, 1, by, "Nhà ông ở ấp nào?");
    await memberActs("private", { code: petition.code, verb: "supply", text: "Ấp 5, nhà ông Ba" });
    const asStranger = JSON.stringify(await rig.petitions.lookUp(petition.code, null));
    expect(asStranger).not.toMatch(/ấp/i);
    const asOwner = JSON.stringify(await rig.petitions.lookUp(petition.code, petition.conversationId));
    expect(asOwner).toContain("Nhà ông ở ấp nào?");
  });
});

describe("after an answer", () => {
  it("the member is asked whether he is satisfied, under the last part of the message", async () => {
    const petition = await petitionFrom("verdict");
    await rig.desk.answer(petition, 1, by, "Câu trả lời dài. ".repeat(200));
    await rig.settle();
    const parts = rig.sent.filter(({ chatId }) => chatId === "verdict").slice(1);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map(({ choices }) => choices.length)).toEqual([...parts.slice(1).map(() => 0), 2]);
    expect(parts.at(-1)?.choices).toEqual([CHOICES.satisfied, CHOICES.unsatisfied]);
    expect(await stateOf(petition)).toMatchObject({
      awaited: [{ code: petition.code, what: "verdict" }],
      choices: [CHOICES.satisfied, CHOICES.unsatisfied],
    });
  });

  it("yes resolves it and no reopens it with his words, a new deadline and a notice to staff", async () => {
    const petition = await petitionFrom("yes-no");
    await rig.desk.answer(petition, 1, by, "Sẽ sửa.");
    await memberActs("yes-no", { code: petition.code, verb: "satisfied", text: "" });
    expect(await reload(petition)).toMatchObject({ status: "resolved", dueOn: null });
    await memberActs("yes-no", { code: petition.code, verb: "unsatisfied", text: "Chưa sửa gì hết" });
    const reopened = await reload(petition);
    expect(reopened).toMatchObject({
      status: "reopened",
      dueOn: expect.any(String),
      reviewDueOn: expect.any(String),
    });
    expect(reopened.events.at(-1)).toMatchObject({ kind: "unsatisfied", memberText: "Chưa sửa gì hết" });
    expect(rig.textsTo("staff").at(-1)).toBe(wording.staffUnsatisfied(petition.code));
  });

  it("an act of another member changes nothing", async () => {
    const petition = await petitionFrom("owner");
    await rig.desk.answer(petition, 1, by, "Sẽ sửa.");
    await rig.says("stranger", "Chào");
    await rig.settle();
    await memberActs("stranger", { code: petition.code, verb: "unsatisfied", text: "phá" });
    expect((await reload(petition)).status).toBe("answered");
  });

  it("what staff ask while a message is being answered is not lost", async () => {
    const petition = await petitionFrom("meanwhile");
    await rig.says("meanwhile", "hỏi gì đó");
    const message = await rig.messages.claim("in", "rig");
    await rig.desk.answer(petition, 1, by, "Sẽ sửa.");
    await rig.database.tx((client) =>
      rig.conversations.saveState(
        client,
        petition.conversationId ?? 0,
        { ...ConversationState.parse({}), greeted: true, recentQuestions: ["hỏi gì đó"] },
        message?.state,
      ),
    );
    expect(await stateOf(petition)).toMatchObject({
      recentQuestions: ["hỏi gì đó"],
      awaited: [{ code: petition.code, what: "verdict" }],
    });
    await rig.database.pool.query(
      "update messages set status = 'done' where status = 'open' and direction = 'in'",
    );
  });
});

describe("an extension", () => {
  it("moves the deadline once, tells the member the day and the reason, and is refused the second time", async () => {
    const petition = await petitionFrom("extended");
    const now = new Date();
    expect(await rig.desk.extend(petition, 1, by, { days: 5, reason: "phải hỏi thêm sở" }, now)).toBe(true);
    const extended = await reload(petition);
    expect(extended.dueOn && petition.dueOn && extended.dueOn > petition.dueOn).toBe(true);
    expect(extended.events.at(-1)).toMatchObject({
      kind: "extended",
      reason: "phải hỏi thêm sở",
      details: { extendedBy: 5 },
    });
    expect(await lastTextTo("extended")).toBe(
      petitionWording.extended(petition.code, extended.dueOn ?? "", "phải hỏi thêm sở"),
    );
    await expect(rig.desk.extend(extended, 2, by, { days: 5, reason: "nữa" }, now)).rejects.toThrow(
      "một lần",
    );
    expect(rig.petitions.time.explain(extended.events)).toContain("gia hạn 5 ngày vì: phải hỏi thêm sở");
  });
});

describe("setting right", () => {
  it("keeps old and new as data, tells the member nothing, and teaches the next suggestion", async () => {
    const petition = await petitionFrom("corrected");
    const correction = { topic: "von-vay", stance: "phan-anh", commune: "xã Tân Bình" } as const;
    expect(await rig.desk.correct(petition, 1, by, correction)).toBe(true);
    const corrected = await reload(petition);
    expect(corrected).toMatchObject({ ...correction, version: 2 });
    expect(corrected.events.at(-1)?.details).toEqual({
      corrected: {
        stance: { from: "kien-nghi", to: "phan-anh" },
        topic: { from: "ha-tang", to: "von-vay" },
        commune: { from: "Xã Tân Thuận", to: "xã Tân Bình" },
      },
    });
    expect(await rig.desk.correct(corrected, 2, by, correction)).toBe(false);
    expect(await rig.petitions.corrections()).toContainEqual({
      content: petition.content,
      topic: "von-vay",
      stance: "phan-anh",
    });
    await rig.settle();
    expect(rig.textsTo("corrected")).toEqual(["Đã nhận"]);
  });

  it("to agreement takes the deadline away, and back brings it again", async () => {
    const petition = await petitionFrom("agrees");
    await rig.desk.correct(petition, 1, by, { stance: "dong-thuan" });
    expect((await reload(petition)).dueOn).toBeNull();
    await rig.desk.correct(petition, 2, by, { stance: "kien-nghi" });
    expect((await reload(petition)).dueOn).toBe(petition.dueOn);
  });

  it("is refused when somebody was faster", async () => {
    const petition = await petitionFrom("late-correction");
    await rig.desk.take(petition, 1, by);
    await expect(rig.desk.correct(petition, 1, by, { topic: "von-vay" })).rejects.toThrow(PetitionMoved);
  });
});

describe("a note", () => {
  it("is seen by staff and never by the member, whoever asks", async () => {
    const petition = await petitionFrom("noted");
    await Promise.all([
      rig.desk.note(petition, by, "gọi chị Lan"),
      rig.desk.note(petition, by, "hỏi kế toán"),
    ]);
    const noted = await reload(petition);
    expect(
      noted.events
        .slice(1)
        .map(({ internalNote }) => internalNote)
        .sort(),
    ).toEqual(["gọi chị Lan", "hỏi kế toán"]);
    expect(noted.version).toBe(1);
    const view = JSON.stringify(await rig.petitions.lookUp(petition.code, petition.conversationId));
    expect(view).not.toMatch(/gọi chị Lan|hỏi kế toán/);
    await rig.settle();
    expect(rig.textsTo("noted")).toEqual(["Đã nhận"]);
  });
});

describe("an erased member", () => {
  it("leaves no number in what he wrote to his petition", async () => {
    const petition = await petitionFrom("erased-words");
    await rig.desk.askMember(petition, 1, by, "Gọi số nào?");
    await memberActs("erased-words", { code: petition.code, verb: "supply", text: "Gọi 0912 345 678 giúp" });
    await rig.database.tx((client) => rig.conversations.erase(client, petition.conversationId ?? 0));
    expect((await reload(petition)).events.at(-1)?.memberText).toBe("Gọi [số đã xóa] giúp");
  });
});
