import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createReminders } from "../src/reminders.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createRig, type Rig } from "./support/pipeline-rig.ts";
import { incoming, newPetition } from "./support/samples.ts";

const STAFF_CHAT = { channel: "telegram", chatId: "staff" } as const;
const NOW = new Date("2026-11-26T09:00:00+07:00");

let fresh: FreshDatabase;
let rig: Rig;
beforeAll(async () => {
  fresh = await freshDatabase();
  rig = createRig(fresh.database);
});
afterAll(() => fresh.drop());

const remind = (now = NOW, staffChat: typeof STAFF_CHAT | null = STAFF_CHAT) =>
  createReminders({ ...rig, time: rig.petitions.time, staffChat, now: () => now });

async function all(step: () => Promise<boolean>): Promise<void> {
  while (await step());
}

/** What the staff's chat was told since the last look. */
let seen = 0;
async function told(): Promise<string[]> {
  await rig.settle();
  const texts = rig.textsTo("staff");
  const fresh = texts.slice(seen);
  seen = texts.length;
  return fresh;
}

async function petitionDue(dueOn: string | null, reviewDueOn: string | null = null): Promise<string> {
  const { conversationId } = await rig.messages.receive(incoming());
  const petition = newPetition();
  await fresh.database.tx(async (client) => {
    const id = await rig.petitions.create(client, conversationId, `message:r${petition.code}`, petition);
    await client.query("update petitions set due_on = $2, review_due_on = $3 where id = $1", [
      id,
      dueOn,
      reviewDueOn,
    ]);
  });
  return petition.code;
}

describe("reminding staff", () => {
  it("names what is late, due within two working days, or was not taken into review, each once", async () => {
    const late = await petitionDue("2026-11-25");
    const today = await petitionDue("2026-11-26");
    const overWeekend = await petitionDue("2026-11-30");
    const later = await petitionDue("2026-12-01");
    const untouched = await petitionDue("2026-12-15", "2026-11-25");
    const paused = await petitionDue(null);
    await all(remind());
    const texts = await told();
    expect(texts).toHaveLength(3);
    const [first = "", second = "", third = ""] = texts;
    expect(first).toContain("quá hạn trả lời");
    expect(first).toContain(`${late}: hạn 25/11/2026`);
    expect(second).toContain("sắp đến hạn");
    expect([today, overWeekend].every((code) => second.includes(code))).toBe(true);
    expect(third).toContain(untouched);
    for (const code of [later, paused]) expect(texts.join()).not.toContain(code);

    await all(remind());
    await all(remind(new Date(NOW.getTime() + 3_600_000)));
    expect(await told()).toEqual([]);
  });

  it("speaks again when a petition that was due soon is late, and when its deadline has moved", async () => {
    const code = await petitionDue("2027-03-03");
    await all(remind(new Date("2027-03-02T09:00:00+07:00")));
    expect((await told()).join()).toContain(code);
    await all(remind(new Date("2027-03-04T09:00:00+07:00")));
    expect((await told()).join()).toContain(code);
    await fresh.database.pool.query("update petitions set due_on = '2027-03-05' where code = $1", [code]);
    await all(remind(new Date("2027-03-04T10:00:00+07:00")));
    expect((await told()).join()).toContain(code);
  });

  it("says each thing once though six replicas look at the same time, many in one message", async () => {
    const codes: string[] = [];
    for (let n = 0; n < 50; n++) codes.push(await petitionDue("2027-06-01"));
    const now = new Date("2027-06-02T09:00:00+07:00");
    await Promise.all(Array.from({ length: 6 }, () => all(remind(now))));
    await all(remind(now));
    const text = (await told()).join("\n");
    for (const code of codes) expect(text.split(code)).toHaveLength(2);
  });

  it("holds its tongue where there is no staff chat, and has not counted it as said", async () => {
    const code = await petitionDue("2027-09-01");
    const now = new Date("2027-09-06T09:00:00+07:00");
    expect(await remind(now, null)()).toBe(false);
    await all(remind(now));
    expect((await told()).join()).toContain(code);
  });
});
