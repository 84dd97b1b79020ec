import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/answering/answer.ts";
import { ConversationState, readState } from "../../src/conversation/state.ts";
import { toPassages } from "../../src/knowledge/validity.ts";
import { parse } from "../knowledge/documents.ts";
import { CODE, chat, choicesOf, OTHER_CODE, textOf } from "./rig.ts";

const PASSAGES = toPassages([
  parse("## Điều 5. Mức vay\nMức vay tối đa là 5 tỷ đồng.\n- Hợp tác xã: 5 tỷ đồng."),
]);
const CITED = { passageId: PASSAGES[0]?.id } as Answer["citations"][number];
const answered: Partial<Answer> = {
  outcome: "answered",
  text: "Mức vay tối đa là 5 tỷ đồng.",
  citations: [CITED],
  topic: "von-vay",
  offersPetition: false,
};
const withAnswer = () =>
  chat(() => answered, { passage: (id) => PASSAGES.find((one) => one.id === id) ?? null });

describe("the first message", () => {
  it.each(["/start", "Xin chào", "xin chao", "Chào bạn!", "chào cán bộ", "Hello", "alo", "dạ em chào anh"])(
    "'%s' is told that a machine answers, what it can do and who reads along",
    async (text) => {
      const turn = await chat().say(text);
      expect(textOf(turn)).toContain("trợ lý tự động");
      expect(textOf(turn)).toContain("trả lời câu hỏi về chính sách");
      expect(textOf(turn)).toContain("Cán bộ phụ trách có thể xem nội dung");
      expect(turn.outcome).toBe(text === "/start" ? "command_start" : "smalltalk_greeting");
      expect(choicesOf(turn)).toEqual(["Chọn chủ đề", "Gửi kiến nghị"]);
      expect(turn.replies).toHaveLength(1);
      expect(textOf(turn).match(/trợ lý tự động/g)).toHaveLength(1);
    },
  );

  it("that is anything else gets a short notice with its answer, and later ones do not", async () => {
    const talk = chat();
    expect(textOf(await talk.say("HTX vay được bao nhiêu?"))).toContain("Đây là trợ lý tự động");
    expect(textOf(await talk.say("còn tổ hợp tác thì sao"))).not.toContain("Đây là trợ lý tự động");
  });

  it("is asked, not greeted, when it greets and asks", async () => {
    const talk = chat();
    await talk.say("Xin chào, HTX vay được bao nhiêu?");
    expect(talk.asked).toHaveLength(1);
  });

  it("is greeted in full as well when the reader of intents finds the greeting", async () => {
    const turn = await chat(() => ({ outcome: "smalltalk_greeting" })).say("bot ơi rảnh hông");
    expect(textOf(turn)).toContain("Cán bộ phụ trách có thể xem nội dung");
    expect(turn.outcome).toBe("smalltalk_greeting");
  });
});

describe("a question", () => {
  it("longer than 2,000 characters is answered on its beginning and told so, first of all and in one sentence", async () => {
    const said = "Tin của bà con dài quá nên tôi chỉ mới đọc 2.000 ký tự đầu";
    const long = `HTX vay được bao nhiêu? ${"chuyện nhà tôi ".repeat(200)}`;
    const talk = withAnswer();
    const [reply] = (await talk.say(long)).replies.slice(-1);
    expect(reply?.text).toMatch(new RegExp(`${said}[^.]*\\.\\n\\n.*5 tỷ đồng`, "s"));
    expect(talk.asked[0]?.text).toHaveLength(2000);
    expect(textOf(await withAnswer().say(long.slice(0, 2000)))).not.toContain("ký tự đầu");
  });

  it("that is answered offers the clause itself and asks whether it helped", async () => {
    const turn = await withAnswer().say("HTX vay được bao nhiêu?");
    expect(turn.outcome).toBe("answered");
    expect(textOf(turn)).toContain("có giúp được bà con không");
    expect(choicesOf(turn)).toEqual(["Có, cảm ơn", "Chưa đúng ý tôi", "Xem nguyên văn"]);
    expect(turn.trace).not.toBeNull();
  });

  it("shows the clause on request, by tap, by number or by word, with its source", async () => {
    for (const text of ["Xem nguyên văn", "3", "nguyên văn"]) {
      const talk = withAnswer();
      await talk.say("HTX vay được bao nhiêu?");
      const turn = await talk.say(text);
      expect(turn.outcome).toBe("clause_shown");
      expect(textOf(turn)).toContain("• Hợp tác xã: 5 tỷ đồng.");
      expect(textOf(turn)).toContain("Nguồn: bài thử");
    }
    expect((await chat().say("nguyên văn")).outcome).toBe("clause_none");
  });

  it("that was not answered well can become a petition", async () => {
    const talk = withAnswer();
    await talk.say("HTX vay được bao nhiêu?");
    const turn = await talk.say("Chưa đúng ý tôi");
    expect(turn.outcome).toBe("feedback_unhelpful");
    expect(textOf(await talk.say("1"))).toContain("“HTX vay được bao nhiêu?”");
  });

  it("is remembered for a follow-up, three of them, and small talk is not", async () => {
    const talk = chat((text) =>
      text.startsWith("cảm ơn") ? { outcome: "smalltalk_thanks", offersPetition: false } : {},
    );
    for (const text of ["câu hỏi một", "câu hỏi hai", "cảm ơn nha", "câu hỏi ba", "câu hỏi bốn"])
      await talk.say(text);
    await talk.say("câu hỏi năm");
    expect(talk.asked.at(-1)?.context).toEqual(["câu hỏi hai", "câu hỏi ba", "câu hỏi bốn"]);
  });

  it("that has no answer offers a petition and a person", async () => {
    const turn = await chat().say("HTX nuôi dế được hỗ trợ gì?");
    expect(turn.outcome).toBe("unanswered_no_support");
    expect(choicesOf(turn)).toEqual(["Gửi kiến nghị", "Gặp cán bộ"]);
    const gap = await chat(() => ({ outcome: "unanswered_known_gap", text: "Chưa có thông tin." })).say(
      "lãi bao nhiêu",
    );
    expect(textOf(gap)).toContain("Chưa có thông tin.");
  });

  it.each(["refused_out_of_scope", "refused_steering"] as const)(
    "that is %s still leads to a person",
    async (outcome) => {
      const talk = chat(() => ({ outcome, text: "", citations: [], topic: null, offersPetition: false }));
      expect(choicesOf(await talk.say("Làm giúp tôi việc này"))).toEqual(["Gặp cán bộ"]);
      expect((await talk.say("Gặp cán bộ")).handOver).toBe(true);
    },
  );
});

describe("a choice", () => {
  it("is taken by its number, past nine too", async () => {
    const talk = chat();
    const topics = choicesOf(await talk.say("/chude"));
    expect(topics).toHaveLength(12);
    expect(topics).not.toContain("Việc khác");
    expect(textOf(await talk.say("12"))).toContain("Chủ đề 12");
    await talk.say("/chude");
    expect((await talk.say("1.")).outcome).toBe("topic_picked");
  });

  it("is taken when it is typed, with or without marks", async () => {
    const talk = withAnswer();
    await talk.say("HTX vay được bao nhiêu?");
    expect((await talk.say("co, cam on!")).outcome).toBe("feedback_helpful");
  });

  it("that is not on offer is a question like any other", async () => {
    const talk = chat();
    for (const text of ["Có, cảm ơn", "7", "99"]) await talk.say(text);
    expect(talk.asked.map(({ text }) => text)).toEqual(["Có, cảm ơn", "7", "99"]);
  });
});

describe("a look-up", () => {
  it("shows status and history, in the time of Vietnam", async () => {
    const turn = await chat().say(`/tracuu ${CODE.toLowerCase()}`);
    expect(textOf(turn)).toContain(`Kiến nghị ${CODE}: đã chuyển cơ quan giải quyết.`);
    expect(textOf(turn)).toContain("2/11/2026 lúc 15:05");
  });

  it("tells a mistyped code from an unknown one, and asks for a missing one", async () => {
    const wrong = `${CODE.slice(0, -1)}${CODE.endsWith("2") ? "3" : "2"}`;
    expect((await chat().say(`/tracuu ${wrong}`)).outcome).toBe("command_look_up_mistyped");
    expect((await chat().say(`/tracuu ${OTHER_CODE}`)).outcome).toBe("command_look_up_unknown");
    expect(textOf(await chat().say("/tracuu"))).toContain("/tracuu KN-XXXXXX");
    expect((await chat().say("/tracuu của tôi đâu")).outcome).toBe("command_look_up_mistyped");
  });
});

describe("other commands", () => {
  it("hand the chat to people", async () => {
    const turn = await chat().say("gặp cán bộ");
    expect(turn).toMatchObject({ outcome: "command_person", handOver: true });
  });

  it("tell that there is nothing to cancel, and what an unknown command is", async () => {
    expect((await chat().say("/huy")).outcome).toBe("command_cancel");
    expect(textOf(await chat().say("/abc"))).toContain("không có lệnh /abc");
  });
});

describe("the deletion of data", () => {
  const asked = async () => {
    const talk = chat();
    expect(choicesOf(await talk.say("/xoadulieu"))).toEqual(["Xóa dữ liệu của tôi", "Không xóa"]);
    return talk;
  };

  it.each(["Xóa dữ liệu của tôi", "1", "xoá", "có", "Đồng ý."])("is done after '%s'", async (text) => {
    expect(await (await asked()).say(text)).toMatchObject({ outcome: "erased", erase: true });
  });

  it.each(["Không xóa", "2", "không", "/huy"])("is not done after '%s'", async (text) => {
    const talk = await asked();
    expect((await talk.say(text)).erase).toBe(false);
    expect(talk.state.confirmErase).toBe(false);
  });

  it("is not done after another message, which is answered as ever", async () => {
    const talk = await asked();
    expect(await talk.say("HTX vay được bao nhiêu?")).toMatchObject({
      outcome: "unanswered_no_support",
      erase: false,
    });
    expect(talk.state.confirmErase).toBe(false);
    expect(await talk.say("có")).toMatchObject({ erase: false });
  });
});

describe("a message that is no question", () => {
  it("says what to do with a photo without words, and reads the words of one that has them", async () => {
    const photo = { kind: "photo", reference: "abc" } as const;
    const turn = await chat().say("", photo);
    expect(turn.outcome).toBe("not_text");
    expect(textOf(turn)).toContain("chưa xem được hình");
    expect((await chat().say("HTX vay sao?", photo)).outcome).toBe("unanswered_no_support");
  });

  it.each(["", "   ", "👍", "🌾🌾🌾", "?!", "...", "\u200B", "———"])(
    "asks for words instead of '%s'",
    async (text) => {
      const turn = await chat().say(text);
      expect(turn.outcome).toBe("no_words");
      expect(textOf(turn)).toContain("gõ vài chữ");
    },
  );

  it.each([
    "<script>alert(1)</script>",
    "{{7*7}}",
    "#{7*7}",
    "'; drop table petitions; --",
    "<b>vay</b>",
    "%s%n",
    "__proto__",
  ])("is asked about as it is written: %s", async (text) => {
    const talk = chat();
    const turn = await talk.say(text);
    expect(turn.outcome).toBe("unanswered_no_support");
    expect(talk.asked[0]?.text).toBe(text);
    expect(textOf(turn)).not.toContain("49");
  });

  it("of a hundred thousand characters is answered quickly, and its start is what is asked", async () => {
    for (const text of [
      "vay vốn ".repeat(12_500),
      `${"!".repeat(100_000)}a`,
      "a".repeat(100_000),
      "KN-".repeat(33_000),
      "1".repeat(100_000),
    ]) {
      const talk = chat();
      const started = performance.now();
      const turn = await talk.say(text);
      expect(performance.now() - started).toBeLessThan(1500);
      expect(textOf(turn).length).toBeLessThan(2000);
      expect(talk.asked[0]?.text.length ?? 0).toBeLessThanOrEqual(2000);
      expect(turn.outcome).toMatch(/^(unanswered|command_look_up)/);
    }
  });

  it("of any kind gets a reply, whatever state the chat is in", async () => {
    const states = fc.record({
      intake: fc.constantFrom(
        null,
        ...(["content", "cooperative", "commune", "contact", "confirm"] as const),
      ),
      confirmErase: fc.boolean(),
      choices: fc.constantFrom([], ["Gửi", "Hủy"]),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 60 }),
        states,
        async (text, { intake, ...rest }) => {
          const talk = chat();
          const draft = {
            content: "Kênh ấp 3 bị cạn",
            cooperative: null,
            commune: null,
            contact: null,
            files: [],
          };
          talk.state = ConversationState.parse({ ...rest, intake: intake && { step: intake, draft } });
          const turn = await talk.say(text);
          expect(turn.replies.length).toBeGreaterThan(0);
          for (const reply of turn.replies) expect(reply.text).not.toBe("");
          expect(readState(JSON.parse(JSON.stringify(turn.state)))).toEqual(turn.state);
        },
      ),
      { numRuns: 300 },
    );
  });
});
