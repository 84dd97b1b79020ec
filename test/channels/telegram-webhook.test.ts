import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel, Receive } from "../../src/conversation/channel.ts";
import { eventually, type FakeTelegram, startFakeTelegram } from "../support/fake-telegram.ts";
import { createRig, recorded } from "./telegram-rig.ts";

const SECRET = "bi-mat_0123456789";
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

async function opened(receive: Receive = rig.keep): Promise<Channel> {
  const channel = rig.channel({ webhookSecret: SECRET, publicUrl: "https://caunoi.example/" });
  await channel.start(receive);
  await eventually(() => channel.fault() === null && telegram.settings().webhook.url !== "");
  return channel;
}

function post(channel: Channel, body: unknown, secret: string | null = SECRET) {
  const headers = new Headers(secret === null ? {} : { "X-Telegram-Bot-Api-Secret-Token": secret });
  return channel.webhook?.(headers, Buffer.from(typeof body === "string" ? body : JSON.stringify(body)));
}

describe("the webhook", () => {
  it("is told to Telegram at the start, with its secret and the kinds wanted", async () => {
    await opened();
    expect(telegram.settings().webhook).toEqual({
      url: "https://caunoi.example/webhooks/telegram",
      secretToken: SECRET,
    });
    expect(telegram.callsOf("setWebhook")[0]?.payload.allowed_updates).toContain("callback_query");
    expect(telegram.callsOf("getUpdates")).toEqual([]);
  });

  it("does not exist without a secret", () => {
    expect(rig.channel().webhook).toBeUndefined();
  });

  it("answers 200 only after the message is stored", async () => {
    let commit = () => {};
    const channel = await opened(
      () =>
        new Promise<void>((resolve) => {
          commit = resolve;
        }),
    );
    let answer: { status: number } | undefined;
    const answered = post(channel, recorded("private-text"))?.then((given) => {
      answer = given;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(answer).toBeUndefined();
    commit();
    await answered;
    expect(answer).toEqual({ status: 200 });
  });

  it.each([
    ["wrong", "bi-mat_0123456788"],
    ["shorter", "bi"],
    ["missing", null],
    ["empty", ""],
  ])("answers 401 to a %s secret, and nothing happens", async (_kind, secret) => {
    const channel = await opened();
    expect(await post(channel, recorded("private-text"), secret)).toEqual({ status: 401 });
    expect(rig.received).toEqual([]);
  });

  it.each(["", "{", "[]", "null", '{"message":{}}', '{"update_id":1,"message":{"text":5}}'])(
    "answers 400 to %j",
    async (body) => {
      const channel = await opened();
      expect(await post(channel, body)).toEqual({ status: 400 });
      expect(rig.received).toEqual([]);
    },
  );

  it("answers 200 to what it has no use for", async () => {
    const channel = await opened();
    for (const name of ["my-chat-member-blocked", "channel-post", "group-chatter"]) {
      expect(await post(channel, recorded(name))).toEqual({ status: 200 });
    }
    expect(rig.received).toEqual([]);
  });

  it("answers 503 and tells its fault when the message cannot be stored, and recovers", async () => {
    let isDown = true;
    const channel = await opened(async (message) => {
      if (isDown) throw new Error("database is away");
      rig.received.push(message);
    });
    expect(await post(channel, recorded("private-text"))).toEqual({ status: 503 });
    expect(channel.fault()).toBe("không lưu được tin nhắn đến");
    isDown = false;
    expect(await post(channel, recorded("private-text"))).toEqual({ status: 200 });
    expect(channel.fault()).toBeNull();
    expect(rig.received).toHaveLength(1);
  });

  it("answers 503 while it does not know the bot's name, and after it is stopped", async () => {
    telegram.fail("getMe", { kind: "hang" });
    const channel = rig.channel({ webhookSecret: SECRET });
    await channel.start(rig.keep);
    expect(await post(channel, recorded("private-text"))).toEqual({ status: 503 });
    const named = rig.channel({ webhookSecret: SECRET, botUsername: "@cau_noi_bot" });
    await named.start(rig.keep);
    expect(await post(named, recorded("private-text"))).toEqual({ status: 200 });
    await named.stop();
    expect(await post(named, recorded("private-text"))).toEqual({ status: 503 });
  });

  it("stops only after the message it holds is stored", async () => {
    let commit = () => {};
    const channel = await opened(
      () =>
        new Promise<void>((resolve) => {
          commit = resolve;
        }),
    );
    const answered = post(channel, recorded("private-text"));
    let isStopped = false;
    const stopped = channel.stop().then(() => {
      isStopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(isStopped).toBe(false);
    commit();
    await stopped;
    expect(await answered).toEqual({ status: 200 });
  });
});
