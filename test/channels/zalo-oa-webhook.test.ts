import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel, Receive } from "../../src/conversation/channel.ts";
import { ACCOUNT, type FakeZaloOa, signatureOf, startFakeZaloOa } from "../support/fake-zalo-oa.ts";
import { createGate } from "../support/gate.ts";
import { seeded } from "../support/seeded.ts";
import { createRig, post, QUICK, recorded, signed } from "./zalo-oa-rig.ts";

let zalo: FakeZaloOa;
let rig: ReturnType<typeof createRig>;

beforeEach(async () => {
  zalo = await startFakeZaloOa();
  rig = createRig(zalo);
});

afterEach(async () => {
  await rig.close();
  await zalo.stop();
});

async function opened(receive: Receive = rig.keep, given: Parameters<typeof rig.channel>[0] = {}) {
  const channel = rig.channel(given);
  await channel.start(receive);
  return channel;
}

const body = recorded("text");

describe("the webhook", () => {
  it("takes what is signed over its exact bytes, pretty-printed or not", async () => {
    const channel = await opened();
    expect(await post(channel, body)).toBe(200);
    expect(await post(channel, JSON.stringify(JSON.parse(body)))).toBe(200);
    expect(rig.received).toHaveLength(2);
  });

  it("takes a signature without its prefix and in capitals", async () => {
    const channel = await opened();
    const mac = signatureOf(body, "1540363714987", ACCOUNT).slice(4);
    for (const given of [mac, `mac=${mac.toUpperCase()}`]) {
      expect(await post(channel, body, new Headers({ "X-ZEvent-Signature": given }))).toBe(200);
    }
  });

  it("answers 200 only after the message is stored", async () => {
    const gate = createGate<void>();
    const channel = await opened(() => gate.promise);
    let status: number | undefined;
    const answered = post(channel, body).then((given) => {
      status = given;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(status).toBeUndefined();
    gate.resolve();
    await answered;
    expect(status).toBe(200);
  });

  it("answers 503 and tells its fault when the message cannot be stored, and recovers", async () => {
    let isDown = true;
    const channel = await opened(async (message) => {
      if (isDown) throw new Error("database is away");
      rig.received.push(message);
    });
    expect(await post(channel, body)).toBe(503);
    expect(channel.fault()).toBe("không lưu được tin nhắn đến");
    isDown = false;
    expect(await post(channel, body)).toBe(200);
    expect(channel.fault()).not.toBe("không lưu được tin nhắn đến");
    expect(rig.received).toHaveLength(1);
  });

  it("answers 503 before Zalo gives up waiting for a slow store", async () => {
    const gate = createGate<void>();
    const channel = await opened(() => gate.promise, { pace: { ...QUICK, storeMs: 50 } });
    expect(await post(channel, body)).toBe(503);
    gate.resolve();
  });

  it("answers 503 before it is started and after it is stopped", async () => {
    const channel = rig.channel();
    expect(await post(channel, body)).toBe(503);
    await channel.start(rig.keep);
    await channel.stop();
    expect(await post(channel, body)).toBe(503);
    expect(rig.received).toEqual([]);
  });

  it("stops only after the message it holds is stored", async () => {
    const gate = createGate<void>();
    const channel = await opened(() => gate.promise);
    const answered = post(channel, body);
    let isStopped = false;
    const stopped = channel.stop().then(() => {
      isStopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(isStopped).toBe(false);
    gate.resolve();
    await stopped;
    expect(await answered).toBe(200);
  });

  it("gets a message through Zalo's resends when the store was away, under one id", async () => {
    let failures = 3;
    const channel = await opened(async (message) => {
      if (failures-- > 0) throw new Error("away");
      rig.received.push(message);
    });
    zalo.poster.postTo((headers, raw) => channel.webhook?.(headers, raw) ?? Promise.resolve({ status: 0 }));
    expect(await zalo.member("2468458835296197922").says("xin chào")).toEqual({ status: 200, tries: 4 });
    expect(rig.received).toMatchObject([{ text: "xin chào", chatId: "2468458835296197922" }]);
    expect(zalo.poster.isOff()).toBe(false);
  });
});

describe("what is forged", () => {
  it.each<[string, Headers]>([
    ["no signature", new Headers()],
    ["an empty one", new Headers({ "X-ZEvent-Signature": "" })],
    [
      "a shortened one",
      new Headers({ "X-ZEvent-Signature": signed(body).get("x-zevent-signature")?.slice(0, 60) ?? "" }),
    ],
    ["one with another secret", signed(body, { ...ACCOUNT, secretKey: "OaSecretKeyOaSecret2" })],
    ["one of another app", signed(body, { ...ACCOUNT, appId: ACCOUNT.oaId })],
    ["one of another body", signed(recorded("image"))],
  ])("with %s is answered 401, and nothing happens", async (_kind, headers) => {
    const channel = await opened();
    expect(await post(channel, body, headers)).toBe(401);
    expect(rig.received).toEqual([]);
  });

  it("is never taken, in a thousand seeded ways", async () => {
    const channel = await opened();
    const chance = seeded(20261124);
    const signature = signed(body).get("x-zevent-signature") ?? "";
    const statuses = new Map<number | undefined, number>();
    for (let n = 0; n < 1_000; n++) {
      const forged = forge(Buffer.from(body), signature, chance);
      const answer = await channel.webhook?.(forged.headers, forged.bytes);
      statuses.set(answer?.status, (statuses.get(answer?.status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 401: 1_000 });
    expect(rig.received).toEqual([]);
  });

  it("by Zalo itself with the app's secret is refused too, but the mistake is named", async () => {
    const channel = await opened();
    await channel.send({ chatId: "1", text: "một", choices: [] }, AbortSignal.timeout(2_000));
    expect(await post(channel, body, signed(body, { ...ACCOUNT, secretKey: ACCOUNT.appSecret }))).toBe(401);
    expect(channel.fault()).toMatch(/xem lại ZALO_OA_SECRET_KEY/);
    expect(await post(channel, body)).toBe(200);
    expect(channel.fault()).toBeNull();
  });
});

type Forged = { headers: Headers; bytes: Uint8Array };

function forge(bytes: Buffer, signature: string, { below, pick }: ReturnType<typeof seeded>): Forged {
  const withSignature = (given: string, of: Uint8Array = bytes) => ({
    headers: new Headers({ "X-ZEvent-Signature": given }),
    bytes: of,
  });
  const digit = 4 + below(64);
  const kinds: (() => Forged)[] = [
    () => withSignature(signature, flipBit(bytes, below(bytes.length * 8))),
    () => withSignature(signature, bytes.subarray(0, below(bytes.length))),
    () => withSignature(signature, Buffer.concat([bytes, Buffer.from(pick([" ", "\n", "}", "\0"]))])),
    () => withSignature(signature.slice(0, below(signature.length))),
    () => withSignature(signature.slice(0, digit) + other(signature[digit]) + signature.slice(digit + 1)),
    () => ({ headers: new Headers(), bytes }),
    () => ({ headers: signed(bytes.toString(), { ...ACCOUNT, secretKey: `guess-${below(1e6)}` }), bytes }),
  ];
  return pick(kinds)();
}

function flipBit(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return flipped;
}

function other(digit: string | undefined): string {
  return digit === "0" ? "1" : "0";
}

describe("what is malformed", () => {
  const stamped = (event: object) => JSON.stringify({ ...event, timestamp: "1540363714987" });

  it.each([
    stamped({}),
    stamped({ event_name: 5 }),
    stamped({ event_name: "user_send_text", sender: { id: "1" } }),
    stamped({ event_name: "user_send_text", message: { msg_id: "1", text: "không rõ ai" } }),
    stamped({ event_name: "user_send_text", sender: { id: "" }, message: { msg_id: "1" } }),
    JSON.stringify({ event_name: "follow", timestamp: "12345678901234567890" }),
  ])("is answered 400 although it is signed: %s", async (malformed) => {
    const channel = await opened();
    expect(await post(channel, malformed)).toBe(400);
    expect(rig.received).toEqual([]);
  });

  it.each(["", "{", "[]", "null", "<html>", '{"event_name":"user_send_text"}'])(
    "and cannot be signed at all is answered 401: %j",
    async (malformed) => {
      const channel: Channel = await opened();
      expect(await post(channel, malformed)).toBe(401);
    },
  );
});
