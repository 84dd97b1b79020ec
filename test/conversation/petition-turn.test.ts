import { describe, expect, it } from "vitest";
import { expecting } from "../../src/conversation/state.ts";
import { CHOICES, petitionWording, wording } from "../../src/conversation/wording.ts";
import type { PetitionView, Status } from "../../src/petitions/petition.ts";
import { type Chat, CODE, chat, choicesOf, OTHER_CODE, textOf } from "./rig.ts";

/** A chat whose petitions stand as given; other people's are not owned. */
function chatWith(statuses: Record<string, Status>, owned = true): Chat {
  return chat(() => ({ outcome: "answered", text: "Được.", offersPetition: false }), {
    lookUp: async (code) => {
      const status = statuses[code];
      return status ? ({ code, status, owned, events: [], dueOn: null } as unknown as PetitionView) : null;
    },
  });
}

function asked(member: Chat, code: string, what: "more" | "verdict"): void {
  const choices = what === "verdict" ? [CHOICES.satisfied, CHOICES.unsatisfied] : [];
  member.state = expecting(member.state, { code, what }, choices);
}

describe("đã thỏa đáng?", () => {
  it("answered with yes resolves the petition", async () => {
    const member = chatWith({ [CODE]: "answered" });
    asked(member, CODE, "verdict");
    const turn = await member.say(CHOICES.satisfied);
    expect(turn).toMatchObject({
      outcome: "petition_satisfied",
      act: { code: CODE, verb: "satisfied", text: "" },
    });
    expect(textOf(turn)).toContain(petitionWording.satisfied(CODE));
    expect(member.state.awaited).toEqual([]);
  });

  it("is understood as a number where a channel has no buttons", async () => {
    const member = chatWith({ [CODE]: "answered" });
    asked(member, CODE, "verdict");
    expect((await member.say("1")).act).toMatchObject({ verb: "satisfied" });
  });

  it("answered with no asks why, and the next words reopen it", async () => {
    const member = chatWith({ [CODE]: "answered" });
    asked(member, CODE, "verdict");
    const no = await member.say(CHOICES.unsatisfied);
    expect(no).toMatchObject({ outcome: "petition_reason", act: null });
    expect(choicesOf(no)).toEqual([CHOICES.skip]);
    const why = await member.say("Đường vẫn hư, chưa ai xuống coi");
    expect(why).toMatchObject({
      outcome: "petition_unsatisfied",
      act: { code: CODE, verb: "unsatisfied", text: "Đường vẫn hư, chưa ai xuống coi" },
    });
    expect(member.state.awaited).toEqual([]);
    expect((await member.say("vay được bao nhiêu")).act).toBeNull();
  });

  it.each([
    ["Đã thỏa đáng", "satisfied"],
    ["da thoa dang", "satisfied"],
    ["Chưa thỏa đáng: đường vẫn hư", "unsatisfied"],
    ["chua thoa dang, duong van hu", "unsatisfied"],
  ] as const)("is still understood as '%s' after another question in between", async (text, verb) => {
    const member = chatWith({ [CODE]: "answered" });
    asked(member, CODE, "verdict");
    expect(await member.say("HTX vay được bao nhiêu?")).toMatchObject({ outcome: "answered", act: null });
    expect((await member.say("cho hỏi thêm về thuế")).act).toBeNull();
    expect((await member.say(text)).act).toMatchObject({ code: CODE, verb });
  });

  it("leaves the reason open when a question with an answer comes instead, and says how to give it", async () => {
    const member = chatWith({ [CODE]: "answered" });
    asked(member, CODE, "verdict");
    await member.say(CHOICES.unsatisfied);
    const turn = await member.say("HTX vay được bao nhiêu?");
    expect(turn).toMatchObject({ outcome: "answered", act: null });
    expect(textOf(turn)).toContain(petitionWording.reasonLater(CODE));
    expect((await member.say("cảm ơn nhiều")).act).toBeNull();
    await member.say("chưa thỏa đáng");
    expect((await member.say("Đường vẫn hư")).act).toEqual({
      code: CODE,
      verb: "unsatisfied",
      text: "Đường vẫn hư",
    });
  });

  it("takes a question without an answer for the reason", async () => {
    const member = chat(() => ({ outcome: "unanswered_no_support" }), {
      lookUp: async (code) =>
        ({ code, status: "answered", owned: true, events: [], dueOn: null }) as unknown as PetitionView,
    });
    asked(member, CODE, "verdict");
    await member.say(CHOICES.unsatisfied);
    expect((await member.say("Chừng nào mới sửa đường?")).act).toMatchObject({ verb: "unsatisfied" });
  });

  it("reopens without words when the member skips them, and not at all when he cancels", async () => {
    const skips = chatWith({ [CODE]: "answered" });
    asked(skips, CODE, "verdict");
    await skips.say(CHOICES.unsatisfied);
    expect((await skips.say(CHOICES.skip)).act).toEqual({ code: CODE, verb: "unsatisfied", text: "" });

    const cancels = chatWith({ [CODE]: "answered" });
    asked(cancels, CODE, "verdict");
    await cancels.say(CHOICES.unsatisfied);
    expect(await cancels.say("/huy")).toMatchObject({ act: null, outcome: "intake_cancelled" });
    expect((await cancels.say("vay được bao nhiêu")).act).toBeNull();
  });

  it.each([
    ["chưa thỏa đáng, đường vẫn hư", "đường vẫn hư"],
    ["chua thoa dang. duong van hu", "duong van hu"],
    ["Chưa thoả đáng: đường vẫn hư", "đường vẫn hư"],
    [`Chưa thỏa đáng ${CODE} đường vẫn hư`, "đường vẫn hư"],
    [`chưa thỏa đáng với kiến nghị ${CODE.toLowerCase().replace("-", " ")}, đường vẫn hư`, "đường vẫn hư"],
  ])("takes the reason from %j", async (text, reason) => {
    const member = chatWith({ [CODE]: "answered" });
    asked(member, CODE, "verdict");
    expect((await member.say(text)).act).toEqual({ code: CODE, verb: "unsatisfied", text: reason });
  });

  it("may be taken back later by naming the code, also of a petition that was resolved", async () => {
    const member = chatWith({ [CODE]: "resolved" });
    expect((await member.say(`Chưa thỏa đáng ${CODE} vẫn chưa có tiền`)).act).toMatchObject({ code: CODE });
  });

  it("asks which petition is meant when there are two", async () => {
    const member = chatWith({ [CODE]: "answered", [OTHER_CODE]: "answered" });
    asked(member, CODE, "verdict");
    asked(member, OTHER_CODE, "verdict");
    const which = await member.say(CHOICES.satisfied);
    expect(which.act).toBeNull();
    expect(choicesOf(which)).toEqual([`Đã thỏa đáng ${CODE}`, `Đã thỏa đáng ${OTHER_CODE}`]);
    expect((await member.say("2")).act).toMatchObject({ code: OTHER_CODE, verb: "satisfied" });
    expect(member.state.awaited).toEqual([{ code: CODE, what: "verdict" }]);
  });

  it("does nothing to a petition that has moved on, nor to somebody else's", async () => {
    const moved = chatWith({ [CODE]: "reopened" });
    asked(moved, CODE, "verdict");
    expect((await moved.say(CHOICES.satisfied)).act).toBeNull();
    expect((await chatWith({ [CODE]: "answered" }, false).say(`Đã thỏa đáng ${CODE}`)).act).toBeNull();
  });

  it("is not read from a sentence that only begins alike", async () => {
    const member = chatWith({ [CODE]: "answered" });
    asked(member, CODE, "verdict");
    expect((await member.say("đã thỏa đánga")).act).toBeNull();
    expect((await member.say("tôi thấy chưa thỏa đáng là gì")).act).toBeNull();
  });
});

describe("what staff asked for", () => {
  it("is the member's next message, once", async () => {
    const member = chatWith({ [CODE]: "needs-info" });
    asked(member, CODE, "more");
    const turn = await member.say("Ấp 5, xã Tân Bình, khoảng 300 mét");
    expect(turn).toMatchObject({
      outcome: "petition_supplied",
      act: { code: CODE, verb: "supply", text: "Ấp 5, xã Tân Bình, khoảng 300 mét" },
    });
    expect(textOf(turn)).toContain(petitionWording.supplied(CODE));
    expect((await member.say("vay được bao nhiêu")).act).toBeNull();
  });

  it("is no command, no greeting and no tap on a choice", async () => {
    const member = chatWith({ [CODE]: "needs-info" });
    asked(member, CODE, "more");
    expect((await member.say("/trogiup")).act).toBeNull();
    expect((await member.say("xin chào")).act).toBeNull();
    expect((await member.say("Chọn chủ đề")).act).toBeNull();
    expect(member.state.awaited).toHaveLength(1);
    expect((await member.say("Ấp 5")).act).toMatchObject({ verb: "supply" });
  });

  it("does not disturb an intake that is open", async () => {
    const member = chatWith({ [CODE]: "needs-info" });
    await member.say("/kiennghi");
    asked(member, CODE, "more");
    expect(await member.say("Xin sửa cống ấp 4")).toMatchObject({ act: null, outcome: "intake_content" });
  });

  it("is nothing any more when staff went on without it", async () => {
    const member = chatWith({ [CODE]: "answered" });
    asked(member, CODE, "more");
    expect(await member.say("Ấp 5")).toMatchObject({ act: null, outcome: "answered" });
  });

  it("goes to the petition that was asked about last", async () => {
    const member = chatWith({ [CODE]: "needs-info", [OTHER_CODE]: "needs-info" });
    asked(member, CODE, "more");
    asked(member, OTHER_CODE, "more");
    expect((await member.say("Ấp 5")).act).toMatchObject({ code: OTHER_CODE });
    expect((await member.say("Ấp 6")).act).toMatchObject({ code: CODE });
  });

  it("is cut where a petition's content would be", async () => {
    const member = chatWith({ [CODE]: "needs-info" });
    asked(member, CODE, "more");
    expect((await member.say("a ".repeat(4000))).act?.text).toHaveLength(4000);
  });
});

describe("the words to a member about his petition", () => {
  it("hold its code, whatever happens to it", () => {
    const said = [
      petitionWording.moved(CODE, "in-review", { dueOn: "2026-12-15" }),
      petitionWording.needsInfo(CODE, "Ở ấp nào?"),
      petitionWording.forwarded(CODE, "UBND xã Tân Bình", { reason: "đúng địa bàn", dueOn: null }),
      petitionWording.notWithinAuthority(CODE, "Tòa án", "việc tranh chấp"),
      petitionWording.extended(CODE, "2026-12-15", "phải hỏi thêm"),
      wording.petitionAnswered(CODE, "Sẽ sửa."),
    ];
    for (const text of said) expect(text).toContain(CODE);
    expect(said[0]).toContain("15/12/2026");
    expect(said[3]).toContain("Nơi có thẩm quyền: Tòa án.");
  });
});
