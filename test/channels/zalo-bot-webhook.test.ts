import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel, Receive } from "../../src/conversation/channel.ts";
import { eventually, type FakeZaloBot, startFakeZaloBot } from "../support/fake-zalo-bot.ts";
import { createRig, recorded, SECRET } from "./zalo-bot-rig.ts";

let zalo: FakeZaloBot;
let rig: ReturnType<typeof createRig>;
let outside: Server;
let publicUrl: string;
let channel: Channel;

beforeEach(async () => {
  zalo = await startFakeZaloBot();
  rig = createRig(zalo);
  outside = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const headers = new Headers(request.headers as Record<string, string>);
    const isOurs = request.url === "/webhooks/zalo-bot";
    const answer = isOurs ? await channel.webhook?.(headers, body) : undefined;
    response.writeHead(answer?.status ?? 404).end();
  }).listen(0, "127.0.0.1");
  await once(outside, "listening");
  publicUrl = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await rig.close();
  await zalo.stop();
  outside.closeAllConnections();
  outside.close();
});

async function opened(receive: Receive = rig.keep): Promise<Channel> {
  channel = rig.channel({ webhookSecret: SECRET, publicUrl: `${publicUrl}/` });
  await channel.start(receive);
  await eventually(() => channel.fault() === null && zalo.world.webhook.url !== "", "the webhook");
  return channel;
}

function post(body: unknown, secret: string | null = SECRET) {
  const headers = new Headers(secret === null ? {} : { "X-Bot-Api-Secret-Token": secret });
  return channel.webhook?.(headers, Buffer.from(typeof body === "string" ? body : JSON.stringify(body)));
}

describe("the webhook", () => {
  it("is told to Zalo at the start with its secret, stands its probe, and nothing is polled", async () => {
    await opened();
    expect(zalo.world.webhook).toEqual({ url: `${publicUrl}/webhooks/zalo-bot`, secretToken: SECRET });
    expect(zalo.callsOf("getUpdates")).toEqual([]);
    expect(zalo.callsOf("setWebhook")).toHaveLength(1);
    expect(rig.received).toEqual([]);
  });

  it("does not exist without a secret", () => {
    expect(rig.channel().webhook).toBeUndefined();
  });

  it.each([false, true])("takes what Zalo posts, wrapped: %s", async (wrapped) => {
    await opened();
    zalo.wrap(wrapped);
    zalo.member("5").says("xin chào");
    zalo.member("5").sendsPhoto("https://photo-stal-1.zdn.vn/a.jpg");
    await eventually(() => rig.received.length === 2 && zalo.posted.length === 2, "the messages");
    expect(rig.texts().sort()).toEqual(["", "xin chào"]);
    expect(zalo.posted).toEqual([200, 200]);
  });

  it("answers 200 only after the message is stored", async () => {
    let commit = () => {};
    await opened(
      () =>
        new Promise<void>((resolve) => {
          commit = resolve;
        }),
    );
    let answer: { status: number } | undefined;
    const answered = post(recorded("private-text"))?.then((given) => {
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
    await opened();
    expect(await post(recorded("private-text"), secret)).toEqual({ status: 401 });
    expect(rig.received).toEqual([]);
  });

  it.each([SECRET, "wrong-secret", null])(
    "answers 200 to the empty probe with the secret %s",
    async (secret) => {
      await opened();
      expect(await post("", secret)).toEqual({ status: 200 });
      expect(rig.received).toEqual([]);
    },
  );

  it.each(["{", " ", "[]", "null", '{"message":{}}', '{"message":{"message_id":5,"chat":{"id":"c"}}}'])(
    "answers 400 to %j",
    async (body) => {
      await opened();
      expect(await post(body)).toEqual({ status: 400 });
      expect(rig.received).toEqual([]);
    },
  );

  it("answers 200 to what it has no use for", async () => {
    await opened();
    for (const name of ["added-to-group", "from-a-bot", "reaction"]) {
      expect(await post(recorded(name))).toEqual({ status: 200 });
    }
    expect(rig.received).toEqual([]);
  });

  it("answers 503 and tells its fault when the message cannot be stored, and recovers", async () => {
    let isDown = true;
    await opened(async (message) => {
      if (isDown) throw new Error("database is away");
      rig.received.push(message);
    });
    expect(await post(recorded("private-text"))).toEqual({ status: 503 });
    expect(channel.fault()).toBe("không lưu được tin nhắn đến");
    isDown = false;
    expect(await post(recorded("private-text"))).toEqual({ status: 200 });
    expect(channel.fault()).toBeNull();
    expect(rig.received).toHaveLength(1);
  });

  it("answers 503 before it is started and after it is stopped", async () => {
    channel = rig.channel({ webhookSecret: SECRET });
    expect(await post(recorded("private-text"))).toEqual({ status: 503 });
    await opened();
    await channel.stop();
    expect(await post(recorded("private-text"))).toEqual({ status: 503 });
    expect(rig.received).toEqual([]);
  });

  it("stops only after the message it holds is stored", async () => {
    let commit = () => {};
    await opened(
      () =>
        new Promise<void>((resolve) => {
          commit = resolve;
        }),
    );
    const answered = post(recorded("private-text"));
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

describe("a webhook that Zalo cannot reach", () => {
  it("is told as a fault with Zalo's word for it, and told again until it is reached", async () => {
    channel = rig.channel({ webhookSecret: SECRET, publicUrl: `${publicUrl}/nowhere` });
    await channel.start(rig.keep);
    await eventually(() => channel.fault()?.endsWith("webhook.http.404") ?? false, "the fault");
    await zalo.waitForCalls("setWebhook", 3);
    expect(zalo.world.webhook.url).not.toBe("");
    await channel.stop();
  });

  it("is taken for reached as soon as something arrives", async () => {
    const pace = { pollSeconds: 1, lateMs: 1, firstRetryMs: 60_000, slowestRetryMs: 60_000, silenceMs: 1 };
    channel = rig.channel({ webhookSecret: SECRET, publicUrl: `${publicUrl}/nowhere`, pace });
    await channel.start(rig.keep);
    await eventually(() => channel.fault()?.endsWith("webhook.http.404") ?? false, "the fault");
    expect(await post(recorded("private-text"))).toEqual({ status: 200 });
    expect(channel.fault()).toBeNull();
  });

  it("is told as a fault when Zalo does not take the address", async () => {
    channel = rig.channel({ webhookSecret: SECRET, publicUrl: "ftp://htx.example" });
    await channel.start(rig.keep);
    await eventually(() => channel.fault() === "Zalo không nhận địa chỉ webhook", "the fault");
  });
});
