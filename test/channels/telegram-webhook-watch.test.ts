import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWebhookJudge, type WebhookInfo } from "../../src/channels/telegram-webhook-watch.ts";
import type { Channel } from "../../src/conversation/channel.ts";
import { eventually, type FakeTelegram, startFakeTelegram } from "../support/fake-telegram.ts";
import { createTestLead } from "../support/lead.ts";
import { createRig } from "./telegram-rig.ts";

const URL = "https://caunoi.example/webhooks/telegram";
const WELL: WebhookInfo = { url: URL, pending_update_count: 0 };
const HOUR = 3_600_000;
const NOON = Date.parse("2026-11-20T12:00:00Z");

describe("the judge of a webhook", () => {
  it("finds nothing wrong with ours, nor with errors that Telegram has got over", () => {
    const judge = createWebhookJudge(URL);
    expect(judge(WELL, NOON).fault).toBeNull();
    const seconds = NOON / 1000;
    expect(judge({ ...WELL, last_error_date: seconds - 10, last_error_message: "?" }, NOON).fault).toBeNull();
    expect(
      judge({ ...WELL, last_error_date: seconds - 900, pending_update_count: 3 }, NOON).fault,
    ).toBeNull();
  });

  it("sees one that points elsewhere or nowhere, and asks an operator's own only to be there", () => {
    for (const url of ["https://other.example/", "", undefined])
      expect(createWebhookJudge(URL)({ ...WELL, url }, NOON)).toEqual({
        kind: "elsewhere",
        fault: "webhook ở Telegram không trỏ về đây",
      });
    expect(createWebhookJudge(null)({ ...WELL, url: "https://by-hand.example/" }, NOON).kind).toBe("well");
    expect(createWebhookJudge(null)({ ...WELL, url: "" }, NOON).kind).toBe("elsewhere");
  });

  it("sees that Telegram cannot reach us while something waits", () => {
    const failing = {
      ...WELL,
      pending_update_count: 2,
      last_error_date: NOON / 1000 - 60,
      last_error_message: "Connection refused",
    };
    expect(createWebhookJudge(URL)(failing, NOON).fault).toBe(
      "Telegram không gọi được webhook: Connection refused",
    );
  });

  it("sounds the alarm when something has waited for six hours, and counts anew once nothing did", () => {
    const judge = createWebhookJudge(URL);
    const waiting = { ...WELL, pending_update_count: 7 };
    expect(judge(waiting, NOON).kind).toBe("well");
    expect(judge(waiting, NOON + 6 * HOUR - 1).kind).toBe("well");
    expect(judge(waiting, NOON + 6 * HOUR)).toEqual({
      kind: "late",
      fault: "7 tin chờ ở Telegram đã 6 giờ, quá 24 giờ Telegram sẽ bỏ",
    });
    expect(judge(WELL, NOON + 7 * HOUR).kind).toBe("well");
    expect(judge(waiting, NOON + 8 * HOUR).kind).toBe("well");
  });
});

describe("the watch over a webhook", () => {
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

  const posted = { webhookSecret: "bi-mat_0123456789", publicUrl: "https://caunoi.example" };
  async function started(channel: Channel): Promise<Channel> {
    await channel.start(rig.keep);
    return channel;
  }

  it("sets again one that somebody has changed", async () => {
    await started(rig.channel(posted));
    await eventually(() => telegram.settings().webhook.url === URL, "the webhook");
    telegram.settings().webhook.url = "https://someone.example/hook";
    await eventually(() => telegram.settings().webhook.url === URL, "the mending");
    expect(rig.logged.join()).toContain("Webhook Telegram có trục trặc");
  });

  it("tells on every replica that Telegram cannot reach us, once in the log, until nothing waits", async () => {
    const replicas = [await started(rig.channel(posted)), await started(rig.channel(posted))];
    await eventually(() => replicas.every((each) => each.fault() === null), "the start");
    telegram.member(5).says("xin chào");
    telegram.failPost("Wrong response from the webhook: 502 Bad Gateway");
    await eventually(() => replicas.every((each) => each.fault()?.includes("502") ?? false), "both faults");
    await telegram.waitForCalls("getWebhookInfo", telegram.callsOf("getWebhookInfo").length + 6);
    expect(rig.logged.filter((line) => line.includes("502"))).toHaveLength(2);
    telegram.drop();
    await eventually(() => replicas.every((each) => each.fault() === null), "the recovery");
  });

  it("leaves setting it to the one that leads", async () => {
    const [first, second] = [createTestLead(), createTestLead()];
    await started(rig.channel({ ...posted, lead: first.lead }));
    await started(rig.channel({ ...posted, lead: second.lead }));
    await telegram.waitForCalls("getWebhookInfo", 4);
    expect(telegram.callsOf("setWebhook")).toEqual([]);
    second.begin();
    await eventually(() => telegram.settings().webhook.url === URL, "the webhook");
    await telegram.waitForCalls("getWebhookInfo", telegram.callsOf("getWebhookInfo").length + 6);
    expect(telegram.callsOf("setWebhook")).toHaveLength(1);
  });
});
