import { afterEach, beforeEach, expect, it } from "vitest";
import type { Channel } from "../../src/conversation/channel.ts";
import { type FakeTelegram, startFakeTelegram, tooMany, wrongToken } from "../support/fake-telegram.ts";
import { createRig } from "./telegram-rig.ts";

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const MB = 1024 * 1024;

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

const fetching = (fileId: string, ms = 5_000) => channel.fetchFile?.(fileId, AbortSignal.timeout(ms));

it("asks where a file lies and fetches it from there", async () => {
  telegram.keepFile("anh", { kind: "bytes", bytes: JPEG });
  expect(await fetching("anh")).toEqual({ outcome: "fetched", bytes: JPEG });
  expect(telegram.callsOf("getFile").map(({ payload }) => payload.file_id)).toEqual(["anh"]);
});

it("refuses a file that is too large, whether Telegram says so or the file is larger than it said", async () => {
  telegram.keepFile("lon", { kind: "bytes", bytes: JPEG }, 21 * MB);
  telegram.keepFile("noi-doi", { kind: "endless", bytes: 20 * MB + 1 }, 1000);
  const refusal = { outcome: "refused", reason: "tệp lớn hơn 20 MB" };
  expect(await fetching("lon")).toEqual(refusal);
  expect(await fetching("noi-doi")).toEqual(refusal);
});

it("refuses a file that is gone", async () => {
  telegram.keepFile("mat", { kind: "status", status: 404 });
  expect(await fetching("mat")).toEqual({ outcome: "refused", reason: "tệp không còn nữa" });
  telegram.fail("getFile", { kind: "error", code: 400, description: "Bad Request: invalid file_id" });
  expect(await fetching("mat")).toMatchObject({
    outcome: "refused",
    reason: "Telegram không còn giữ tệp này",
  });
});

it("follows no redirect away from Telegram", async () => {
  telegram.keepFile("vong", { kind: "redirect", to: "http://127.0.0.1:1/bi-mat" });
  expect(await fetching("vong")).toMatchObject({
    outcome: "refused",
    reason: expect.stringContaining("không thuộc"),
  });
});

it("follows no path that climbs out of the bot's own files", async () => {
  telegram.keepFileAt("leo", "../../bi-mat.txt", { kind: "bytes", bytes: JPEG });
  expect(await fetching("leo")).toMatchObject({
    outcome: "refused",
    reason: expect.stringContaining("không thuộc"),
  });
});

it.each([
  ["is unknown for now", () => undefined, "Telegram chưa đưa được tệp này", 15],
  ["comes too fast", () => telegram.fail("getFile", tooMany(7)), "Telegram yêu cầu chờ", 7],
  ["meets a wrong token", () => telegram.fail("getFile", wrongToken), "token sai", 15],
  [
    "loses its answer",
    () => telegram.fail("getFile", { kind: "reset" }),
    "chưa kết nối được với Telegram",
    15,
  ],
])("is asked for again when the call %s", async (_name, goesWrong, reason, afterSeconds) => {
  goesWrong();
  expect(await fetching("anh")).toEqual({ outcome: "retry", reason, afterSeconds });
});

it.each([
  ["breaks off", { kind: "cut off" } as const, "không tải được trọn vẹn tệp"],
  ["fails", { kind: "status", status: 502 } as const, "nơi giữ tệp đang lỗi (502)"],
  ["hangs", { kind: "hang" } as const, "tải tệp quá lâu"],
])("is asked for again when the file %s", async (_name, file, reason) => {
  telegram.keepFile("anh", file);
  expect(await fetching("anh", file.kind === "hang" ? 300 : 10_000)).toMatchObject({
    outcome: "retry",
    reason,
  });
});

it("tells the token to nobody", async () => {
  telegram.keepFile("vong", { kind: "redirect", to: "/elsewhere" });
  telegram.keepFile("mat", { kind: "status", status: 403 });
  const told = [await fetching("vong"), await fetching("mat"), await fetching("khong-co")];
  expect(JSON.stringify([told, rig.logged])).not.toContain(telegram.token.split(":")[1]);
});
