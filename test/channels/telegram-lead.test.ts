import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Receive } from "../../src/conversation/channel.ts";
import { LeadershipStore } from "../../src/db/leaderships.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { OffsetStore } from "../../src/db/offsets.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { eventually, type FakeTelegram, startFakeTelegram } from "../support/fake-telegram.ts";
import { createGate } from "../support/gate.ts";
import { createTestLead } from "../support/lead.ts";
import { createRig, QUICK } from "./telegram-rig.ts";

let telegram: FakeTelegram;
let rig: ReturnType<typeof createRig>;

beforeEach(async () => {
  telegram = await startFakeTelegram();
  rig = createRig(telegram);
});
afterEach(async () => {
  await rig.close();
  await telegram.stop();
});

describe("a replica that does not lead", () => {
  it("neither polls nor touches the webhook, and is ready all the same", async () => {
    const { lead } = createTestLead();
    const channel = rig.channel({ lead });
    await channel.start(rig.keep);
    await eventually(() => channel.fault() === null, "the first contact");
    await new Promise((resolve) => setTimeout(resolve, QUICK.silenceMs + 200));
    expect(telegram.calls.map(({ method }) => method)).toEqual(["getme"]);
    expect(channel.fault()).toBeNull();
  });

  it("ends its poll at once when its term ends, and polls again in the next", async () => {
    const { lead, begin, end } = createTestLead();
    const channel = rig.channel({ lead, pace: { ...QUICK, pollSeconds: 30 } });
    await channel.start(rig.keep);
    await telegram.waitForCalls("getMe");
    begin();
    await telegram.waitForCalls("getUpdates");
    end();
    telegram.member(5).says("không ai hỏi");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rig.received).toEqual([]);
    begin();
    await eventually(() => rig.received.length === 1, "the message");
  });

  it("asks nothing more once its term is over, though nobody has told it yet", async () => {
    const { lead, begin, lose } = createTestLead();
    const gate = createGate<void>();
    const channel = rig.channel({ lead });
    await channel.start((message) => gate.promise.then(() => rig.keep(message)));
    begin();
    telegram.member(5).says("một");
    await telegram.waitForCalls("getUpdates");
    lose();
    const polls = telegram.callsOf("getUpdates").length;
    gate.resolve();
    await eventually(() => rig.received.length === 1, "the message that it had");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(telegram.callsOf("getUpdates")).toHaveLength(polls);
    expect(channel.fault()).toBeNull();
  });
});

describe("a poller that hears nothing", () => {
  it("gives its term up and keeps the fault, so that another may try", async () => {
    const { lead, begin, ended } = createTestLead();
    const channel = rig.channel({ lead });
    await channel.start(rig.keep);
    await telegram.waitForCalls("getMe");
    telegram.fail("getUpdates", { kind: "reset" }, 1_000);
    begin();
    await eventually(() => ended() === 1, "the end of the term");
    await eventually(() => channel.fault()?.startsWith("Telegram im lặng") ?? false, "the fault");
    telegram.heal();
    begin();
    telegram.member(5).says("xin chào");
    await eventually(() => rig.received.length === 1 && channel.fault() === null, "the recovery");
  });

  it("keeps its term while Telegram answers, whatever it says", async () => {
    const { lead, begin, ended } = createTestLead();
    const channel = rig.channel({ lead });
    await channel.start(rig.keep);
    await telegram.waitForCalls("getMe");
    telegram.fail("getUpdates", { kind: "error", code: 500, description: "Internal Server Error" }, 60);
    begin();
    await eventually(() => channel.fault()?.startsWith("Telegram im lặng") ?? false, "the silence");
    telegram.heal();
    telegram.member(5).says("xin chào");
    await eventually(() => rig.received.length === 1, "the message");
    expect(ended()).toBe(0);
  });
});

describe("a poller that was paused past its lease", () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh.drop());

  it("moves no offset, and what both fetched is stored once", async () => {
    const leaderships = new LeadershipStore(fresh.database);
    const offsets = new OffsetStore(fresh.database).of("telegram");
    const messages = new MessageStore(fresh.database);
    const store: Receive = async (message) => void (await messages.receive(message));
    const [former, present] = [createTestLead(1), createTestLead(2)];
    const gate = createGate<void>();
    await leaderships.take("telegram", "former", 60_000);

    const paused = rig.channel({ offsets, lead: former.lead });
    await paused.start((message) => gate.promise.then(() => store(message)));
    former.begin();
    telegram.member(5).says("một");
    telegram.member(5).says("hai");
    await eventually(() => telegram.callsOf("getUpdates").length === 1, "the fetch");

    await leaderships.freeAll();
    await leaderships.take("telegram", "present", 60_000);
    await rig.channel({ offsets, lead: present.lead }).start(store);
    present.begin();
    await eventually(() => telegram.unconfirmed() === 0, "both confirmed by the present one");
    telegram.member(5).says("ba");
    const last = 880_000_004;
    await expect.poll(() => offsets.read()).toBe(last);

    gate.resolve();
    await paused.stop();
    expect(await offsets.read()).toBe(last);
    const { rows } = await fresh.database.pool.query<{ text: string }>(
      "select text from messages order by id",
    );
    expect(rows.map(({ text }) => text)).toEqual(["một", "hai", "ba"]);
  });
});
