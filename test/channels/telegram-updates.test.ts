import { describe, expect, it } from "vitest";
import { choiceOf, keyboardFor } from "../../src/channels/telegram-buttons.ts";
import { toIncoming, updateSchema } from "../../src/channels/telegram-updates.ts";
import { recorded } from "./telegram-rig.ts";

const bot = { id: 7000000001, username: "cau_noi_bot" };
const now = new Date("2026-11-23T08:00:00Z");
const read = (update: object) => toIncoming(updateSchema.parse(update), bot, now);
const readRecorded = (name: string) => read(recorded(name));

describe("a private chat", () => {
  it("gives its text as written, with its id and time", () => {
    expect(readRecorded("private-text")).toEqual({
      channel: "telegram",
      chatId: "5812345678",
      externalId: "message:5812345678:311",
      text: "HTX muốn vay vốn thì cần giấy tờ gì ạ? 🌾",
      attachment: null,
      sentAt: new Date(1795420800_000),
    });
  });

  it("passes /start and what follows it as text", () => {
    expect(readRecorded("start-payload")?.text).toBe("/start to-roi-01");
  });

  it("names an edit by its time, beside the message it changes", () => {
    const edit = readRecorded("edited-message");
    expect(edit?.externalId).toBe("edit:5812345678:311:1795420845");
    expect(edit?.sentAt).toEqual(new Date(1795420845_000));
  });
});

describe("what comes beside the text", () => {
  it.each([
    ["photo-with-caption", "photo", "AgACAgUAAxkBAAIBOWa-y", "Đường vào kho bị sạt, xin xem giúp"],
    ["document", "document", "BQACAgUAAxkBAAIBOmb", ""],
    ["voice", "voice", "AwACAgUAAxkBAAIBO2b", ""],
    ["sticker", "sticker", "CAACAgIAAxkBAAIBPGb", ""],
    ["animation", "other", "CgACAgQAAxkBAAIBPWb", ""],
    ["location", "other", null, ""],
  ])("%s is a %s", (name, kind, reference, text) => {
    expect(readRecorded(name)).toMatchObject({ text, attachment: { kind, reference } });
  });
});

describe("a file", () => {
  it("keeps the name, the size and the type that Telegram tells", () => {
    expect(readRecorded("document")?.attachment).toEqual({
      kind: "document",
      reference: "BQACAgUAAxkBAAIBOmb",
      name: "don-kien-nghi.pdf",
      size: 48211,
      mime: "application/pdf",
    });
  });

  it("is taken all the same when what is told of it has another shape", () => {
    const update = recorded("document") as { update_id: number; message: { document: object } };
    const document = { ...update.message.document, file_name: 7, file_size: "lớn", mime_type: null };
    expect(read({ ...update, message: { ...update.message, document } })?.attachment).toEqual({
      kind: "document",
      reference: "BQACAgUAAxkBAAIBOmb",
    });
  });
});

describe("a group", () => {
  it("is heard when it mentions the bot in any case, past emoji and bold, and the name is taken out", () => {
    const message = readRecorded("group-mention");
    expect(message?.text).toBe("🌾🌾 cho hỏi mức hỗ trợ giống lúa");
    expect(message?.chatId).toBe("-1002145678901");
  });

  it("is heard when it replies to the bot", () => {
    expect(readRecorded("group-reply-to-bot")?.text).toBe("xã Cư Pui");
  });

  it("is heard by a command with the bot's name, which is taken out", () => {
    expect(readRecorded("group-command-ours")?.text).toBe("/tracuu KN-7F3K2M");
  });

  it("is heard by a bare command", () => {
    const update = recorded("group-command-ours");
    const entities = [{ type: "bot_command", offset: 0, length: 7 }];
    const message = { ...(update.message as object), text: "/tracuu KN-7F3K2M", entities };
    expect(read({ ...update, message })?.text).toBe("/tracuu KN-7F3K2M");
  });

  it("is heard when a photo's caption mentions the bot", () => {
    const { message } = recorded("group-mention") as unknown as {
      message: { text: string; entities: object[] };
    };
    const { text, entities, ...rest } = message;
    const photo = [{ file_id: "only-size" }];
    const captioned = { ...rest, caption: text, caption_entities: entities, photo };
    expect(read({ update_id: 1, message: captioned })).toMatchObject({
      text: "🌾🌾 cho hỏi mức hỗ trợ giống lúa",
      attachment: { kind: "photo", reference: "only-size" },
    });
  });

  it.each(["group-chatter", "group-command-other-bot"])("keeps %s to itself", (name) => {
    expect(readRecorded(name)).toBeNull();
  });
});

describe("what is nobody's message", () => {
  it.each([
    "channel-post",
    "channel-post-in-group",
    "from-another-bot",
    "service-joined",
    "my-chat-member-blocked",
    "edited-live-location",
  ])("%s is ignored", (name) => {
    expect(readRecorded(name)).toBeNull();
  });
});

describe("a pressed button", () => {
  it("reads as the words on it when its data holds only a number", () => {
    expect(readRecorded("callback-query")).toEqual({
      channel: "telegram",
      chatId: "5812345678",
      externalId: "callback:4963128904517732041",
      text: "Chưa, tôi muốn gửi kiến nghị đến cơ quan có thẩm quyền giải quyết",
      attachment: null,
      sentAt: now,
    });
  });

  it("is ignored when only a number is left of it", () => {
    expect(readRecorded("callback-inaccessible")).toBeNull();
  });

  it("comes back as its own choice, whatever the choice", () => {
    const choices = [
      "a".repeat(65),
      "n:0",
      "Có",
      "ẩ".repeat(21),
      "ẩ".repeat(22),
      "🌾".repeat(16),
      "🌾".repeat(17),
    ];
    const buttons = keyboardFor(choices).inline_keyboard.flat() as { text: string; callback_data: string }[];
    expect(buttons.every(({ callback_data: data }) => Buffer.byteLength(data) <= 64)).toBe(true);
    expect(buttons.map(({ callback_data: data }) => choiceOf(data, buttons))).toEqual(choices);
  });

  it("still reads as its data when the message is gone and the data holds the words", () => {
    expect(choiceOf("Có", [])).toBe("Có");
  });
});
