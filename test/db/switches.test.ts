import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChannelName } from "../../src/conversation/channel.ts";
import type { SwitchName } from "../../src/conversation/switch.ts";
import { openDatabase } from "../../src/db/database.ts";
import { SwitchStore } from "../../src/db/switches.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { createRig, createScriptedChannel, type Rig } from "../support/pipeline-rig.ts";
import { hire, incoming } from "../support/samples.ts";

let fresh: FreshDatabase;
let switches: SwitchStore;
let admin: number;

beforeAll(async () => {
  fresh = await freshDatabase();
  switches = new SwitchStore(fresh.database);
  admin = await hire(fresh.database, "Quản trị");
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  for (const { name } of await switches.off()) await turn(name, true);
});

const turn = (name: SwitchName, isOn: boolean) => switches.turn(name, isOn, admin, "sự cố");
const waitingOn = async (name: SwitchName) => {
  const row = (await switches.list()).find((one) => one.name === name);
  return [row?.heard, row?.toSend];
};
let chats = 0;
const newChat = () => `chat-${++chats}`;

/** Two channels, so that one can be off while the other goes on. */
function rigOn(database = fresh.database): Rig & { zalo: ReturnType<typeof createScriptedChannel> } {
  const zalo = createScriptedChannel();
  const telegram = createScriptedChannel();
  const channels = new Map<ChannelName, typeof zalo.channel>([
    ["telegram", telegram.channel],
    ["zalo-bot", zalo.channel],
  ]);
  return { ...createRig(database, { channels }), ...telegram, zalo };
}

describe("a channel that is switched off", () => {
  it("keeps what members write, sends nothing, and lets the other channels go on", async () => {
    const rig = rigOn();
    const chat = newChat();
    await turn("telegram", false);
    await rig.says(chat, "một");
    await rig.says(chat, "hai");
    await rig.pipeline.receive(incoming({ channel: "zalo-bot", chatId: chat, text: "ba" }));
    await rig.settle();
    expect(rig.sent).toEqual([]);
    expect(rig.zalo.sent.map(({ text }) => text)).toEqual(["Trả lời: ba"]);
    expect(await rig.statuses(chat)).toEqual(["member switched-off", "member switched-off"]);
    expect(await waitingOn("telegram")).toEqual([2, 0]);
  });

  it("is answered in order once it is on again, nothing lost and nothing doubled", async () => {
    const rig = rigOn();
    const chat = newChat();
    await turn("telegram", false);
    for (const text of ["một", "hai", "ba"]) await rig.says(chat, text);
    await rig.settle();
    await turn("telegram", true);
    await rig.settle();
    expect(rig.sent.filter(({ chatId }) => chatId === chat).map(({ text }) => text)).toEqual([
      "Trả lời: một",
      "Trả lời: hai",
      "Trả lời: ba",
    ]);
    expect(await waitingOn("telegram")).toEqual([0, 0]);
  });

  it("holds a reply that was ready, visibly, until it is on again", async () => {
    const rig = rigOn();
    const chat = newChat();
    await rig.says(chat, "một");
    await rig.pipeline.handleNext();
    await turn("telegram", false);
    expect(await rig.pipeline.deliverNext()).toBe(false);
    expect(await rig.statuses(chat)).toEqual(["member done", "bot switched-off"]);
    expect(await waitingOn("telegram")).toEqual([0, 1]);
    await turn("telegram", true);
    await rig.settle();
    expect(await rig.statuses(chat)).toEqual(["member done", "bot done"]);
  });

  it("is off for another replica from the commit, and wakes it when it is on again", async () => {
    const other = await openDatabase({ url: fresh.url, dataDir: "", log: () => {} });
    try {
      const here = rigOn();
      const there = rigOn(other);
      const woken: string[] = [];
      await other.listen("messages", (payload) => void woken.push(payload));
      await turn("telegram", false);
      const chat = newChat();
      await here.says(chat, "một");
      expect([await there.pipeline.handleNext(), await here.pipeline.handleNext()]).toEqual([false, false]);
      woken.length = 0;
      await new SwitchStore(other).turn("telegram", true, admin, "đã sửa");
      expect(await here.pipeline.handleNext()).toBe(true);
      await expect.poll(() => woken).toContain("");
      await here.settle();
    } finally {
      await other.close();
    }
  });
});

describe("a switch", () => {
  it("tells since when, by whom and why, and each change is kept and audited", async () => {
    await turn("zalo-oa", false);
    const [off] = await switches.off();
    expect(off).toMatchObject({ name: "zalo-oa", isOn: false, by: "Quản trị", reason: "sự cố" });
    expect(Date.now() - (off?.since?.getTime() ?? 0)).toBeLessThan(60_000);
    expect((await switches.history(1))[0]).toMatchObject({ name: "zalo-oa", isOn: false, by: "Quản trị" });
    const { rows } = await fresh.database.pool.query(
      "select action, subject from audit order by id desc limit 1",
    );
    expect(rows).toEqual([{ action: "switched-off", subject: "switch:zalo-oa" }]);
  });

  it("that stands so already changes nothing", async () => {
    const before = (await switches.history()).length;
    expect(await turn("web-chat", true)).toBe(false);
    expect(await switches.history()).toHaveLength(before);
  });

  it("is turned once by two admins at the same time", async () => {
    const turns = await Promise.all([turn("web-chat", false), turn("web-chat", false)]);
    expect(turns.filter(Boolean)).toHaveLength(1);
  });
});
