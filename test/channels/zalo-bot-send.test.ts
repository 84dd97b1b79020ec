import { setTimeout as sleep } from "node:timers/promises";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel } from "../../src/conversation/channel.ts";
import {
  type FakeZaloBot,
  type Fault,
  htmlPage,
  internalError,
  overQuota,
  startFakeZaloBot,
  wrongToken,
} from "../support/fake-zalo-bot.ts";
import { createRig } from "./zalo-bot-rig.ts";

let zalo: FakeZaloBot;
let rig: ReturnType<typeof createRig>;
let channel: Channel;

beforeEach(async () => {
  zalo = await startFakeZaloBot();
  rig = createRig(zalo);
  channel = rig.channel();
});

afterEach(async () => {
  await rig.close();
  await zalo.stop();
});

const send = (text: string, choices: string[] = [], signal = AbortSignal.timeout(3_000)) =>
  channel.send({ chatId: "6ede9afa", text, choices }, signal);

describe("a message", () => {
  it("is sent as plain text, and its id comes back", async () => {
    const text = "Điều 9 <khoản 2> **đậm** {red} & https://vbpl.vn/?a=1&b=_2_";
    const delivery = await send(text);
    expect(delivery).toEqual({ outcome: "sent", providerId: zalo.sent[0]?.messageId });
    expect(zalo.calls).toMatchObject([{ method: "sendMessage", payload: { chat_id: "6ede9afa", text } }]);
    expect(Object.keys(zalo.calls[0]?.payload ?? {})).toEqual(["chat_id", "text"]);
  });

  it("is composed before it is sent, and half an emoji at its end harms nothing", async () => {
    expect(await send("Hợp tác xã 🌾".normalize("NFD").slice(0, -1))).toMatchObject({ outcome: "sent" });
    expect(zalo.sent[0]?.text).toBe("Hợp tác xã \uFFFD");
  });

  it("may hold 2000 UTF-16 units", async () => {
    expect(channel.capabilities).toEqual({ maxTextLength: 2000, choices: "numbers" });
    expect(await send("a".repeat(2000))).toMatchObject({ outcome: "sent" });
    expect(await send("a".repeat(2001))).toEqual({
      outcome: "refused",
      reason: "Zalo từ chối (400): Bad Request: text is too long",
    });
  });

  it("is sent when its id does not come back", async () => {
    zalo.fail("sendMessage", { kind: "raw", status: 200, body: '{"ok":true}' });
    expect(await send("xin chào")).toEqual({ outcome: "sent", providerId: null });
  });
});

describe("the choices", () => {
  it("stand below as a numbered list, with how to choose", async () => {
    await send("Có giúp được không?", ["Có, cảm ơn", "Chưa đúng\n ý tôi"]);
    expect(zalo.sent[0]?.text).toBe(
      "Có giúp được không?\n\n1. Có, cảm ơn\n2. Chưa đúng ý tôi\nBà con trả lời bằng số để chọn.",
    );
  });

  it("are shortened, then left out from the end, where a long text leaves little room", async () => {
    const choices = Array.from({ length: 6 }, (_, n) => `${n + 1}${"ẩ".repeat(80)}`);
    for (const length of [1_000, 1_600, 1_750, 1_850, 1_900, 1_960, 1_999, 2_000]) {
      const text = "t".repeat(length);
      expect(await send(text, choices)).toMatchObject({ outcome: "sent" });
      expect(zalo.sent.at(-1)?.text.startsWith(text)).toBe(true);
    }
    const shown = zalo.sent.map(({ text }) => text.match(/^\d\. \d/gm)?.length ?? 0);
    expect(shown).toEqual([6, 6, 6, 5, 3, 0, 0, 0]);
    expect(zalo.sent[0]?.text).not.toContain("…");
    expect(zalo.sent.at(4)?.text).toMatch(
      /\n\n1\. 1ẩ+…\n2\. 2ẩ+…\n3\. 3ẩ+…\nBà con trả lời bằng số để chọn\.$/,
    );
  });
});

describe("a refusal", () => {
  it("of the message itself is final", async () => {
    zalo.refuse("6ede9afa", 400, "Bad Request: chat not found");
    expect(await send("xin chào")).toEqual({
      outcome: "refused",
      reason: "Zalo từ chối (400): Bad Request: chat not found",
    });
    expect(await send(" \n ")).toMatchObject({ outcome: "refused" });
  });
});

describe("a fault that surely kept the message away", () => {
  it.each<[string, Fault, number, string]>([
    ["a wrong token", wrongToken, 60, "token sai"],
    ["Zalo's internal error", internalError, 10, "Zalo đang lỗi (403)"],
    ["a spent quota", overQuota, 60, "hết hạn mức gửi tin của Zalo"],
  ])(
    "%s asks for a later try, though it comes with status 200",
    async (_name, fault, afterSeconds, reason) => {
      zalo.fail("sendMessage", fault);
      expect(await send("xin chào")).toEqual({ outcome: "retry", afterSeconds, reason });
      expect(zalo.sent).toEqual([]);
    },
  );

  it("a wrong token is told as a fault until a call works", async () => {
    await channel.start(rig.keep);
    await zalo.waitForCalls("getUpdates");
    zalo.fail("getUpdates", { kind: "hang" });
    zalo.fail("sendMessage", wrongToken);
    await send("xin chào");
    expect(channel.fault()).toBe("token sai");
    await send("xin chào");
    expect(channel.fault()).toBeNull();
  });

  it("a spent quota leaves Zalo in peace until the pause is over", async () => {
    zalo.fail("sendMessage", overQuota);
    await send("một");
    expect(await send("hai")).toMatchObject({ outcome: "retry", afterSeconds: 60 });
    expect(zalo.callsOf("sendMessage")).toHaveLength(1);
  });

  it.each([
    ["a server that nobody listens at", "http://127.0.0.1:9"],
    ["a name that does not resolve", "http://zalo.invalid"],
  ])("%s asks for a later try", async (_name, apiRoot) => {
    channel = rig.channel({ apiRoot });
    expect(await send("xin chào")).toMatchObject({ outcome: "retry", reason: "chưa kết nối được với Zalo" });
  });

  it("a signal that ended before the call asks for a later try, and nothing is sent", async () => {
    expect(await send("xin chào", [], AbortSignal.abort())).toMatchObject({ outcome: "retry" });
    expect(zalo.calls).toEqual([]);
  });
});

describe("a fault that may have come after delivery", () => {
  it.each<[string, Fault, number]>([
    ["a reset after delivery", { kind: "reset after delivery" }, 1],
    ["an answer cut off", { kind: "cut-off answer" }, 1],
    ["a reset before anything", { kind: "reset" }, 0],
    ["a page instead of JSON", htmlPage(), 0],
    ["a gateway's own page", htmlPage(502), 0],
    ["a time-out at Zalo", { kind: "error", code: 408, description: "Request timeout" }, 0],
    ["a refusal without code or known words", { kind: "raw", status: 200, body: '{"ok":false}' }, 0],
  ])("%s leaves it uncertain", async (_name, fault, delivered) => {
    zalo.fail("sendMessage", fault);
    expect(await send("xin chào")).toMatchObject({ outcome: "uncertain" });
    expect(zalo.sent).toHaveLength(delivered);
  });

  it("silence until the signal ends leaves it uncertain", async () => {
    zalo.fail("sendMessage", { kind: "hang" });
    const began = Date.now();
    expect(await send("xin chào", [], AbortSignal.timeout(100))).toMatchObject({ outcome: "uncertain" });
    expect(Date.now() - began).toBeLessThan(2_000);
  });
});

describe("the token", () => {
  it("never stands in a reason or a log, whatever fails", async () => {
    const description = `Bad Request: wrong url /bot${zalo.token}/x`;
    const faults: Fault[] = [
      { kind: "error", code: 400, description },
      { kind: "error", code: 403, description },
      { kind: "raw", status: 404, body: description },
      { kind: "reset" },
      { kind: "cut-off answer" },
    ];
    const reasons: string[] = [];
    for (const fault of faults) {
      zalo.fail("sendMessage", fault);
      reasons.push(JSON.stringify(await send("xin chào")));
      zalo.fail("getMe", fault);
    }
    await channel.start(rig.keep);
    await zalo.waitForCalls("getUpdates");
    const words = [...reasons, ...rig.logged].join("\n");
    expect(rig.logged.length).toBeGreaterThanOrEqual(faults.length);
    expect(words).toContain("/bot<token>/x");
    expect(words).not.toContain(zalo.token.split(":")[1]);
  });
});

describe("typing", () => {
  it("is shown, and its failures are nobody's concern", async () => {
    await channel.typing?.("6ede9afa");
    expect(zalo.callsOf("sendChatAction")[0]?.payload).toEqual({ chat_id: "6ede9afa", action: "typing" });
    zalo.fail("sendChatAction", { kind: "reset" });
    await expect(channel.typing?.("6ede9afa")).resolves.toBeUndefined();
  });
});

describe("through a mocked network", () => {
  afterEach(() => {
    nock.cleanAll();
    nock.restore();
    nock.activate();
  });

  it("one call has the shape that Zalo documents", async () => {
    const call = nock("https://bot-api.zaloplatforms.com", { reqheaders: { "content-type": /json/ } })
      .post(`/bot${zalo.token}/sendMessage`, { chat_id: "6ede9afa", text: "xin chào" })
      .reply(200, { ok: true, result: { message_id: "82599fa32f56d00e8941", date: 1749632637199 } });
    channel = rig.channel({ apiRoot: "https://bot-api.zaloplatforms.com/" });
    expect(await send("xin chào")).toEqual({ outcome: "sent", providerId: "82599fa32f56d00e8941" });
    await sleep(0);
    expect(call.isDone()).toBe(true);
  });
});
