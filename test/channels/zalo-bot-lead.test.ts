import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventually, type FakeZaloBot, startFakeZaloBot } from "../support/fake-zalo-bot.ts";
import { createTestLead } from "../support/lead.ts";
import { createRig, QUICK, SECRET } from "./zalo-bot-rig.ts";

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

describe("a replica that does not lead", () => {
  it("neither polls nor touches the webhook, and is ready all the same", async () => {
    const channel = rig.channel({ lead: createTestLead().lead });
    await channel.start(rig.keep);
    await eventually(() => channel.fault() === null, "the first contact");
    await new Promise((resolve) => setTimeout(resolve, QUICK.silenceMs + 200));
    expect(zalo.calls.map(({ method }) => method)).toEqual(["getMe"]);
    expect(channel.fault()).toBeNull();
  });

  it("does not set the webhook either", async () => {
    const { lead, begin } = createTestLead();
    const channel = rig.channel({ lead, webhookSecret: SECRET, publicUrl: "https://127.0.0.1:9" });
    await channel.start(rig.keep);
    await eventually(() => channel.fault() === null, "the first contact");
    expect(zalo.callsOf("setWebhook")).toEqual([]);
    begin();
    await zalo.waitForCalls("setWebhook");
  });
});

describe("an update that Zalo gave to a poller whose term ended meanwhile", () => {
  it("is stored, and nothing more is asked for", async () => {
    const { lead, begin, lose } = createTestLead();
    const channel = rig.channel({ lead, pace: { ...QUICK, pollSeconds: 2 } });
    await channel.start(rig.keep);
    begin();
    await zalo.waitForCalls("getUpdates");
    lose();
    zalo.member("5").says("đừng mất tin này");
    zalo.member("5").says("của người sau");
    await eventually(() => rig.received.length === 1, "the message");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rig.texts()).toEqual(["đừng mất tin này"]);
    expect(zalo.callsOf("getUpdates")).toHaveLength(1);
    expect(zalo.waiting()).toBe(1);
  });

  it("is stored as soon as it can be, though the store was away and another polls now", async () => {
    const { lead, begin, end } = createTestLead();
    let isDown = true;
    const channel = rig.channel({ lead });
    await channel.start(async (message) => {
      if (isDown) throw new Error("database is away");
      rig.received.push(message);
    });
    begin();
    zalo.member("5").says("đừng mất tin này");
    await eventually(() => channel.fault() === "không lưu được tin nhắn đến", "the fault");
    end();
    await new Promise((resolve) => setTimeout(resolve, 100));
    isDown = false;
    await eventually(() => rig.received.length === 1, "the message");
    expect(channel.fault()).toBeNull();
  });
});
