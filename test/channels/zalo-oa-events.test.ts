import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseKeepingIds } from "../../src/channels/zalo-oa-api.ts";
import type { Attachment, StaffWords } from "../../src/conversation/channel.ts";
import { type FakeZaloOa, startFakeZaloOa } from "../support/fake-zalo-oa.ts";
import { createRig, post, recorded } from "./zalo-oa-rig.ts";

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

async function receivedFrom(...bodies: string[]) {
  const channel = rig.channel();
  await channel.start(rig.keep);
  for (const body of bodies) expect(await post(channel, body)).toBe(200);
  return rig.received;
}

describe("an event", () => {
  it("of text is a message, with ids longer than a number can hold", async () => {
    expect(await receivedFrom(recorded("text"))).toEqual([
      {
        channel: "zalo-oa",
        chatId: "2468458835296197922",
        externalId: "96d3cdf3af150460909",
        text: "HTX vay không thế chấp được bao nhiêu?",
        attachment: null,
        sentAt: new Date(1540363714987),
      },
    ]);
  });

  it.each<[string, Attachment["kind"], string | null]>([
    ["image", "photo", "https://f1.photo.talk.zdn.vn/7.jpg"],
    ["gif", "other", "https://f1.photo.talk.zdn.vn/g.gif"],
    ["sticker", "sticker", "https://api.zaloapp.com/s/46986"],
    ["audio", "voice", "https://voice-aac-dl.zdn.vn/1/8.aac"],
    ["video", "other", "https://video.zdn.vn/9.mp4"],
    ["file", "document", "https://f9.file.zdn.vn/don.pdf"],
    ["location", "other", null],
    ["link", "other", "https://vbpl.vn/156"],
    ["business-card", "other", "https://zalo.me/84900000000"],
  ])("of %s is a message with its attachment", async (name, kind, reference) => {
    const [message] = await receivedFrom(recorded(name));
    expect(message?.attachment).toMatchObject({ kind, reference });
  });

  it("of a file tells its name and its size, written as a number or not", async () => {
    const odder = recorded("file").replace('"182044"', '"lớn"').replace("60915", "60916");
    const [message, odd] = await receivedFrom(recorded("file"), odder);
    expect(message?.attachment).toMatchObject({ name: "Đơn đề nghị.pdf", size: 182044 });
    expect(odd?.attachment).toEqual({
      kind: "document",
      reference: "https://f9.file.zdn.vn/don.pdf",
      name: "Đơn đề nghị.pdf",
    });
  });

  it("of a kind that is new, or whose payload has another shape, is a message all the same", async () => {
    const odd = (name: string, message: string) =>
      recorded("text")
        .replace("user_send_text", name)
        .replace(/"message": \{[^}]*\}/, `"message": ${message}`);
    const messages = await receivedFrom(
      odd("user_send_poll", '{"msg_id":"p1","attachments":"?"}'),
      odd("user_send_image", '{"msg_id":"p2","attachments":[{"type":"image","payload":7}]}'),
      odd("user_send_location", '{"msg_id":"p3","location":{"latitude":9.7}}'),
    );
    expect(messages.map(({ attachment }) => attachment)).toEqual([
      { kind: "other", reference: null },
      { kind: "photo", reference: null },
      { kind: "other", reference: null },
    ]);
  });

  it.each([
    "submit-info",
    "follow",
    "unfollow",
    "click-chatnow",
    "seen",
    "echo-own",
    "echo-staff",
    "anonymous",
  ])("of %s is nobody's words and is taken politely", async (name) => {
    expect(await receivedFrom(recorded(name))).toEqual([]);
  });

  it("may carry its ids bare and the character NUL, and both are stored as text", async () => {
    const bare = recorded("text")
      .replace('"2468458835296197922"', "2468458835296197922")
      .replace('"1540363714987"', "1540363714987")
      .replace("HTX vay", "HTX\\u0000 vay");
    expect(await receivedFrom(bare)).toMatchObject([
      { chatId: "2468458835296197922", text: "HTX vay không thế chấp được bao nhiêu?" },
    ]);
  });

  it("that echoes what staff wrote in Zalo's console is told with its words, our own is not", async () => {
    const taken: StaffWords[] = [];
    const channel = rig.channel();
    await channel.start(rig.keep, async (words) => void taken.push(words));
    for (const name of ["echo-own", "echo-staff"]) expect(await post(channel, recorded(name))).toBe(200);
    const picture = recorded("echo-staff")
      .replace("oa_send_text", "oa_send_image")
      .replace('"text": "Bà con chờ chút nhé."', '"attachments":[{"payload":{"url":"https://zalo/1.jpg"}}]');
    expect(await post(channel, picture)).toBe(200);
    expect(taken).toMatchObject([
      {
        channel: "zalo-oa",
        chatId: "2468458835296197922",
        externalId: "96d3cdf3af150460921",
        text: "Bà con chờ chút nhé.",
        attachment: null,
      },
      { text: "", attachment: { kind: "photo", reference: "https://zalo/1.jpg" } },
    ]);
    expect(rig.received).toEqual([]);
  });
});

describe("reading JSON", () => {
  it("keeps long integers whole and leaves everything else alone", () => {
    const text =
      '{"id":2468458835296197922,"in":[-123456789012345678,7,1.5,12e30],"s":"a \\"2468458835296197922\\" b"}';
    expect(parseKeepingIds(text)).toEqual({
      id: "2468458835296197922",
      in: ["-123456789012345678", 7, 1.5, 12e30],
      s: 'a "2468458835296197922" b',
    });
  });

  it("is null for what is not JSON", () => {
    for (const text of ["", "<html>", '{"a":', '"'.repeat(9_999)]) expect(parseKeepingIds(text)).toBeNull();
  });
});
