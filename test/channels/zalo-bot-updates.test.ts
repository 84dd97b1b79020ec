import { describe, expect, it } from "vitest";
import { readUpdate, toIncoming } from "../../src/channels/zalo-bot-updates.ts";
import { recorded } from "./zalo-bot-rig.ts";

const now = new Date("2026-11-23T08:00:00Z");
const read = (raw: unknown) => {
  const update = readUpdate(raw);
  return update && toIncoming(update, now);
};
const readRecorded = (name: string) => read(recorded(name));
const inChat = (fields: object) => ({ message: { message_id: "m1", chat: { id: "c1" }, ...fields } });

describe("a private chat", () => {
  it("gives its text as written, with the kind of event in its id and a time in milliseconds", () => {
    expect(readRecorded("private-text")).toEqual({
      channel: "zalo-bot",
      chatId: "6ede9afa66b88fe6d6a9",
      externalId: "message.text.received:2d758cb5e222177a4e35",
      text: "HTX muốn vay vốn thì cần giấy tờ gì ạ? 🌾",
      attachment: null,
      sentAt: new Date(1795420800602),
    });
  });

  it("is read from the documented envelope too", () => {
    expect(readRecorded("private-text-wrapped")).toMatchObject({
      externalId: "message.text.received:82599fa32f56d00e8941",
      text: "xã Cư Pui",
    });
  });

  it.each([[undefined], [null], ["soon"], [-1], [1e18]])("takes the present when the date is %j", (date) => {
    expect(read({ event_name: "message.text.received", ...inChat({ date, text: "a" }) })?.sentAt).toEqual(
      now,
    );
  });
});

describe("what comes beside the text", () => {
  it.each([
    [
      "image",
      "photo",
      "https://photo-stal-1.zdn.vn/1f7e/duong-vao-kho.jpg",
      "Đường vào kho bị sạt, xin xem giúp",
    ],
    ["image-as-documented", "photo", "https://photo-stal-1.zdn.vn/1f7e/kho-lua.jpg", ""],
    ["voice", "voice", "https://f2-voice-aac-dl.zdn.vn/52f0/loi-noi.aac", ""],
    ["sticker", "sticker", "https://zalo-api.zadn.vn/api/emoticon/sticker/webpc?eid=23311", ""],
    ["unsupported", "other", null, ""],
  ])("%s is a %s", (name, kind, reference, text) => {
    expect(readRecorded(name)).toMatchObject({ text, attachment: { kind, reference } });
  });

  it("is kept even when its reference has an unknown shape", () => {
    const sticker = { event_name: "message.sticker.received", ...inChat({ sticker: { id: 5 } }) };
    expect(read(sticker)).toMatchObject({ attachment: { kind: "sticker", reference: null } });
  });

  it("is other for a kind of event that nobody has seen yet, unless it has words", () => {
    const link = { event_name: "message.link.received", ...inChat({}) };
    expect(read(link)?.attachment).toEqual({ kind: "other", reference: null });
    const words = { event_name: "message.link.received", ...inChat({ text: "https://htx.example" }) };
    expect(read(words)).toMatchObject({ text: "https://htx.example", attachment: null });
  });
});

describe("a group", () => {
  it("is answered where it was written", () => {
    expect(readRecorded("group-text")).toMatchObject({
      chatId: "f414c8f76fa586fbdfb4",
      text: "@Bot Cầu Nối cho hỏi mức hỗ trợ giống lúa",
    });
  });
});

describe("what is nobody's message", () => {
  it.each(["added-to-group", "from-a-bot", "reaction"])("%s is ignored", (name) => {
    expect(readUpdate(recorded(name))).not.toBeNull();
    expect(readRecorded(name)).toBeNull();
  });
});

describe("what is no update", () => {
  it.each([
    [null],
    ["text"],
    [[]],
    [7],
    [{ message: {} }],
    [{ message: { message_id: 5, chat: { id: "c1" } } }],
    [inChat({ text: 5 })],
    [{ ok: true, result: { message: { message_id: "m1" } } }],
  ])("%j cannot be read", (raw) => {
    expect(readUpdate(raw)).toBeNull();
  });
});
