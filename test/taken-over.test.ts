import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Channel, ChannelName } from "../src/conversation/channel.ts";
import { ZaloTokenStore } from "../src/db/zalo-tokens.ts";
import { createTakenOver } from "../src/taken-over.ts";
import { createRig, post, recorded } from "./channels/zalo-oa-rig.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { ACCOUNT, type FakeZaloOa, startFakeZaloOa } from "./support/fake-zalo-oa.ts";
import { createRig as createPipelineRig } from "./support/pipeline-rig.ts";

const FIRST = 2_468_458_835_296_197_000n;
let fresh: FreshDatabase;
let zalo: FakeZaloOa;
let rig: ReturnType<typeof createRig>;
let channel: Channel;
let house: ReturnType<typeof createPipelineRig>;
let people = 0;
let isDown = false;

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
  const takenOver = createTakenOver(fresh.database, house.conversations);
  isDown = false;
  await channel.start(
    async (message) => void (await house.pipeline.receive(message)),
    async (words) => {
      await takenOver(words);
      if (isDown) throw new Error("the answer of the database is lost");
    },
  );
  zalo.poster.postTo((headers, body) => channel.webhook?.(headers, body) ?? Promise.resolve({ status: 0 }));
});

afterEach(async () => {
  await rig.close();
  await zalo.stop();
  await fresh.database.pool.query("truncate zalo_tokens, zalo_rotations");
});

const someone = () => zalo.member(String(FIRST + BigInt(++people)));
const linesOf = (chatId: string) => house.messages.transcript("zalo-oa", chatId, 0);

/** An echo as Zalo posts it, to this member. */
function echoTo(userId: string, name: "echo-own" | "echo-staff" = "echo-staff", msgId?: string): string {
  const echo = recorded(name).replace('"2468458835296197922"', `"${userId}"`);
  return msgId ? echo.replace(/"msg_id": "[^"]*"/, `"msg_id": "${msgId}"`) : echo;
}

async function chatOf(userId: string): Promise<{ id: number; isHeld: boolean } | undefined> {
  const { rows } = await fresh.database.pool.query(
    `select id, held_by_staff as "isHeld" from conversations where channel = 'zalo-oa' and chat_id = $1`,
    [userId],
  );
  return rows[0];
}

async function handBack(userId: string): Promise<void> {
  const id = (await chatOf(userId))?.id ?? 0;
  await fresh.database.tx((client) => house.conversations.hold(client, id, false));
}

describe("what staff write in Zalo's own console", () => {
  it("stands in the transcript as theirs, is not sent again, and silences the bot", async () => {
    const member = someone();
    await member.says("vay bao nhiêu");
    await house.settle();
    expect(await post(channel, echoTo(member.id))).toBe(200);
    expect((await linesOf(member.id)).at(-1)).toMatchObject({
      author: "staff",
      text: "Bà con chờ chút nhé.",
      status: "done",
      sentAt: new Date(1540363714994),
    });
    expect((await chatOf(member.id))?.isHeld).toBe(true);

    const sent = zalo.sent.length;
    await member.says("dạ cảm ơn");
    await house.settle();
    expect(zalo.sent).toHaveLength(sent);
    expect((await linesOf(member.id)).at(-1)).toMatchObject({ author: "member", outcome: "held_by_staff" });
  });

  it("makes a chat that was not known before", async () => {
    const { id } = someone();
    expect(await post(channel, echoTo(id))).toBe(200);
    expect((await chatOf(id))?.isHeld).toBe(true);
    expect(await linesOf(id)).toHaveLength(1);
  });

  it("is noted once and does not take the chat again when it is echoed after staff handed it back", async () => {
    const { id } = someone();
    await post(channel, echoTo(id));
    await handBack(id);
    expect(await post(channel, echoTo(id))).toBe(200);
    expect((await chatOf(id))?.isHeld).toBe(false);
    expect(await linesOf(id)).toHaveLength(1);

    await post(channel, echoTo(id, "echo-staff", "96d3cdf3af150469999"));
    expect((await chatOf(id))?.isHeld).toBe(true);
    expect(await linesOf(id)).toHaveLength(2);
  });

  it("is answered with 503 until it is kept, so that Zalo posts it again, and then counts once", async () => {
    const { id } = someone();
    isDown = true;
    expect(await post(channel, echoTo(id))).toBe(503);
    expect(channel.fault()).not.toBeNull();
    expect(rig.logged.join()).not.toContain("Bà con chờ");
    isDown = false;
    expect(await post(channel, echoTo(id))).toBe(200);
    expect(await linesOf(id)).toHaveLength(1);
    expect((await chatOf(id))?.isHeld).toBe(true);
  });

  it("leaves neither words nor a held chat behind when keeping it fails half-way", async () => {
    const { id } = someone();
    const broken = createTakenOver(fresh.database, {
      takeOver: async () => {
        throw new Error("cut off");
      },
    } as unknown as typeof house.conversations);
    const other = rig.channel();
    await other.start(rig.keep, broken);
    expect(await post(other, echoTo(id))).toBe(503);
    expect(await chatOf(id)).toBeUndefined();
  });

  it("goes with the member's data when he has them deleted", async () => {
    const { id } = someone();
    await post(channel, echoTo(id));
    const chat = (await chatOf(id))?.id ?? 0;
    await fresh.database.tx((client) => house.conversations.erase(client, chat));
    const { rows } = await fresh.database.pool.query(
      "select key, text, provider_id from messages where conversation_id = $1",
      [chat],
    );
    expect(JSON.stringify(rows)).not.toMatch(/Bà con chờ|96d3cdf3af150460921/);
  });
});

describe("the echo of a reply of ours", () => {
  it("is no take-over, neither without an author nor when it carries one by the id we sent it under", async () => {
    const member = someone();
    await member.says("vay bao nhiêu");
    await house.settle();
    const { rows } = await fresh.database.pool.query<{ id: string }>(
      "select provider_id as id from messages where conversation_id = $1 and direction = 'out'",
      [(await chatOf(member.id))?.id],
    );
    const ours = rows[0]?.id;
    expect(ours).toBeTruthy();
    expect(await post(channel, echoTo(member.id, "echo-own"))).toBe(200);
    expect(await post(channel, echoTo(member.id, "echo-staff", ours))).toBe(200);
    expect((await chatOf(member.id))?.isHeld).toBe(false);
    expect((await linesOf(member.id)).map(({ author }) => author)).toEqual(["member", "bot"]);
  });
});
