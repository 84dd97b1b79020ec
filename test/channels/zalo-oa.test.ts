import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Channel, ChannelName } from "../../src/conversation/channel.ts";
import { ZaloTokenStore } from "../../src/db/zalo-tokens.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { ACCOUNT, type FakeZaloOa, startFakeZaloOa, tooMany } from "../support/fake-zalo-oa.ts";
import { createRig as createPipelineRig } from "../support/pipeline-rig.ts";
import { passWaits } from "../support/samples.ts";
import { createRig, post, recorded } from "./zalo-oa-rig.ts";

const DAY = 24 * 3_600_000;
let fresh: FreshDatabase;
let zalo: FakeZaloOa;
let rig: ReturnType<typeof createRig>;
let channel: Channel;
let house: ReturnType<typeof createPipelineRig>;
let people = 0;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

beforeEach(async () => {
  zalo = await startFakeZaloOa();
  rig = createRig(zalo);
  channel = rig.channel({ tokens: new ZaloTokenStore(fresh.database, ACCOUNT.appId) });
  house = createPipelineRig(fresh.database, {
    channels: new Map<ChannelName, Channel>([["zalo-oa", channel]]),
  });
  await channel.start(async (message) => void (await house.pipeline.receive(message)));
  zalo.poster.postTo((headers, body) => channel.webhook?.(headers, body) ?? Promise.resolve({ status: 0 }));
});

afterEach(async () => {
  await rig.close();
  await zalo.stop();
  await fresh.database.pool.query("truncate zalo_tokens, zalo_rotations");
});

const someone = () => zalo.member(String(2_468_458_835_296_197_900n + BigInt(++people)));
const textsTo = (userId: string) =>
  zalo.sent.filter((each) => each.userId === userId).map(({ text }) => text);
const statusesOf = async (userId: string) =>
  (await house.messages.transcript("zalo-oa", userId, 0)).map(({ author, status }) => `${author} ${status}`);

async function staffWriteTo(userId: string, text: string): Promise<void> {
  const { rows } = await fresh.database.pool.query<{ id: number }>(
    "select id from conversations where chat_id = $1",
    [userId],
  );
  await house.database.tx((client) =>
    house.messages.enqueue(client, rows[0]?.id ?? 0, [
      { key: `staff:${text}`, author: "staff", reply: { text, choices: [] } },
    ]),
  );
  await house.settle();
}

describe("a member on Zalo", () => {
  it("is answered in the chat the message came from", async () => {
    const member = someone();
    expect(await member.says("vay bao nhiêu")).toEqual({ status: 200, tries: 1 });
    await house.settle();
    expect(textsTo(member.id)).toEqual(["Trả lời: vay bao nhiêu"]);
    expect(channel.fault()).toBeNull();
  });

  it("gets a reply that came outside the window once, as soon as he writes again", async () => {
    const member = someone();
    await member.says("hỏi");
    await house.settle();
    zalo.pass(8 * DAY);
    await staffWriteTo(member.id, "Quỹ đã duyệt hồ sơ.");
    expect(textsTo(member.id)).toEqual(["Trả lời: hỏi"]);
    expect(await statusesOf(member.id)).toEqual(["member done", "bot done", "staff waiting"]);
    await house.settle();
    await member.says("có tin gì chưa");
    await house.settle();
    await house.settle();
    expect(textsTo(member.id)).toEqual(["Trả lời: hỏi", "Quỹ đã duyệt hồ sơ.", "Trả lời: có tin gì chưa"]);
    expect(await statusesOf(member.id)).toEqual(Array(5).fill(expect.stringContaining("done")));
  });

  it("who blocked the account holds up nobody and is not tried again", async () => {
    const [blocked, other] = [someone(), someone()];
    zalo.refuse(blocked.id, -217, "User blocked");
    await blocked.says("một");
    await other.says("hai");
    await house.settle();
    expect(await statusesOf(blocked.id)).toEqual(["member done", "bot refused"]);
    expect(textsTo(other.id)).toEqual(["Trả lời: hai"]);
  });

  it("loses nothing when Zalo asks to slow down", async () => {
    const member = someone();
    zalo.fail("send", tooMany);
    await member.says("một");
    await house.settle();
    expect(textsTo(member.id)).toEqual([]);
    await passWaits(fresh.database);
    await house.settle();
    expect(textsTo(member.id)).toEqual(["Trả lời: một"]);
  });

  it("is answered once though Zalo posts his message a hundred times in a row and a hundred times at once", async () => {
    const body = recorded("text");
    for (let n = 0; n < 100; n++) expect(await post(channel, body)).toBe(200);
    const atOnce = await Promise.all(Array.from({ length: 100 }, () => post(channel, body)));
    // A post that waits in the queue of the database is turned back in time, and Zalo posts it again.
    expect(atOnce.every((status) => status === 200 || status === 503)).toBe(true);
    await house.settle();
    expect(await house.messages.transcript("zalo-oa", "2468458835296197922", 0)).toHaveLength(2);
  });

  it("is acknowledged well within Zalo's two seconds", async () => {
    const took: number[] = [];
    for (let n = 0; n < 100; n++) {
      const member = someone();
      const began = performance.now();
      await member.says(`câu ${n}`);
      took.push(performance.now() - began);
    }
    took.sort((a, b) => a - b);
    expect(took.at(98)).toBeLessThan(1_000);
  });
});
