import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHealth } from "../../src/channels/zalo-bot-health.ts";
import { createQuota } from "../../src/channels/zalo-bot-quota.ts";
import type { Channel } from "../../src/conversation/channel.ts";
import {
  eventually,
  type FakeZaloBot,
  type Fault,
  htmlPage,
  overQuota,
  startFakeZaloBot,
  wrongToken,
} from "../support/fake-zalo-bot.ts";
import { createRig } from "./zalo-bot-rig.ts";

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

async function polling(): Promise<Channel> {
  const channel = rig.channel();
  await channel.start(rig.keep);
  await eventually(() => channel.fault() === null, "the first contact");
  return channel;
}

describe("a fault", () => {
  it("is told while Zalo does not know the token, though it says so with status 200", async () => {
    const channel = rig.channel({ token: "4021599340776518291:some-other-secret" });
    await channel.start(rig.keep);
    await eventually(() => channel.fault() === "token sai", "the fault");
    expect(rig.logged.join()).not.toContain("some-other-secret");
  });

  it("of a token that is taken back is told, and ends when it works again", async () => {
    const channel = await polling();
    zalo.fail("getUpdates", wrongToken, 3);
    await eventually(() => channel.fault() === "token sai", "the fault");
    zalo.member("5").says("xin chào");
    await eventually(() => rig.received.length === 1 && channel.fault() === null, "the recovery");
  });

  it.each<[string, Fault]>([
    ["a page instead of JSON", htmlPage(502)],
    ["a reset", { kind: "reset" }],
    ["the quota", overQuota],
    ["an answer without the ok field", { kind: "raw", status: 200, body: '{"hello":1}' }],
  ])("is told when polls end only in %s for too long, and not after one", async (_name, fault) => {
    const channel = await polling();
    zalo.fail("getUpdates", fault);
    zalo.member("5").says("xin chào");
    await eventually(() => rig.received.length === 1, "the message");
    expect(channel.fault()).toBeNull();
    zalo.fail("getUpdates", fault, 1_000);
    await eventually(() => channel.fault()?.startsWith("không hỏi được tin") ?? false, "the silence");
    expect(zalo.callsOf("getUpdates").length).toBeLessThan(120);
    zalo.heal();
    await eventually(() => channel.fault() === null, "the recovery");
  });

  it.each([400, 404, 409])("of a webhook set by someone else, told as %i, is mended", async (code) => {
    await polling();
    zalo.world.codeUnderWebhook = code;
    zalo.world.webhook = { url: "https://someone.example/hook", secretToken: "12345678" };
    await eventually(() => zalo.world.webhook.url === "", "the mending");
    zalo.member("5").says("một");
    await eventually(() => rig.received.length === 1, "the message");
  });
});

describe("the health", () => {
  it("is no fault before anything is too long ago", () => {
    const health = createHealth(90_000);
    expect(health.fault()).toBe("chưa kết nối được với Zalo");
    health.reached();
    expect(health.fault()).toBeNull();
  });
});

describe("the quota", () => {
  it("pauses twice as long each time, an hour at most, and forgets once a message is taken", () => {
    let now = 0;
    const quota = createQuota(() => now);
    const pauses = Array.from({ length: 8 }, () => {
      const pause = quota.exceeded();
      now += pause * 1000;
      return pause;
    });
    expect(pauses).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600]);
    quota.kept();
    expect(quota.exceeded()).toBe(60);
  });

  it("does not grow by refusals that come together", () => {
    let now = 0;
    const quota = createQuota(() => now);
    expect([quota.exceeded(), quota.exceeded()]).toEqual([60, 60]);
    now += 45_500;
    expect([quota.waitSeconds(), quota.exceeded()]).toEqual([15, 15]);
  });
});
