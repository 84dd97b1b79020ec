import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel, Receive } from "../../src/conversation/channel.ts";
import { eventually, type FakeTelegram, startFakeTelegram } from "../support/fake-telegram.ts";
import { createRig, recorded } from "./telegram-rig.ts";

let telegram: FakeTelegram;
let rig: ReturnType<typeof createRig>;

beforeEach(async () => {
  telegram = await startFakeTelegram();
  rig = createRig(telegram);
});

afterEach(async () => {
  await rig.close();
  await telegram.stop();
});

async function polling(receive: Receive = rig.keep, channel: Channel = rig.channel()): Promise<Channel> {
  await channel.start(receive);
  await eventually(() => channel.fault() === null, "the first contact");
  return channel;
}

describe("the start", () => {
  it("switches a webhook off, announces the commands and polls for the kinds it reads", async () => {
    const commands = [{ command: "trogiup", description: "Trợ giúp" }];
    await polling(rig.keep, rig.channel({ commands }));
    await telegram.waitForCalls("getUpdates");
    expect(telegram.calls.map(({ method }) => method)).toEqual([
      "getme",
      "deletewebhook",
      "setmycommands",
      "getupdates",
    ]);
    expect(telegram.callsOf("deleteWebhook")[0]?.payload).not.toHaveProperty("drop_pending_updates");
    expect(telegram.settings().commands).toEqual(commands);
    expect(telegram.callsOf("getUpdates")[0]?.payload).toMatchObject({
      limit: 100,
      allowed_updates: ["message", "edited_message", "callback_query", "my_chat_member"],
    });
  });

  it("returns at once and works later when Telegram is not reached", async () => {
    telegram.fail("getMe", { kind: "reset" }, 3);
    const channel = rig.channel();
    await channel.start(rig.keep);
    expect(channel.fault()).toBe("chưa kết nối được với Telegram");
    telegram.member(5).says("xin chào");
    await eventually(() => rig.received.length === 1, "the message");
    expect(channel.fault()).toBeNull();
  });

  it("goes on without the menu when Telegram does not take the commands", async () => {
    await polling(rig.keep, rig.channel({ commands: [{ command: "Kiến nghị", description: "?" }] }));
    telegram.member(5).says("xin chào");
    await eventually(() => rig.received.length === 1, "the message");
  });
});

describe("polling", () => {
  it("hands messages over in the order they were written", async () => {
    await polling();
    const [lan, tu] = [telegram.member(5), telegram.member(6)];
    for (let count = 0; count < 130; count++) (count % 3 ? lan : tu).says(`tin ${count}`);
    await eventually(() => rig.received.length === 130, "130 messages");
    expect(rig.texts()).toEqual(Array.from({ length: 130 }, (_, count) => `tin ${count}`));
    await eventually(() => telegram.unconfirmed() === 0, "all confirmed");
  });

  it("gives the same update again when storing it fails, and those behind it wait", async () => {
    let failures = 2;
    const attempts: string[] = [];
    await polling(async (message) => {
      attempts.push(message.text);
      if (message.text === "hai" && failures-- > 0) throw new Error("database is away");
      rig.received.push(message);
    });
    for (const text of ["một", "hai", "ba"]) telegram.member(5).says(text);
    await eventually(() => rig.received.length === 3, "three messages");
    expect(rig.texts()).toEqual(["một", "hai", "ba"]);
    expect(attempts.filter((text) => text === "hai")).toHaveLength(3);
  });

  it("never confirms an update that is not stored, and says so", async () => {
    const channel = await polling(() => Promise.reject(new Error("database is away")));
    const id = telegram.member(5).says("đừng mất tin này");
    await telegram.waitForCalls("getUpdates", 4);
    expect(channel.fault()).toBe("không lưu được tin nhắn đến");
    expect(telegram.unconfirmed()).toBe(1);
    const offsets = telegram.callsOf("getUpdates").map(({ payload }) => Number(payload.offset ?? 0));
    expect(Math.max(...offsets)).toBeLessThanOrEqual(id);
    expect(rig.offsets.kept.offset).toBeNull();
  });

  it("loses nothing when it is killed between fetching and storing", async () => {
    let fetched = 0;
    await polling(() => {
      fetched += 1;
      return new Promise(() => {});
    });
    telegram.member(5).says("đừng mất tin này");
    await eventually(() => fetched === 1, "the fetch");
    const survivor = createRig(telegram);
    await polling(survivor.keep, survivor.channel({ offsets: rig.offsets }));
    await eventually(() => survivor.received.length === 1, "the message");
    expect(survivor.texts()).toEqual(["đừng mất tin này"]);
    await survivor.close();
    rig = createRig(telegram);
  });

  it("goes on from the stored offset after a stop", async () => {
    const channel = await polling();
    telegram.member(5).says("một");
    await eventually(() => rig.offsets.kept.offset !== null, "the offset");
    await channel.stop();
    telegram.member(5).says("hai");
    await polling();
    await eventually(() => rig.received.length === 2, "the second message");
    expect(rig.texts()).toEqual(["một", "hai"]);
  });

  it("follows Telegram when the numbering of updates starts lower again", async () => {
    await polling();
    telegram.member(5).says("một");
    await eventually(() => telegram.unconfirmed() === 0 && rig.received.length === 1, "the first");
    telegram.renumberUpdates(1_000);
    telegram.member(5).says("hai");
    await eventually(() => rig.received.length === 2 && telegram.unconfirmed() === 0, "the second");
    expect(rig.offsets.kept.offset).toBe(1_001);
  });

  it("passes over an update it cannot read", async () => {
    await polling();
    telegram.push({ message: { message_id: "not a number" } });
    telegram.member(5).says("sau đó");
    await eventually(() => rig.received.length === 1, "the message behind it");
    expect(rig.logged.join()).toContain("không đọc được");
  });

  it("reads recorded updates of every kind and keeps the members' own", async () => {
    await polling();
    for (const name of ["channel-post", "my-chat-member-blocked", "group-chatter", "photo-with-caption"]) {
      const { update_id: _id, ...body } = recorded(name);
      telegram.push(body);
    }
    await eventually(() => telegram.unconfirmed() === 0 && rig.received.length > 0, "all confirmed");
    expect(rig.received).toMatchObject([{ attachment: { kind: "photo" } }]);
  });

  it("stops at once in the middle of a long poll", async () => {
    const channel = await polling();
    await telegram.waitForCalls("getUpdates");
    const began = Date.now();
    await channel.stop();
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});

describe("a button", () => {
  it("longer than 64 bytes comes back as its own words, and stops spinning after the store", async () => {
    const channel = await polling();
    const long = "Chưa, tôi muốn gửi kiến nghị đến cơ quan có thẩm quyền giải quyết";
    await channel.send(
      { chatId: "5", text: "Có giúp được không?", choices: ["Có", long] },
      AbortSignal.timeout(2_000),
    );
    const [shown] = telegram.sent;
    if (shown) telegram.member(5).presses(shown, long);
    await eventually(() => rig.received.length === 1, "the choice");
    expect(rig.received[0]).toMatchObject({ chatId: "5", text: long });
    expect(rig.received[0]?.externalId).toMatch(/^callback:\d+$/);
    await telegram.waitForCalls("answerCallbackQuery");
  });

  it("that means nothing any more is answered with a word, and nothing is stored", async () => {
    await polling();
    const { update_id: _id, ...body } = recorded("callback-inaccessible");
    telegram.push(body);
    await telegram.waitForCalls("answerCallbackQuery");
    expect(telegram.callsOf("answerCallbackQuery")[0]?.payload.text).toContain("xin gõ câu trả lời");
    expect(rig.received).toEqual([]);
  });
});
