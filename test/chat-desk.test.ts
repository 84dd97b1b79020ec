import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatWork } from "../src/chat-parts.ts";
import type { ChatWork } from "../src/console/chat-work.ts";
import { ConversationStore } from "../src/db/conversations.ts";
import type { Database } from "../src/db/database.ts";
import { MessageStore } from "../src/db/messages.ts";
import { PetitionStore } from "../src/db/petitions.ts";
import type { NewJudgement } from "../src/knowledge/judgement.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { hire, incoming, newPetition } from "./support/samples.ts";

let fresh: FreshDatabase;
let database: Database;
let messages: MessageStore;
let conversations: ConversationStore;
let petitions: PetitionStore;
let work: ChatWork;
let by: number;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  messages = new MessageStore(database);
  conversations = new ConversationStore(database);
  petitions = new PetitionStore(database);
  const triage = () => ({ stance: "dong-thuan", topic: "von-vay" }) as const;
  work = chatWork({
    database,
    messages,
    conversations,
    petitions,
    triage,
    newCode: () => newPetition().code,
  });
  by = await hire(database);
});
afterAll(() => fresh.drop());

async function unanswered(text: string, chatId?: string): Promise<{ id: number; chat: number }> {
  const { id, conversationId } = await messages.receive(incoming({ text, ...(chatId ? { chatId } : {}) }));
  await database.pool.query(
    "update messages set outcome = 'unanswered_no_support', status = 'done' where id = $1",
    [id],
  );
  return { id, chat: conversationId };
}

async function told(chat: number): Promise<string[]> {
  const { rows } = await database.pool.query<{ text: string }>(
    "select text from messages where conversation_id = $1 and direction = 'out' order by id",
    [chat],
  );
  return rows.map(({ text }) => text);
}

const judgement = (messageId: number, given: Partial<NewJudgement> = {}): NewJudgement => ({
  messageId,
  kind: "wrong-clause",
  note: null,
  question: "vay bao nhiêu",
  context: null,
  expectedDocument: null,
  expectedFact: null,
  ...given,
});

describe("questions without an answer", () => {
  it("of the same words are one, however they are written, with how many asked", async () => {
    await unanswered("Kho lạnh được hỗ trợ không?", "a");
    await unanswered("kho lanh duoc ho tro khong", "b");
    const { id } = await unanswered("KHO LẠNH, được hỗ trợ không", "b");
    await unanswered("Kho lạnh ai sửa?", "c");
    const [other, same] = await work.questions.list("newest", 1);
    expect(same).toMatchObject({ messageId: id, chats: 2, times: 3 });
    expect(other).toMatchObject({ chats: 1, times: 1 });
    expect((await work.questions.list("most", 1))[0]).toMatchObject({ messageId: id });
    expect(await work.questions.find(id)).toMatchObject({ chats: 2, times: 3 });
  });

  it("become one petition for each chat, told there with its code, however often it is asked for", async () => {
    const first = await unanswered("máy sấy lúa được hỗ trợ không", "x");
    const second = await unanswered("May say lua duoc ho tro khong?", "y");
    const again = await unanswered("máy sấy lúa được hỗ trợ không", "y");
    const both = await Promise.all([
      work.verbs.petitionFor(again.id, by),
      work.verbs.petitionFor(again.id, by),
    ]);
    const codes = both.flat();
    expect(codes).toHaveLength(2);
    expect(both.map((one) => one.length).sort()).toEqual([0, 2]);
    for (const { chat } of [first, second]) {
      const [text, ...more] = await told(chat);
      expect(codes.some((code) => text?.includes(code))).toBe(true);
      expect(more).toEqual([]);
    }
    const file = await petitions.find(codes[0] ?? "");
    expect(file).toMatchObject({
      topic: "von-vay",
      stance: "kien-nghi",
      origin: "message",
      status: "received",
    });
    expect(file?.events.some(({ internalNote }) => internalNote?.includes("thay bà con"))).toBe(true);
    expect(await work.questions.find(again.id)).toBeNull();
  });

  it("that a person dismissed are gone from the list, with those of the same words", async () => {
    const { id } = await unanswered("đố vui nào");
    await unanswered("Đố vui nào?");
    expect(await work.verbs.dismissQuestion(id, "hỏi cho vui", by)).toBe(2);
    expect(await work.verbs.dismissQuestion(id, "hỏi cho vui", by)).toBe(0);
    expect((await work.questions.list("newest", 1)).map(({ text }) => text)).not.toContain("Đố vui nào?");
  });

  it("become a golden question once", async () => {
    const { id } = await unanswered("phí môn bài của tổ hợp tác");
    const golden = judgement(id, { kind: "rightly-declined", question: "phí môn bài của tổ hợp tác" });
    expect(await work.verbs.questionToGolden(golden, by)).toBe(true);
    expect(await work.verbs.questionToGolden(golden, by)).toBe(false);
    expect(
      await work.judgements.ofChat((await work.judgements.asked(id))?.conversationId ?? 0),
    ).toMatchObject([{ kind: "rightly-declined", topic: "von-vay", status: "open" }]);
  });

  it("of a member who had his data erased are not shown", async () => {
    const { id, chat } = await unanswered("câu riêng của tôi");
    await database.tx((client) => conversations.erase(client, chat));
    expect(await work.questions.find(id)).toBeNull();
  });
});

describe("a chat", () => {
  it("is taken over once, and its member is told", async () => {
    const { chat } = await unanswered("cho hỏi thêm");
    await work.verbs.takeOver(chat, "one");
    await work.verbs.takeOver(chat, "two");
    expect(await conversations.find(chat)).toMatchObject({ heldByStaff: true });
    expect(await told(chat)).toHaveLength(1);
  });
});

describe("a judgement", () => {
  it("stands once on an answer while it waits, and again after it was decided", async () => {
    const { id } = await unanswered("vay bao nhiêu");
    const first = await work.verbs.judge(judgement(id), by);
    expect(await work.verbs.judge(judgement(id), by)).toBeNull();
    expect(await work.verbs.dismiss(first ?? 0, "trả lời đúng rồi", by)).toBe(true);
    expect(await work.verbs.dismiss(first ?? 0, "trả lời đúng rồi", by)).toBe(false);
    expect(await work.verbs.judge(judgement(id), by)).not.toBeNull();
  });

  it("of a member who had his data erased keeps none of his words", async () => {
    const { id, chat } = await unanswered("vay cho nhà tôi");
    await work.verbs.judge(judgement(id, { question: "vay cho nhà tôi", note: "nhà ông Năm" }), by);
    await database.tx((client) => conversations.erase(client, chat));
    expect(await work.judgements.ofChat(chat)).toMatchObject([
      { question: "[đã xóa theo yêu cầu]", note: null, status: "dismissed" },
    ]);
    expect(await work.judgements.asked(id)).toBeNull();
  });
});
