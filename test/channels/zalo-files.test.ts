import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Channel } from "../../src/conversation/channel.ts";
import type { createFileHost, KeptFile } from "../support/fake-files.ts";
import { type FakeZaloBot, startFakeZaloBot } from "../support/fake-zalo-bot.ts";
import { type FakeZaloOa, startFakeZaloOa } from "../support/fake-zalo-oa.ts";
import { createRig as createBotRig } from "./zalo-bot-rig.ts";
import { createRig as createOaRig } from "./zalo-oa-rig.ts";

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
const MB = 1024 * 1024;
const ELSEWHERE = { outcome: "refused", reason: "địa chỉ tệp không thuộc nơi được phép tải" };

let bot: FakeZaloBot;
let oa: FakeZaloOa;
type Side = {
  root: string;
  host: ReturnType<typeof createFileHost>;
  /** A channel whose API is at this root. */
  at(apiRoot?: string): Channel;
};
const sides = {} as Record<"zalo-bot" | "zalo-oa", Side>;

beforeAll(async () => {
  bot = await startFakeZaloBot();
  oa = await startFakeZaloOa();
  const botRig = createBotRig(bot);
  const oaRig = createOaRig(oa);
  sides["zalo-bot"] = {
    root: bot.apiRoot,
    host: bot.host,
    at: (apiRoot = bot.apiRoot) => botRig.channel({ apiRoot }),
  };
  sides["zalo-oa"] = { root: oa.root, host: oa.host, at: (apiRoot = oa.root) => oaRig.channel({ apiRoot }) };
});

afterAll(() => Promise.all([bot.stop(), oa.stop()]));
afterEach(() => vi.unstubAllGlobals());

describe.each(["zalo-bot", "zalo-oa"] as const)("%s", (name) => {
  async function fetching(file: KeptFile, ms = 5_000) {
    const { root, host, at } = sides[name];
    host.put("/anh.png", file);
    return at().fetchFile?.(`${root}/anh.png`, AbortSignal.timeout(ms));
  }

  it("fetches a file from where the message says", async () => {
    expect(await fetching({ kind: "bytes", bytes: PNG })).toEqual({ outcome: "fetched", bytes: PNG });
  });

  it("follows a redirect that stays at Zalo", async () => {
    sides[name].host.put("/moi.png", { kind: "bytes", bytes: PNG });
    expect(await fetching({ kind: "redirect", to: "/moi.png" })).toMatchObject({ outcome: "fetched" });
  });

  it("follows no redirect to elsewhere, and none without end", async () => {
    const other = name === "zalo-bot" ? sides["zalo-oa"] : sides["zalo-bot"];
    other.host.put("/bi-mat", { kind: "bytes", bytes: PNG });
    expect(await fetching({ kind: "redirect", to: `${other.root}/bi-mat` })).toEqual(ELSEWHERE);
    expect(other.host.asked).not.toContain("/bi-mat");
    expect(await fetching({ kind: "redirect", to: "/anh.png" })).toMatchObject({ outcome: "refused" });
  });

  it.each<[string, KeptFile, object]>([
    [
      "too large",
      { kind: "endless", bytes: 20 * MB + 1 },
      { outcome: "refused", reason: "tệp lớn hơn 20 MB" },
    ],
    ["gone", { kind: "status", status: 404 }, { outcome: "refused", reason: "tệp không còn nữa" }],
    ["forbidden", { kind: "status", status: 403 }, { outcome: "refused" }],
    ["empty", { kind: "bytes", bytes: new Uint8Array() }, { outcome: "refused", reason: "tệp rỗng" }],
    [
      "at a broken server",
      { kind: "status", status: 503 },
      { outcome: "retry", reason: "nơi giữ tệp đang lỗi (503)" },
    ],
    ["broken off", { kind: "cut off" }, { outcome: "retry", reason: "không tải được trọn vẹn tệp" }],
    ["slow", { kind: "hang" }, { outcome: "retry", reason: "tải tệp quá lâu" }],
  ])("tells of a file that is %s", async (_name, file, told) => {
    expect(await fetching(file, file.kind === "hang" ? 300 : 10_000)).toMatchObject(told);
  });

  it.each([
    "http://127.0.0.1:9/anh.png",
    "https://169.254.169.254/latest/meta-data",
    "http://photo-stal-1.zdn.vn/anh.png",
    "https://zdn.vn.example.com/anh.png",
    "https://evilzdn.vn/anh.png",
    "https://photo.zdn.vn:8443/anh.png",
    "https://zdn.vn@example.com/anh.png",
    "https://user@photo.zdn.vn/anh.png",
    "file:///etc/passwd",
    "photo-stal-1.zdn.vn/anh.png",
    "123456",
  ])("never calls %s", async (address) => {
    const called = vi.fn();
    vi.stubGlobal("fetch", called);
    expect(await sides[name].at().fetchFile?.(address, AbortSignal.timeout(1_000))).toEqual(ELSEWHERE);
    expect(called).not.toHaveBeenCalled();
  });

  it.each([
    "https://photo-stal-1.zdn.vn/1/a.jpg",
    "https://f1.photo.talk.zdn.vn/7.jpg",
    "https://zalo-api.zadn.vn/a.jpg",
  ])("calls %s", async (address) => {
    vi.stubGlobal("fetch", async (url: string) => {
      expect(url).toBe(address);
      return new Response(new Uint8Array(PNG));
    });
    const channel = sides[name].at("https://openapi.zalo.me");
    expect(await channel.fetchFile?.(address, AbortSignal.timeout(1_000))).toMatchObject({
      outcome: "fetched",
    });
  });

  it("does not take the API's own root for a place of files where that is no server on this machine", async () => {
    vi.stubGlobal("fetch", vi.fn());
    const channel = sides[name].at("https://api.example.com");
    expect(await channel.fetchFile?.("https://api.example.com/a", AbortSignal.timeout(1_000))).toEqual(
      ELSEWHERE,
    );
  });
});
