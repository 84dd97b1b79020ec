import { describe, expect, it } from "vitest";
import { type Chat, CODE, chat, choicesOf, OTHER_CODE, textOf } from "./rig.ts";

const CONTENT = "Kênh ấp 3 bị cạn, đề nghị nạo vét trước vụ.";

async function upTo(step: "cooperative" | "commune" | "contact" | "confirm"): Promise<Chat> {
  const talk = chat();
  await talk.say("/kiennghi");
  const said = [CONTENT, "HTX Kỳ Như", "Long Trị", "hỏi ở quán đầu kênh"];
  const steps = ["cooperative", "commune", "contact", "confirm"];
  for (const text of said.slice(0, steps.indexOf(step) + 1)) await talk.say(text);
  expect(talk.state.intake?.step).toBe(step);
  return talk;
}

describe("the intake of a petition", () => {
  it("walks from the content to the code", async () => {
    const talk = chat();
    const opened = await talk.say("/kiennghi");
    expect(opened.outcome).toBe("intake_opened");
    expect(textOf(opened)).toContain("viết nội dung kiến nghị");
    expect(textOf(await talk.say(CONTENT))).toContain("hợp tác xã, tổ hợp tác nào");
    expect(textOf(await talk.say("HTX Kỳ Như"))).toContain("Xã, phường nào");
    expect(textOf(await talk.say("Long Trị"))).toContain("số điện thoại");
    const summary = await talk.say("Bỏ qua");
    expect(textOf(summary)).toContain(`Nội dung: ${CONTENT}`);
    expect(textOf(summary)).toContain("Loại: Kiến nghị");
    expect(textOf(summary)).toContain("Xã, phường: phường Long Mỹ");
    expect(textOf(summary)).toContain("Liên hệ: không ghi");
    expect(choicesOf(summary)).toEqual(["Gửi", "Sửa nội dung", "Hủy"]);
    const sent = await talk.say("Gửi");
    expect(sent).toMatchObject({
      outcome: "petition_received",
      petition: {
        code: CODE,
        content: CONTENT,
        stance: "kien-nghi",
        topic: "ha-tang",
        cooperative: "HTX Kỳ Như",
        commune: "phường Long Mỹ (bà con ghi: Long Trị)",
        contact: null,
      },
    });
    expect(textOf(sent)).toContain(CODE);
    expect(talk.state.intake).toBeNull();
  });

  it("hands over no petition before it is confirmed", async () => {
    const talk = chat();
    for (const text of ["/kiennghi", CONTENT, "HTX Kỳ Như", "Long Trị", "Bỏ qua", "để coi lại đã"]) {
      expect((await talk.say(text)).petition).toBeNull();
    }
    expect(talk.state.intake?.step).toBe("confirm");
  });

  it.each(["gửi", "GỬI!", "gui", "Gửi kiến nghị", "đồng ý", "ok", "1"])("is sent by '%s'", async (text) => {
    const talk = await upTo("confirm");
    expect((await talk.say(text)).petition?.code).toBe(CODE);
  });

  it("opens with what follows the command, and with the question that was offered", async () => {
    const talk = chat();
    expect(textOf(await talk.say(`/kiennghi ${CONTENT}`))).toContain(`“${CONTENT}”`);
    expect(talk.state.intake).toMatchObject({ step: "cooperative", draft: { content: CONTENT } });

    const other = chat();
    const question = "HTX nuôi lươn không bùn được hỗ trợ gì?";
    expect(choicesOf(await other.say(question))).toContain("Gửi kiến nghị");
    expect(textOf(await other.say("Gửi kiến nghị"))).toContain(`“${question}”`);
    expect(other.state.offered).toBeNull();
  });

  it("opens by itself when the message is a petition", async () => {
    const talk = chat(() => ({ outcome: "petition" }));
    const turn = await talk.say(CONTENT);
    expect(turn.outcome).toBe("petition");
    expect(turn.trace).not.toBeNull();
    expect(talk.state.intake?.draft.content).toBe(CONTENT);
  });

  it("asks again for content that is too short or too long, also when it was carried over", async () => {
    const talk = chat();
    await talk.say("/kiennghi");
    expect(textOf(await talk.say("hư rồi"))).toContain("ngắn quá");
    expect(textOf(await talk.say("👍 👍 👍"))).not.toContain("hợp tác xã, tổ hợp tác nào");
    expect(textOf(await talk.say("cống hư ".repeat(700)))).toContain("dài quá 4000 ký tự");
    expect(talk.state.intake).toMatchObject({ step: "content", draft: { content: "" } });

    for (const carried of ["hư rồi", "cống hư ".repeat(20_000)]) {
      const other = chat();
      const turn = await other.say(`/kiennghi ${carried}`);
      expect(textOf(turn)).toMatch(/ngắn quá|dài quá 4000 ký tự/);
      expect(textOf(turn).length).toBeLessThan(500);
      expect(other.state.intake?.step).toBe("content");
    }
  });

  it("asks again for a name, commune or contact that is too long", async () => {
    for (const step of ["cooperative", "commune", "contact"] as const) {
      const talk = await upTo(step);
      expect(textOf(await talk.say("dài ".repeat(80)))).toContain("dài quá");
      expect(talk.state.intake?.step).toBe(step);
    }
  });

  it.each(["Bỏ qua", "bo qua.", "không", "ko", "không có", "1"])(
    "leaves a detail out on '%s'",
    async (text) => {
      const talk = await upTo("cooperative");
      await talk.say(text);
      expect(talk.state.intake).toMatchObject({ step: "commune", draft: { cooperative: null } });
    },
  );

  it("gives today's name for a commune, keeps the words that say more, and takes an unknown one as it is", async () => {
    for (const [text, commune] of [
      ["xã Tân Bình", "xã Tân Bình"],
      ["tan binh", "xã Tân Bình"],
      ["Bình Thành", "xã Tân Bình (bà con ghi: Bình Thành)"],
      ["ấp 3, Tân Bình", "xã Tân Bình (bà con ghi: ấp 3, Tân Bình)"],
      ["Ninh Kiều", "Ninh Kiều"],
    ]) {
      const talk = await upTo("commune");
      await talk.say(text ?? "");
      expect(talk.state.intake?.draft.commune).toBe(commune);
    }
  });

  it("takes corrected content back to the summary and keeps the other answers", async () => {
    const talk = await upTo("confirm");
    const edit = await talk.say("Sửa nội dung");
    expect(edit.petition).toBeNull();
    expect(talk.state.intake?.step).toBe("content");
    await talk.say("hư");
    const summary = await talk.say("Trạm bơm hư, không ai sửa cả năm nay.");
    expect(textOf(summary)).toContain("Nội dung: Trạm bơm hư");
    expect(textOf(summary)).toContain("Loại: Phản ánh");
    expect((await talk.say("Gửi")).petition).toMatchObject({
      content: "Trạm bơm hư, không ai sửa cả năm nay.",
      cooperative: "HTX Kỳ Như",
      contact: "hỏi ở quán đầu kênh",
    });
  });

  it.each(["/huy", "Hủy", "huỷ bỏ", "thôi"])("ends on '%s' with nothing sent", async (text) => {
    const talk = await upTo("contact");
    const turn = await talk.say(text);
    expect(turn).toMatchObject({ outcome: "intake_cancelled", petition: null });
    expect(textOf(turn)).toContain("Chưa có gì được gửi đi");
    expect(talk.state.intake).toBeNull();
  });

  it.each([
    ["/trogiup", "command_help", "/kiennghi – gửi"],
    [`/tracuu ${CODE}`, "command_look_up", "đã chuyển cơ quan giải quyết"],
    [`/tracuu ${OTHER_CODE}`, "command_look_up_unknown", "không tìm thấy"],
    ["/abc", "command_unknown", "không có lệnh /abc"],
    ["👍", "no_words", "gõ vài chữ"],
  ])(
    "answers '%s' in the middle, keeps what was said and asks the open step again",
    async (text, outcome, words) => {
      const talk = await upTo("confirm");
      const before = talk.state.intake;
      const turn = await talk.say(text);
      expect(turn.outcome).toBe(outcome);
      expect(textOf(turn)).toContain(words);
      expect(textOf(turn)).toContain("Bà con xem lại trước khi gửi");
      expect(talk.state.intake).toEqual(before);
      expect((await talk.say("1")).petition?.content).toBe(CONTENT);
    },
  );

  it("is not begun anew by words that only name it", async () => {
    const talk = await upTo("cooperative");
    await talk.say("kiến nghị");
    expect(talk.state.intake?.draft.content).toBe(CONTENT);
    await talk.say("/kiennghi Cầu qua kênh bị gãy rồi");
    expect(talk.state.intake).toMatchObject({
      step: "cooperative",
      draft: { content: "Cầu qua kênh bị gãy rồi" },
    });
  });

  it("tells whoever denounces somebody where a formal denunciation goes", async () => {
    const talk = chat();
    const text = "Tôi tố cáo giám đốc HTX lấy tiền quỹ, đề nghị xử lý.";
    expect(textOf(await talk.say(`/kiennghi ${text}`))).toContain(
      "tố cáo chính thức phải nộp đơn cho cơ quan có thẩm quyền",
    );
    await talk.say("Bỏ qua");
    await talk.say("Bỏ qua");
    const summary = await talk.say("Bỏ qua");
    expect(textOf(summary)).toContain("tố cáo chính thức phải nộp đơn");
    expect(textOf(summary)).toContain("Loại: Phản ánh");
    expect((await talk.say("Gửi")).petition?.content).toBe(text);
  });

  it("tells nobody else so", async () => {
    const talk = await upTo("contact");
    expect(textOf(await talk.say("Bỏ qua"))).not.toContain("tố cáo chính thức");
  });

  it("says before sending who will see it and what for", async () => {
    const talk = await upTo("contact");
    expect(textOf(await talk.say("Bỏ qua"))).toContain(
      "đồng ý để cán bộ phụ trách và cơ quan giải quyết xem",
    );
  });
});
