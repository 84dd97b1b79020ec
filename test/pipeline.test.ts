import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Respond } from "../src/conversation/respond.ts";
import { ConversationState } from "../src/conversation/state.ts";
import { wording } from "../src/conversation/wording.ts";
import { ConversationStore } from "../src/db/conversations.ts";
import type { Database } from "../src/db/database.ts";
import { ERRORS_UNTIL_DEAD, MessageStore } from "../src/db/messages.ts";
import { PetitionStore } from "../src/db/petitions.ts";
import { startLoop } from "../src/loop.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createGate } from "./support/gate.ts";
import { createRig, echo } from "./support/pipeline-rig.ts";
import { expireLeases, messageRow, newPetition, passWaits, turn } from "./support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
});
afterEach(async () => {
  vi.useRealTimers();
  await database.pool.query("update messages set status = 'done' where status = 'open'");
});
afterAll(() => fresh.drop());

describe("a message", () => {
  it("is answered in its own chat, and both lines are done", async () => {
    const rig = createRig(database);
    const id = await rig.says("hoa", "vay vốn?");
    await rig.settle();
    expect(rig.sent).toEqual([{ chatId: "hoa", text: "Trả lời: vay vốn?", choices: [] }]);
    expect(await rig.statuses("hoa")).toEqual(["member done", "bot done"]);
    expect(await messageRow(database, id)).toMatchObject({ outcome: "answered" });
  });

  it("is stored before its sender hears that it arrived", async () => {
    const rig = createRig(database);
    const { id } = await rig.pipeline.receive({
      channel: "telegram",
      chatId: "stored",
      externalId: "1",
      text: "có ai không",
      attachment: null,
      sentAt: new Date(),
    });
    expect(await messageRow(database, id)).toMatchObject({ text: "có ai không", status: "open" });
    expect(await rig.pipeline.handleNext()).toBe(true);
    expect(await rig.pipeline.handleNext()).toBe(false);
  });

  it("is answered once, however often it is sent again", async () => {
    const rig = createRig(database);
    for (let n = 0; n < 5; n++) {
      await rig.says("again", "một câu", "same id");
      await rig.settle();
    }
    expect(rig.textsTo("again")).toEqual(["Trả lời: một câu"]);
  });

  it("reaches the answerer with its chat's state and the day, and shows that an answer is being prepared", async () => {
    const heard: unknown[] = [];
    const rig = createRig(database, {
      respond: async (given) => {
        heard.push(given);
        return turn("ok", { state: ConversationState.parse({ recentQuestions: [given.text] }) });
      },
    });
    await rig.says("state", "câu một");
    await rig.says("state", "câu hai");
    await rig.settle();
    expect(heard).toMatchObject([
      { text: "câu một", attachment: null, state: { recentQuestions: [] }, today: "2026-11-24" },
      { text: "câu hai", state: { recentQuestions: ["câu một"] } },
    ]);
    expect(rig.typing).toEqual(["state", "state"]);
  });

  it("keeps its trace and its outcome for staff", async () => {
    const rig = createRig(database, {
      respond: async () => turn("chưa rõ", { outcome: "unanswered_no_support", trace: { candidates: [1] } }),
    });
    const id = await rig.says("trace", "hỏi khó");
    await rig.settle();
    expect(await messageRow(database, id)).toMatchObject({
      outcome: "unanswered_no_support",
      trace: { candidates: [1] },
    });
  });
});

describe("a Turn", () => {
  const petition = newPetition();
  const full: Respond = async () =>
    turn("Đã nhận kiến nghị", {
      petition: { ...petition, code: newPetition().code },
      outcome: "petition_received",
      state: ConversationState.parse({ greeted: true }),
    });

  async function traces(chatId: string) {
    const { rows } = await database.pool.query(
      `select c.state ->> 'greeted' as greeted,
              (select count(*)::int from petitions p where p.conversation_id = c.id) as petitions,
              (select count(*)::int from messages m where m.conversation_id = c.id and m.direction = 'out') as replies,
              (select count(*)::int from messages m where m.conversation_id = c.id and m.status = 'done') as done
       from conversations c where c.chat_id = $1`,
      [chatId],
    );
    return rows[0];
  }

  it("commits the reply, the state and the petition, with the reply pointing to its petition", async () => {
    const rig = createRig(database, { respond: full });
    await rig.says("whole", "Gửi");
    await rig.pipeline.handleNext();
    expect(await traces("whole")).toEqual({ greeted: "true", petitions: 1, replies: 1, done: 1 });
    const { rows } = await database.pool.query(
      "select m.petition_id = p.id as same from messages m join petitions p on p.conversation_id = m.conversation_id where m.direction = 'out' and p.origin_key like 'message:%' and p.conversation_id = (select id from conversations where chat_id = 'whole')",
    );
    expect(rows).toEqual([{ same: true }]);
  });

  const failOnce = <T extends object>(store: T, method: keyof T): T => {
    vi.spyOn(store, method as never).mockRejectedValueOnce(new Error("the disk is full") as never);
    return store;
  };

  it.each([
    ["the petition", (db: Database) => ({ petitions: failOnce(new PetitionStore(db), "create") })],
    ["the state", (db: Database) => ({ conversations: failOnce(new ConversationStore(db), "saveState") })],
    ["the reply", (db: Database) => ({ messages: failOnce(new MessageStore(db), "enqueue") })],
  ])("leaves nothing behind when %s cannot be stored, and is worked out again", async (what, broken) => {
    const rig = createRig(database, { respond: full, ...broken(database) });
    const id = await rig.says(what, "Gửi");
    await rig.settle();
    expect(await traces(what)).toEqual({ greeted: null, petitions: 0, replies: 0, done: 0 });
    expect(await messageRow(database, id)).toMatchObject({
      status: "open",
      errors: 1,
      reason: "Error: the disk is full",
    });
    await passWaits(database);
    await rig.settle();
    expect(await traces(what)).toMatchObject({ greeted: "true", petitions: 1, replies: 1 });
    expect(rig.textsTo(what)).toEqual(["Đã nhận kiến nghị"]);
  });

  it("of a process that was given up for dead is dropped when it wakes", async () => {
    const gate = createGate<void>();
    const rig = createRig(database, {
      owner: "paused",
      respond: (heard) => gate.promise.then(() => full(heard)),
    });
    const other = createRig(database, { owner: "alive", respond: full });
    await rig.says("fenced", "Gửi");
    const paused = rig.pipeline.handleNext();
    await vi.waitFor(async () => expect(await messageLease("fenced")).toBe("paused"));
    await expireLeases(database);
    await other.settle();
    gate.resolve();
    await paused;
    expect(await traces("fenced")).toMatchObject({ petitions: 1, replies: 1 });
    await rig.settle();
    expect([...other.textsTo("fenced"), ...rig.textsTo("fenced")]).toHaveLength(1);
  });
});

async function messageLease(chatId: string): Promise<string | null> {
  const { rows } = await database.pool.query(
    "select lease_owner from messages m join conversations c on c.id = m.conversation_id where c.chat_id = $1",
    [chatId],
  );
  return rows[0]?.lease_owner ?? null;
}

describe("an answer that takes its time", () => {
  it("keeps its message, since the lease is renewed while it is worked out", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const gate = createGate<void>();
    const rig = createRig(database, { respond: (heard) => gate.promise.then(() => echo(heard)) });
    const id = await rig.says("slow", "câu khó");
    const handling = rig.pipeline.handleNext();
    await vi.waitFor(async () => expect(await messageLease("slow")).toBe("rig"));
    await expireLeases(database);
    await vi.advanceTimersByTimeAsync(8_000);
    await vi.waitFor(async () =>
      expect((await messageRow(database, id)).lease_until).toSatisfy((until: Date) => until > new Date()),
    );
    gate.resolve();
    await handling;
    expect(vi.getTimerCount()).toBe(0);
  });

  it("survives a renewal that fails, and ends no process with it", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const messages = new MessageStore(database);
    vi.spyOn(messages, "renew").mockRejectedValue(new Error("the database is away"));
    const gate = createGate<void>();
    const rig = createRig(database, { messages, respond: (heard) => gate.promise.then(() => echo(heard)) });
    const unhandled = vi.fn();
    process.once("unhandledRejection", unhandled);
    await rig.says("renewal", "câu khó");
    const handling = rig.pipeline.handleNext();
    await vi.waitFor(async () => expect(await messageLease("renewal")).toBe("rig"));
    await vi.advanceTimersByTimeAsync(8_000);
    await sleep(20);
    gate.resolve();
    await handling;
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    await rig.settle();
    expect(rig.textsTo("renewal")).toEqual(["Trả lời: câu khó"]);
    expect(rig.logged).toContainEqual(expect.objectContaining({ msg: "a lease was not renewed" }));
  });
});

describe("the order of a chat", () => {
  it("is kept under four handlers and six senders, which work on several chats at once", async () => {
    const atWork: string[] = [];
    const together: number[] = [];
    const rig = createRig(database, {
      respond: async ({ text, state }) => {
        const chat = text.slice(0, 6);
        if (atWork.includes(chat)) throw new Error("two messages of one chat at once");
        together.push(atWork.push(chat));
        await sleep(Math.random() * 20);
        atWork.splice(atWork.indexOf(chat), 1);
        return turn(text, { state });
      },
    });
    const chats = ["chat-0", "chat-1", "chat-2", "chat-3", "chat-4"];
    for (let n = 0; n < 8; n++) for (const chat of chats) await rig.says(chat, `${chat} ${n}`);
    const faults: unknown[] = [];
    const options = { idleMs: 20, onError: (error: unknown) => void faults.push(error) };
    const loops = [
      startLoop(rig.pipeline.handleNext, { ...options, workers: 4 }),
      startLoop(rig.pipeline.deliverNext, { ...options, workers: 6 }),
    ];
    await vi.waitFor(() => expect(rig.sent).toHaveLength(40), 15_000);
    await Promise.all(loops.map((loop) => loop.stop()));
    for (const chat of chats)
      expect(rig.textsTo(chat)).toEqual(Array.from({ length: 8 }, (_, n) => `${chat} ${n}`));
    expect(Math.max(...together)).toBeGreaterThan(1);
    expect([...faults, ...rig.logged]).toEqual([]);
  });
});

describe("a long reply", () => {
  it("becomes several rows within the channel's length, with the choices under the last", async () => {
    const sentence = "Hợp tác xã được vay không cần tài sản bảo đảm.";
    const text = Array.from({ length: 6 }, () => sentence).join(" ");
    const rig = createRig(database, {
      capabilities: { maxTextLength: 100 },
      respond: async () => turn("", { replies: [{ text, choices: ["Có", "Không"] }] }),
    });
    await rig.says("long", "kể hết đi");
    await rig.settle();
    const texts = rig.textsTo("long");
    expect(texts).toEqual([`${sentence} ${sentence}`, `${sentence} ${sentence}`, `${sentence} ${sentence}`]);
    expect(rig.sent.map(({ choices }) => choices)).toEqual([[], [], ["Có", "Không"]]);
  });
});

describe("a message that cannot be handled", () => {
  it("is dead after five errors, its member is told, and the chat and the others go on", async () => {
    const respond: Respond = async (heard) => {
      if (heard.text === "độc") throw new Error("no way");
      return echo(heard);
    };
    const rig = createRig(database, { respond });
    const poison = await rig.says("poisoned", "độc");
    await rig.says("poisoned", "câu sau");
    for (let n = 1; n < ERRORS_UNTIL_DEAD; n++) {
      await rig.says("healthy", `câu ${n}`);
      await rig.settle();
      expect(rig.textsTo("healthy")).toHaveLength(n);
      expect(rig.textsTo("poisoned")).toEqual([]);
      await passWaits(database);
    }
    await rig.settle();
    expect(await messageRow(database, poison)).toMatchObject({ status: "dead", reason: "Error: no way" });
    expect(rig.textsTo("poisoned")).toEqual([wording.failed, "Trả lời: câu sau"]);
  });

  it("is reported without its words", async () => {
    const rig = createRig(database, {
      respond: async () => {
        throw new Error("no way");
      },
    });
    const id = await rig.says("reported", "số của tôi là 0912345678");
    await rig.settle();
    expect(rig.logged).toMatchObject([{ level: 50, message: id, err: { message: "no way" } }]);
    expect(JSON.stringify(rig.logged)).not.toContain("0912345678");
  });
});

describe("a chat that people hold", () => {
  const handOver: Respond = async (heard) =>
    heard.text === "/canbo" ? turn("Đã chuyển cho cán bộ", { handOver: true }) : echo(heard);

  it("is silent after the hand-over, keeps what is written, and answers again when it is handed back", async () => {
    const rig = createRig(database, { respond: vi.fn(handOver) });
    await rig.says("held", "/canbo");
    await rig.settle();
    const silent = await rig.says("held", "có ai không");
    await rig.settle();
    expect(rig.textsTo("held")).toEqual(["Đã chuyển cho cán bộ"]);
    expect(rig.respond).toHaveBeenCalledTimes(1);
    expect(rig.typing).toEqual(["held"]);
    expect(await messageRow(database, silent)).toMatchObject({
      status: "done",
      outcome: "held_by_staff",
      text: "có ai không",
    });
    const [chat] = await rig.conversations.held();
    await rig.desk.handBack(chat?.id ?? 0, "form-1");
    await rig.says("held", "câu mới");
    await rig.settle();
    expect(rig.textsTo("held").slice(1)).toEqual([wording.handedBack, "Trả lời: câu mới"]);
  });
});

describe("a delivery", () => {
  it("that was surely not made is made later, and the chat's next reply waits behind it", async () => {
    const rig = createRig(database);
    rig.script.push({ outcome: "retry", afterSeconds: 30, reason: "bận" });
    await rig.says("busy", "một");
    await rig.settle();
    await rig.says("busy", "hai");
    await rig.says("free", "ba");
    await rig.settle();
    expect(rig.textsTo("busy")).toEqual([]);
    expect(rig.textsTo("free")).toEqual(["Trả lời: ba"]);
    await passWaits(database);
    await rig.settle();
    expect(rig.textsTo("busy")).toEqual(["Trả lời: một", "Trả lời: hai"]);
  });

  it.each([
    ["refused", { outcome: "refused", reason: "đã chặn bot" } as const, "đã chặn bot"],
    ["uncertain", { outcome: "uncertain", reason: "hết giờ" } as const, "hết giờ"],
    ["uncertain", new TypeError("broken channel"), "TypeError"],
  ])(
    "that ends as %s is never repeated, is a state that staff see, and blocks nothing",
    async (status, said, reason) => {
      const rig = createRig(database);
      const chatId = `${status} ${reason}`;
      rig.script.push(said);
      await rig.says(chatId, "một");
      await rig.settle();
      await passWaits(database);
      await rig.says(chatId, "hai");
      await rig.settle();
      expect(rig.textsTo(chatId)).toEqual(["Trả lời: hai"]);
      const lines = await rig.messages.transcript("telegram", chatId, 0);
      expect(lines[1]).toMatchObject({ text: "Trả lời: một", status, reason });
    },
  );

  it("waits while its channel is switched off", async () => {
    const off = createRig(database, { channels: new Map() });
    await off.says("off", "một");
    await off.settle();
    const [, reply] = await off.messages.transcript("telegram", "off", 0);
    expect(reply).toMatchObject({ status: "open", reason: "kênh này đang tắt" });
    await passWaits(database);
    const on = createRig(database);
    await on.settle();
    expect(on.textsTo("off")).toEqual(["Trả lời: một"]);
  });

  it("that somebody else has recorded meanwhile ends quietly", async () => {
    const rig = createRig(database);
    await rig.says("taken over", "một");
    await rig.pipeline.handleNext();
    const { send } = rig.channel;
    rig.channel.send = async (message, signal) => {
      const delivery = await send(message, signal);
      await database.pool.query("update messages set lease_owner = 'another' where status = 'open'");
      return delivery;
    };
    expect(await rig.pipeline.deliverNext()).toBe(true);
    expect(rig.logged.at(-1)).toMatchObject({ msg: "another process took this message over" });
  });
});

describe("the chat of staff", () => {
  it("hears of a new petition and of a member who waits, once each, and of nothing else", async () => {
    const rig = createRig(fresh.database, {
      staffChat: { channel: "telegram", chatId: "-100" },
      respond: async ({ text }) => {
        if (text === "Gửi") return turn("Đã nhận", { petition: newPetition({ code: "KN-STAFF2" }) });
        return text === "/canbo" ? turn("Dạ", { handOver: true }) : turn("Chào");
      },
    });
    await rig.says("tam", "Xin chào");
    await rig.says("tam", "Gửi");
    await rig.says("tam", "Gửi");
    await rig.says("tam", "/canbo");
    await rig.settle();
    expect(rig.textsTo("-100")).toEqual([wording.staffPetition("KN-STAFF2"), wording.staffHandOver]);
  });
});

describe("a call to a provider", () => {
  it("keeps its message however long it takes, since the lease is renewed meanwhile", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const gate = createGate<void>();
    const rig = createRig(database);
    rig.channel.send = () => gate.promise.then(() => ({ outcome: "sent", providerId: "1" }));
    const id = await rig.says("slow-send", "vay vốn?");
    await rig.pipeline.handleNext();
    const sending = rig.pipeline.deliverNext();
    const [reply] = (await rig.messages.transcript("telegram", "slow-send", id)).map((line) => line.id);
    await vi.waitFor(async () =>
      expect(await messageRow(database, reply ?? 0)).toMatchObject({ lease_owner: "rig" }),
    );
    await expireLeases(database);
    await vi.advanceTimersByTimeAsync(4_000);
    await vi.waitFor(async () =>
      expect((await messageRow(database, reply ?? 0)).lease_until).toSatisfy(
        (until: Date) => until > new Date(),
      ),
    );
    gate.resolve();
    expect(await sending).toBe(true);
    expect(await rig.statuses("slow-send")).toEqual(["member done", "bot done"]);
  });

  it("has an end", async () => {
    const limits = vi.spyOn(AbortSignal, "timeout");
    const rig = createRig(database);
    await rig.says("quick-send", "vay vốn?");
    await rig.settle();
    expect(limits).toHaveBeenCalledWith(15_000);
    limits.mockRestore();
  });

  it("is marked in a second try when the database was away for a moment", async () => {
    const messages = new MessageStore(database);
    vi.spyOn(messages, "recordDelivery").mockRejectedValueOnce(new Error("the database is away"));
    const rig = createRig(database, { messages });
    await rig.says("marked", "vay vốn?");
    await rig.settle();
    expect(rig.textsTo("marked")).toEqual(["Trả lời: vay vốn?"]);
    expect(await rig.statuses("marked")).toEqual(["member done", "bot done"]);
  });
});

describe("a member who has everything erased", () => {
  it("is told so in the same chat, and nothing of before is left or known", async () => {
    const rig = createRig(database, {
      respond: async (heard) =>
        heard.text === "xóa đi" ? turn("Đã xóa", { erase: true, outcome: "erased" }) : echo(heard),
    });
    await rig.says("gone", "tôi là Hoa");
    await rig.settle();
    await rig.says("gone", "xóa đi");
    await rig.settle();
    expect(rig.textsTo("gone")).toEqual(["Trả lời: tôi là Hoa", "Đã xóa"]);
    const lines = await rig.messages.transcript("telegram", "gone", 0);
    expect(lines.map(({ text }) => text)).toEqual(["[đã xóa theo yêu cầu]", "Đã xóa"]);
    const { rows } = await database.pool.query(
      "select outcome, text from messages where outcome = 'erased' or text like '%Hoa%'",
    );
    expect(rows).toEqual([{ outcome: "erased", text: "[đã xóa theo yêu cầu]" }]);
    await rig.says("gone", "chào lại");
    await rig.settle();
    expect(rig.textsTo("gone").at(-1)).toBe("Trả lời: chào lại");
  });
});
