import { describe, expect, it } from "vitest";
import { type Chat, CODE, chat, choicesOf, textOf } from "./rig.ts";

const SINCE = "2026-11-24T01:00:00.000Z";
const PAUSED = "Việc trả lời tự động đang tạm dừng";

function pausedChat(): Chat {
  return Object.assign(
    chat(() => ({ outcome: "answered", text: "5 tỷ đồng" })),
    { pausedSince: SINCE },
  );
}

describe("while automatic answers are off", () => {
  it("a question is kept for staff, not asked, and its member is told what goes on working", async () => {
    const talk = pausedChat();
    const turn = await talk.say("HTX vay được bao nhiêu?");
    expect(turn.outcome).toBe("unanswered_switched_off");
    expect(talk.asked).toEqual([]);
    for (const words of [PAUSED, "cán bộ sẽ đọc", "/kiennghi", "/tracuu", "/canbo", "/xoadulieu"])
      expect(textOf(turn)).toContain(words);
    expect(choicesOf(turn)).toEqual(["Gửi kiến nghị", "Gặp cán bộ"]);
  });

  it("he is told once in a pause, and again in the next one", async () => {
    const talk = pausedChat();
    await talk.say("câu một");
    const second = await talk.say("câu hai");
    expect([second.replies, second.outcome]).toEqual([[], "unanswered_switched_off"]);
    expect((await talk.say("xin chào")).replies).toEqual([]);
    talk.pausedSince = "2026-11-25T01:00:00.000Z";
    expect(textOf(await talk.say("câu ba"))).toContain(PAUSED);
  });

  it("a choice shown before still stands for its number, and carries over what was asked last", async () => {
    const talk = pausedChat();
    await talk.say("câu một");
    await talk.say("kênh ấp 3 bị cạn, xin nạo vét giúp bà con");
    const turn = await talk.say("1");
    expect(turn.outcome).toBe("intake_opened");
    expect(talk.state.intake?.draft.content).toContain("nạo vét");
  });

  it("a petition is taken step by step, and sent", async () => {
    const talk = pausedChat();
    await talk.say("/kiennghi Kênh ấp 3 bị cạn, xin nạo vét trước vụ Đông Xuân");
    for (const text of ["HTX Kỳ Như", "xã Tân Bình", "Bỏ qua"]) await talk.say(text);
    const turn = await talk.say("Gửi");
    expect([turn.outcome, turn.petition?.code]).toEqual(["petition_received", CODE]);
  });

  it.each([
    [`/tracuu ${CODE}`, "command_look_up", "Quá trình"],
    ["/canbo", "command_person", "chuyển cuộc trò chuyện cho cán bộ"],
    ["/xoadulieu", "command_erase", "xóa dữ liệu"],
    ["/trogiup", "command_help", "/kiennghi"],
  ])("%s works", async (text, outcome, words) => {
    const turn = await pausedChat().say(text);
    expect(turn.outcome).toBe(outcome);
    expect(textOf(turn)).toContain(words);
  });

  it("answers come again once they are on", async () => {
    const talk = pausedChat();
    await talk.say("câu một");
    delete talk.pausedSince;
    expect(textOf(await talk.say("HTX vay được bao nhiêu?"))).toContain("5 tỷ đồng");
  });
});
