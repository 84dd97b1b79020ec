import { setTimeout as sleep } from "node:timers/promises";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel } from "../../src/conversation/channel.ts";
import {
  type FakeTelegram,
  type Fault,
  serverError,
  startFakeTelegram,
  tooMany,
  wrongToken,
} from "../support/fake-telegram.ts";
import { createRig } from "./telegram-rig.ts";

let telegram: FakeTelegram;
let rig: ReturnType<typeof createRig>;
let channel: Channel;

beforeEach(async () => {
  telegram = await startFakeTelegram();
  rig = createRig(telegram);
  channel = rig.channel();
});

afterEach(async () => {
  await rig.close();
  await telegram.stop();
});

const send = (text: string, choices: string[] = [], signal = AbortSignal.timeout(3_000)) =>
  channel.send({ chatId: "42", text, choices }, signal);

describe("a message", () => {
  it("is sent as plain text without a link preview, and its id comes back", async () => {
    const text = "Điều 9 <khoản 2> & https://vbpl.vn/?a=1&b=_2_*";
    const delivery = await send(text);
    expect(delivery).toEqual({ outcome: "sent", providerId: String(telegram.sent[0]?.messageId) });
    expect(telegram.sent[0]).toMatchObject({ chatId: "42", text, buttons: [] });
    expect(telegram.calls[0]?.payload).toMatchObject({ link_preview_options: { is_disabled: true } });
    expect(telegram.calls[0]?.payload).not.toHaveProperty("parse_mode");
  });

  it("carries its choices as one button per row, however long they are", async () => {
    const long = "Chưa, tôi muốn gửi kiến nghị đến cơ quan có thẩm quyền giải quyết";
    await send("Có giúp được không?", ["Có", long]);
    expect(telegram.sent[0]?.buttons).toEqual([
      { text: "Có", callback_data: "Có" },
      { text: long, callback_data: "n:1" },
    ]);
  });

  it("may hold 4096 UTF-16 units, emoji counted as two", async () => {
    expect(channel.capabilities).toEqual({ maxTextLength: 4096, choices: "buttons" });
    expect(await send("🌾".repeat(2048))).toMatchObject({ outcome: "sent" });
    expect(await send(`${"🌾".repeat(2048)}a`)).toEqual({
      outcome: "refused",
      reason: "tin dài quá giới hạn của Telegram",
    });
  });

  it("is sent even when it was cut inside an emoji", async () => {
    expect(await send("lúa 🌾".slice(0, -1))).toMatchObject({ outcome: "sent" });
    expect(telegram.sent[0]?.text).toBe("lúa \uFFFD");
  });
});

describe("a refusal", () => {
  it.each([
    [403, "Forbidden: bot was blocked by the user", "thành viên đã chặn bot"],
    [403, "Forbidden: user is deactivated", "tài khoản Telegram của thành viên không còn hoạt động"],
    [403, "Forbidden: bot was kicked from the supergroup chat", "bot không còn ở trong nhóm"],
    [400, "Bad Request: chat not found", "không tìm thấy cuộc trò chuyện"],
    [400, "Bad Request: TOPIC_CLOSED", "Telegram từ chối: Bad Request: TOPIC_CLOSED"],
  ])("%i %s is final, and says why in Vietnamese", async (code, description, reason) => {
    telegram.refuse("42", code, description);
    expect(await send("xin chào")).toEqual({ outcome: "refused", reason });
  });

  it("of an empty text is final too", async () => {
    expect(await send(" \n ")).toEqual({ outcome: "refused", reason: "tin không có chữ nào" });
  });

  it("because the group became a supergroup is followed to the new chat at once", async () => {
    const moved = "Bad Request: group chat was upgraded to a supergroup chat";
    telegram.refuse("42", 400, moved, { migrate_to_chat_id: -1009 });
    expect(await send("xin chào")).toMatchObject({ outcome: "sent" });
    expect(telegram.sent).toMatchObject([{ chatId: "-1009", text: "xin chào" }]);
  });
});

describe("a fault that surely kept the message away", () => {
  it.each<[string, Fault, number]>([
    ["too many requests", tooMany(17), 17],
    ["a fault of the server", serverError, 2],
    ["a wrong token", wrongToken, 60],
  ])("%s asks for a later try", async (_name, fault, afterSeconds) => {
    telegram.fail("sendMessage", fault);
    expect(await send("xin chào")).toMatchObject({ outcome: "retry", afterSeconds });
    expect(telegram.sent).toEqual([]);
  });

  it("a server that nobody listens at asks for a later try", async () => {
    await telegram.stop();
    expect(await send("xin chào")).toMatchObject({
      outcome: "retry",
      reason: "chưa kết nối được với Telegram",
    });
    telegram = await startFakeTelegram();
  });

  it("a name that does not resolve asks for a later try", async () => {
    channel = rig.channel({ apiRoot: "http://telegram.invalid" });
    expect(await send("xin chào")).toMatchObject({ outcome: "retry" });
  });

  it("a signal that ended before the call asks for a later try, and nothing is sent", async () => {
    expect(await send("xin chào", [], AbortSignal.abort())).toMatchObject({ outcome: "retry" });
    expect(telegram.calls).toEqual([]);
  });
});

describe("a fault that may have come after delivery", () => {
  it.each<[string, Fault, number]>([
    ["a reset after delivery", { kind: "reset after delivery" }, 1],
    ["an answer cut off", { kind: "cut-off answer" }, 1],
    ["a reset before anything", { kind: "reset" }, 0],
    ["a gateway's own page", { kind: "gateway page", status: 502 }, 0],
  ])("%s leaves it uncertain", async (_name, fault, delivered) => {
    telegram.fail("sendMessage", fault);
    expect(await send("xin chào")).toMatchObject({ outcome: "uncertain" });
    expect(telegram.sent).toHaveLength(delivered);
  });

  it("silence until the signal ends leaves it uncertain", async () => {
    telegram.fail("sendMessage", { kind: "hang" });
    const began = Date.now();
    expect(await send("xin chào", [], AbortSignal.timeout(100))).toMatchObject({ outcome: "uncertain" });
    expect(Date.now() - began).toBeLessThan(2_000);
  });
});

describe("the token", () => {
  it("never stands in a reason or a log, whatever fails", async () => {
    const leak = `Bad Request: wrong url /bot${telegram.token}/x`;
    const faults: Fault[] = [
      { kind: "error", code: 400, description: leak },
      { kind: "error", code: 500, description: leak },
      { kind: "reset" },
      { kind: "cut-off answer" },
    ];
    const reasons: string[] = [];
    for (const fault of faults) {
      telegram.fail("sendMessage", fault);
      reasons.push(JSON.stringify(await send("xin chào")));
      telegram.fail("getMe", fault);
    }
    await channel.start(rig.keep);
    await telegram.waitForCalls("getUpdates");
    const words = [...reasons, ...rig.logged].join("\n");
    expect(rig.logged.length).toBeGreaterThanOrEqual(faults.length);
    expect(words).toContain("/bot<token>/x");
    expect(words).not.toContain(telegram.token.split(":")[1]);
  });
});

describe("typing", () => {
  it("is shown, and its failures are nobody's concern", async () => {
    await channel.typing?.("42");
    expect(telegram.callsOf("sendChatAction")[0]?.payload).toMatchObject({ chat_id: "42", action: "typing" });
    telegram.fail("sendChatAction", wrongToken);
    await expect(channel.typing?.("42")).resolves.toBeUndefined();
  });
});

describe("through a mocked network", () => {
  afterEach(() => {
    nock.cleanAll();
    nock.restore();
    nock.activate();
  });

  it("one call has the shape that Telegram documents", async () => {
    const call = nock("https://api.telegram.org")
      .post(`/bot${telegram.token}/sendMessage`, {
        chat_id: "42",
        text: "xin chào",
        link_preview_options: { is_disabled: true },
      })
      .reply(200, {
        ok: true,
        result: { message_id: 7, date: 1795420800, chat: { id: 42, type: "private" } },
      });
    channel = rig.channel({ apiRoot: "https://api.telegram.org" });
    expect(await send("xin chào")).toEqual({ outcome: "sent", providerId: "7" });
    await sleep(0);
    expect(call.isDone()).toBe(true);
  });
});
