import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CONSENT_TEXT, CONSENT_TEXTS, CONSENT_VERSION } from "../../src/conversation/consent.ts";
import { RETENTION } from "../../src/conversation/retention.ts";
import { type Chat, chat, choicesOf, textOf } from "./rig.ts";

/** What each version said, once and for all: other words need another version. */
const SAID: Record<string, string> = {
  "1": "3b5d13e3c9ea0fbd",
};

async function atSummary(contact: string): Promise<{ member: Chat; text: string; choices: string[] }> {
  const member = chat();
  for (const text of ["/kiennghi Kênh ấp 3 cạn nước lâu rồi", "Bỏ qua", "Bỏ qua"]) await member.say(text);
  const summary = await member.say(contact);
  return { member, text: textOf(summary), choices: choicesOf(summary) };
}

describe("consent", () => {
  it("has words that never change under one version", () => {
    const hashes = Object.entries(CONSENT_TEXTS).map(([version, text]) => [
      version,
      createHash("sha256").update(text).digest("hex").slice(0, 16),
    ]);
    expect(Object.fromEntries(hashes)).toEqual(SAID);
  });

  it("is asked with the words of the present version, which name who sees the content and the contact", async () => {
    const { text } = await atSummary("0900 000 000");
    expect(CONSENT_TEXT).toBe(CONSENT_TEXTS[CONSENT_VERSION]);
    expect(text).toContain(CONSENT_TEXT);
    for (const part of ["cán bộ phụ trách và cơ quan giải quyết", "nội dung", "liên hệ"])
      expect(CONSENT_TEXT).toContain(part);
  });

  it("goes with the petition that is sent, and none without it", async () => {
    const { member } = await atSummary("0900 000 000");
    expect((await member.say("để coi lại đã")).petition).toBeNull();
    expect((await member.say("Gửi")).petition).toMatchObject({
      consent: CONSENT_VERSION,
      contact: "0900 000 000",
    });
  });

  it.each(["Gửi không kèm liên hệ", "gui khong kem lien he", "2"])(
    "may leave the contact out: '%s'",
    async (text) => {
      const { member, choices } = await atSummary("0900 000 000");
      expect(choices).toEqual(["Gửi", "Gửi không kèm liên hệ", "Sửa nội dung", "Hủy"]);
      expect((await member.say(text)).petition).toMatchObject({ contact: null, consent: CONSENT_VERSION });
    },
  );

  it("offers to leave out no contact where none was given", async () => {
    const { text, choices } = await atSummary("Bỏ qua");
    expect(choices).toEqual(["Gửi", "Sửa nội dung", "Hủy"]);
    expect(text).not.toContain("Gửi không kèm liên hệ");
  });
});

describe("the first notice", () => {
  it.each(["HTX vay được bao nhiêu?", "xin chào", "/start"])(
    "after '%s' says that a machine answers, who sees what is written, how long it is kept and how to delete it",
    async (text) => {
      const notice = textOf(await chat().say(text));
      for (const part of [
        "trợ lý tự động",
        "án bộ phụ trách có thể xem nội dung",
        "cơ quan giải quyết",
        `im lặng ${RETENTION.silentDays} ngày`,
        `một tin: ${RETENTION.singleDays} ngày`,
        "/xoadulieu",
      ])
        expect(notice).toContain(part);
    },
  );
});
