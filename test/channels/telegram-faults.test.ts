import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel, Receive } from "../../src/conversation/channel.ts";
import {
  eventually,
  type FakeTelegram,
  startFakeTelegram,
  tooMany,
  wrongToken,
} from "../support/fake-telegram.ts";
import { createRig } from "./telegram-rig.ts";

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

describe("a fault", () => {
  it("is told while a second process polls with the same token, and both go on trying", async () => {
    const first = await polling();
    await telegram.waitForCalls("getUpdates");
    const rival = createRig(telegram);
    const second = await polling(rival.keep, rival.channel());
    await eventually(() => /tiến trình khác/.test(`${first.fault()}${second.fault()}`), "the conflict");
    await second.stop();
    telegram.member(5).says("xin chào");
    await eventually(() => rig.received.length === 1 && first.fault() === null, "the recovery");
  });

  it("is told while the token is wrong, and trying goes on", async () => {
    telegram.fail("getUpdates", wrongToken, 3);
    const channel = rig.channel();
    await channel.start(rig.keep);
    await eventually(() => channel.fault() === "token sai", "the fault");
    telegram.member(5).says("xin chào");
    await eventually(() => rig.received.length === 1 && channel.fault() === null, "the recovery");
  });

  it("is told when nothing has answered for too long, and not for one lost call", async () => {
    const channel = await polling();
    telegram.fail("getUpdates", { kind: "reset" });
    telegram.member(5).says("xin chào");
    await eventually(() => rig.received.length === 1, "the message");
    expect(channel.fault()).toBeNull();
    telegram.fail("getUpdates", { kind: "gateway page", status: 502 }, 1_000);
    await eventually(() => channel.fault()?.startsWith("Telegram im lặng") ?? false, "the silence");
    telegram.heal();
    await eventually(() => channel.fault() === null, "the recovery");
  });

  it("of too many requests is waited out for as long as Telegram says", async () => {
    telegram.fail("getUpdates", tooMany(1));
    const channel = await polling();
    telegram.member(5).says("xin chào");
    await eventually(() => rig.received.length === 1, "the message");
    const [refused, next] = telegram.callsOf("getUpdates");
    expect((next?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(990);
    expect(channel.fault()).toBeNull();
  });

  it("of a webhook set by someone else is mended", async () => {
    await polling();
    telegram.settings().webhook.url = "https://someone.example/hook";
    telegram.member(5).says("một");
    telegram.member(5).says("hai");
    await eventually(() => rig.received.length === 2, "both messages");
    expect(telegram.settings().webhook.url).toBe("");
  });
});
