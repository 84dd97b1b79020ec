import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel, Receive } from "../../src/conversation/channel.ts";
import { eventually, type FakeZaloBot, startFakeZaloBot } from "../support/fake-zalo-bot.ts";
import { createRig, recorded } from "./zalo-bot-rig.ts";

let zalo: FakeZaloBot;
let rig: ReturnType<typeof createRig>;

beforeEach(async () => {
  zalo = await startFakeZaloBot();
  rig = createRig(zalo);
});

afterEach(async () => {
  await rig.close();
  await zalo.stop();
});

async function polling(receive: Receive = rig.keep, channel: Channel = rig.channel()): Promise<Channel> {
  await channel.start(receive);
  await eventually(() => channel.fault() === null, "the first contact");
  return channel;
}

describe("the start", () => {
  it("switches a webhook off and polls, the seconds as a string", async () => {
    zalo.world.webhook = { url: "https://someone.example/hook", secretToken: "12345678" };
    await polling();
    await zalo.waitForCalls("getUpdates");
    expect(zalo.calls.map(({ method }) => method)).toEqual(["getMe", "deleteWebhook", "getUpdates"]);
    expect(zalo.callsOf("getUpdates")[0]?.payload).toEqual({ timeout: "0.2" });
    expect(zalo.world.webhook.url).toBe("");
  });

  it("returns at once and works later when Zalo is not reached", async () => {
    zalo.fail("getMe", { kind: "reset" }, 3);
    const channel = rig.channel();
    await channel.start(rig.keep);
    expect(channel.fault()).toBe("chưa kết nối được với Zalo");
    zalo.member("5").says("xin chào");
    await eventually(() => rig.received.length === 1, "the message");
    expect(channel.fault()).toBeNull();
  });

  it("goes on when Zalo does not know what to do without a webhook", async () => {
    zalo.fail("deleteWebhook", { kind: "error", code: 404, description: "Webhook not found" });
    await polling();
    zalo.member("5").says("xin chào");
    await eventually(() => rig.received.length === 1, "the message");
  });
});

describe("polling", () => {
  it("hands messages over in the order they were written, one by one", async () => {
    await polling();
    const [lan, tu] = [zalo.member("5"), zalo.member("6", "nhom-1")];
    for (let count = 0; count < 60; count++) (count % 3 ? lan : tu).says(`tin ${count}`);
    await eventually(() => rig.received.length === 60, "60 messages");
    expect(rig.texts()).toEqual(Array.from({ length: 60 }, (_, count) => `tin ${count}`));
    expect(new Set(rig.received.map(({ chatId }) => chatId))).toEqual(new Set(["5", "nhom-1"]));
    expect(zalo.callsOf("getUpdates").length).toBeGreaterThanOrEqual(60);
  });

  it("takes an idle poll for normal, with its code or with words alone", async () => {
    const channel = await polling();
    zalo.fail("getUpdates", {
      kind: "raw",
      status: 200,
      body: '{"ok":false,"description":"Request timeout"}',
    });
    await zalo.waitForCalls("getUpdates", 4);
    expect(channel.fault()).toBeNull();
    expect(rig.logged).toEqual([]);
  });

  it("asks no faster than it must when empty answers come at once", async () => {
    const idle = '{"ok":false,"error_code":408,"description":"Request timeout"}';
    for (const body of [idle, '{"ok":true}', '{"ok":true,"result":{}}'])
      zalo.fail("getUpdates", { kind: "raw", status: 200, body }, 2);
    await polling();
    await zalo.waitForCalls("getUpdates", 7);
    const [first, , , , , , last] = zalo.callsOf("getUpdates");
    expect((last?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(55);
  });

  it("reads an update that comes without an envelope", async () => {
    zalo.fail("getUpdates", { kind: "raw", status: 200, body: JSON.stringify(recorded("private-text")) });
    await polling();
    await eventually(() => rig.received.length === 1, "the message");
    expect(rig.received[0]?.externalId).toBe("message.text.received:2d758cb5e222177a4e35");
  });

  it("hands the same update over twice under the same id, for the store to know it", async () => {
    await polling();
    for (let count = 0; count < 2; count++) zalo.give(recorded("private-text"));
    await eventually(() => rig.received.length === 2, "both");
    expect(new Set(rig.received.map(({ externalId }) => externalId)).size).toBe(1);
  });

  it("passes over an update it cannot read and one that is nobody's message", async () => {
    await polling();
    zalo.give({ message: { message_id: 7 } });
    zalo.give(recorded("added-to-group"));
    zalo.member("5").says("sau đó");
    await eventually(() => rig.received.length === 1, "the message behind them");
    expect(rig.logged.join()).toContain("không đọc được");
  });
});

describe("an update that could not be stored", () => {
  it("is handed over again until it is, and nothing more is asked for meanwhile", async () => {
    let failures = 3;
    const attempts: string[] = [];
    let pollsMeanwhile = 0;
    const channel = await polling(async (message) => {
      attempts.push(message.text);
      if (failures-- > 0) {
        pollsMeanwhile = zalo.callsOf("getUpdates").length;
        throw new Error("database is away");
      }
      rig.received.push(message);
    });
    zalo.member("5").says("một");
    zalo.member("5").says("hai");
    await eventually(() => attempts.length === 2, "the second attempt");
    expect(channel.fault()).toBe("không lưu được tin nhắn đến");
    expect(zalo.waiting()).toBe(1);
    await eventually(() => rig.received.length === 2, "both messages");
    expect(attempts).toEqual(["một", "một", "một", "một", "hai"]);
    expect(zalo.callsOf("getUpdates").length).toBeGreaterThan(pollsMeanwhile);
    expect(channel.fault()).toBeNull();
  });

  it("is tried once more at a stop, and its loss is logged", async () => {
    const channel = await polling(() => Promise.reject(new Error("database is away")));
    zalo.member("5").says("một");
    await eventually(() => channel.fault() !== null, "the fault");
    await channel.stop();
    expect(rig.logged.at(-1)).toContain("Mất một tin");
    const saved = createRig(zalo);
    let isDown = true;
    const second = await polling(
      async (message) => {
        if (isDown) throw new Error("database is away");
        saved.received.push(message);
      },
      saved.channel({ pace: { ...slow, firstRetryMs: 60_000 } }),
    );
    zalo.member("5").says("hai");
    await eventually(() => second.fault() !== null, "the fault");
    isDown = false;
    await second.stop();
    expect(saved.texts()).toEqual(["hai"]);
  });
});

const slow = { pollSeconds: 0.2, lateMs: 500, firstRetryMs: 10, slowestRetryMs: 60_000, silenceMs: 5_000 };

describe("the stop", () => {
  it("lets the poll under way end, so that the message it brings is stored", async () => {
    const channel = await polling(rig.keep, rig.channel({ pace: { ...slow, pollSeconds: 1 } }));
    await zalo.waitForCalls("getUpdates");
    const stopped = channel.stop();
    zalo.member("5").says("đừng mất tin này");
    await stopped;
    expect(rig.texts()).toEqual(["đừng mất tin này"]);
    zalo.member("5").says("sau khi dừng");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(zalo.waiting()).toBe(1);
  });

  it("does not wait for a poll that never ends", async () => {
    zalo.fail("getUpdates", { kind: "hang" });
    const channel = await polling(rig.keep, rig.channel({ pace: { ...slow, lateMs: 60_000 } }));
    await zalo.waitForCalls("getUpdates");
    const began = Date.now();
    await channel.stop();
    expect(Date.now() - began).toBeLessThan(2_500);
  });
});
