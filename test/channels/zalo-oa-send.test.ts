import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel } from "../../src/conversation/channel.ts";
import {
  type FakeZaloOa,
  type Fault,
  gatewayPage,
  startFakeZaloOa,
  tooMany,
} from "../support/fake-zalo-oa.ts";
import { createRig } from "./zalo-oa-rig.ts";

const MEMBER = "2468458835296197922";
const HOUR = 3_600_000;
let zalo: FakeZaloOa;
let rig: ReturnType<typeof createRig>;
let channel: Channel;

beforeEach(async () => {
  zalo = await startFakeZaloOa();
  rig = createRig(zalo);
  channel = rig.channel();
  await zalo.member(MEMBER).says("xin chào");
});

afterEach(async () => {
  await rig.close();
  await zalo.stop();
});

const send = (text: string, choices: string[] = [], signal = AbortSignal.timeout(3_000)) =>
  channel.send({ chatId: MEMBER, text, choices }, signal);

describe("a message", () => {
  it("is sent as plain text, and its id comes back", async () => {
    const text = "Điều 9 <khoản 2> & https://vbpl.vn/?a=1";
    expect(await send(text)).toEqual({ outcome: "sent", providerId: zalo.sent[0]?.messageId });
    expect(zalo.sent).toMatchObject([{ userId: MEMBER, text, buttons: [], billed: false }]);
  });

  it("carries up to five choices as buttons whose press says the choice", async () => {
    const long = "Chưa đúng ý tôi, tôi muốn gửi kiến nghị ".repeat(4).trim();
    await send("Có giúp được không?", ["Có", long]);
    expect(zalo.sent[0]?.buttons).toEqual([
      { title: "Có", type: "oa.query.show", payload: "Có" },
      { title: `${long.slice(0, 99)}…`, type: "oa.query.show", payload: long },
    ]);
  });

  it("carries more than five choices as numbered lines, as many as there is room for", async () => {
    const topics = Array.from({ length: 13 }, (_, n) => `Chủ đề ${n + 1}`);
    await send("Bà con chọn:", topics);
    expect(zalo.sent[0]?.text).toMatch(/^Bà con chọn:\n\n1\. Chủ đề 1\n2\. Chủ đề 2\n.*13\. Chủ đề 13$/s);
    expect(await send("a".repeat(1990), topics)).toMatchObject({ outcome: "sent" });
  });

  it("may hold 2000 characters, and marks written apart are joined before they are counted", async () => {
    expect(channel.capabilities).toEqual({ maxTextLength: 2000, choices: "buttons" });
    expect(await send("ế".normalize("NFD").repeat(2000))).toMatchObject({ outcome: "sent" });
    expect(zalo.sent[0]?.text).toBe("ế".repeat(2000));
    expect(await send("a".repeat(2001))).toEqual({
      outcome: "refused",
      reason: "tin dài quá giới hạn của Zalo",
    });
  });

  it("is sent even when it was cut inside an emoji", async () => {
    expect(await send("lúa 🌾".slice(0, -1))).toMatchObject({ outcome: "sent" });
    expect(zalo.sent[0]?.text).toBe("lúa \uFFFD");
  });

  it("is billed after 48 hours and waits for the member after 7 days", async () => {
    zalo.pass(49 * HOUR);
    expect(await send("một")).toMatchObject({ outcome: "sent" });
    expect(zalo.sent[0]?.billed).toBe(true);
    zalo.pass(6 * 24 * HOUR);
    expect(await send("hai")).toEqual({
      outcome: "waiting",
      reason: "quá 7 ngày bà con chưa nhắn lại, Zalo chưa cho gửi",
    });
    await zalo.member(MEMBER).says("tôi đây");
    expect(await send("hai")).toMatchObject({ outcome: "sent" });
  });
});

describe("an error of Zalo's, though it comes with HTTP 200,", () => {
  it.each<[number, string, string | RegExp]>([
    [-230, "waiting", /quá 7 ngày/],
    [-232, "waiting", /hết cửa sổ/],
    [-305, "waiting", /quá 48 giờ/],
    [-218, "waiting", /đã nhận đủ/],
    [-213, "refused", /chưa quan tâm/],
    [-217, "refused", /đã chặn/],
    [-227, "refused", /bị khóa/],
    [-244, "refused", /không nhận loại tin/],
    [-201, "refused", /sai nội dung/],
    [-248, "refused", /vi phạm chính sách/],
    [-9999, "refused", /^Zalo từ chối \(-9999\): lạ/],
    [-32, "retry", /gửi chậm lại/],
    [-200, "retry", /tạm chưa gửi/],
    [-234, "retry", /ban đêm/],
    [-224, "retry", /gói dịch vụ/],
    [-321, "retry", /hết tiền/],
  ])("%i leaves the message %s", async (code, outcome, reason) => {
    zalo.refuse(MEMBER, code, "lạ");
    expect(await send("xin chào")).toMatchObject({ outcome, reason: expect.stringMatching(reason) });
  });

  it("that a person must mend is the channel's fault until a send goes well", async () => {
    await send("một");
    zalo.fail("send", { kind: "error", code: -221, message: "OA is not verified" });
    expect(await send("hai")).toMatchObject({ outcome: "retry", afterSeconds: 300 });
    expect(channel.fault()).toBe("trang OA chưa xác thực");
    await send("hai");
    expect(channel.fault()).toBeNull();
  });
});

describe("a fault that surely kept the message away", () => {
  const slowDown: Fault = {
    kind: "status",
    status: 429,
    body: "slow down",
    headers: { "Retry-After": "17" },
  };

  it.each<[string, Fault, number]>([
    ["too many calls", tooMany, 15],
    ["too many calls by HTTP", slowDown, 17],
    ["a page that turns the call back", gatewayPage(403), 60],
  ])("%s asks for a later try", async (_name, fault, afterSeconds) => {
    zalo.fail("send", fault);
    expect(await send("xin chào")).toMatchObject({ outcome: "retry", afterSeconds });
    expect(zalo.sent).toEqual([]);
  });

  it("a server that nobody listens at asks for a later try", async () => {
    await send("một");
    await zalo.stop();
    expect(await send("hai")).toMatchObject({ outcome: "retry", reason: "chưa kết nối được với Zalo" });
    zalo = await startFakeZaloOa();
  });

  it("a signal that ended before the call asks for a later try, and nothing is sent", async () => {
    expect(await send("xin chào", [], AbortSignal.abort())).toMatchObject({ outcome: "retry" });
    expect(zalo.calls.filter(({ path }) => path === "send")).toEqual([]);
  });
});

describe("a fault that may have come after delivery", () => {
  it.each<[string, Fault, number]>([
    ["a reset after delivery", { kind: "reset after delivery" }, 1],
    ["an answer cut off", { kind: "cut-off answer" }, 1],
    ["a reset before anything", { kind: "reset" }, 0],
    ["a gateway's own page", gatewayPage(502), 0],
    ["a page with HTTP 200", gatewayPage(200), 0],
    ["a fault of the server", { kind: "status", status: 500, body: "" }, 0],
    ["silence until the signal ends", { kind: "hang" }, 0],
    ["an answer that comes too late", { kind: "slow", ms: 600 }, 0],
  ])("%s leaves it uncertain", async (_name, fault, delivered) => {
    await send("để có mã truy cập");
    zalo.fail("send", fault);
    expect(await send("xin chào", [], AbortSignal.timeout(300))).toMatchObject({ outcome: "uncertain" });
    expect(zalo.sent).toHaveLength(1 + delivered);
  });
});

describe("through a mocked network", () => {
  afterEach(() => {
    nock.cleanAll();
    nock.restore();
    nock.activate();
  });

  it("one call has the shape that Zalo documents", async () => {
    const oauth = nock("https://oauth.zaloapp.com", { reqheaders: { secret_key: zalo.account.appSecret } })
      .post("/v4/oa/access_token", {
        refresh_token: zalo.account.seed,
        app_id: zalo.account.appId,
        grant_type: "refresh_token",
      })
      .reply(200, { access_token: "access-1", refresh_token: "refresh-1", expires_in: "90000" });
    const call = nock("https://openapi.zalo.me", { reqheaders: { access_token: "access-1" } })
      .post("/v3.0/oa/message/cs", {
        recipient: { user_id: MEMBER },
        message: {
          text: "xin chào",
          attachment: {
            type: "template",
            payload: { buttons: [{ title: "Có", type: "oa.query.show", payload: "Có" }] },
          },
        },
      })
      .reply(200, '{"data":{"message_id":"f6d3cdf3af15046","user_id":"1"},"error":0,"message":"Success"}');
    channel = rig.channel({ apiRoot: "https://openapi.zalo.me", oauthRoot: "https://oauth.zaloapp.com" });
    expect(await send("xin chào", ["Có"])).toEqual({ outcome: "sent", providerId: "f6d3cdf3af15046" });
    expect([oauth.isDone(), call.isDone()]).toEqual([true, true]);
  });
});
