import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Client, hiddenFields, openWeb, type Web } from "../support/web.ts";

let fresh: FreshDatabase;
let web: Web;
let staff: Client;

beforeAll(async () => {
  fresh = await freshDatabase();
  web = openWeb(fresh.database);
  staff = await web.signedIn("staff");
});

afterAll(() => fresh.drop());

let chats = 0;
async function heldChat(text = "Cho tôi gặp cán bộ"): Promise<number> {
  const chat = await web.openChat(`chat-${++chats}`, text);
  await web.hold(chat, true);
  return chat;
}

async function outgoing(conversationId: number): Promise<{ author: string; text: string }[]> {
  const { rows } = await fresh.database.pool.query(
    "select author, text from messages where conversation_id = $1 and direction = 'out' order by id",
    [conversationId],
  );
  return rows;
}

describe("chats that wait", () => {
  test("the list says when nobody waits", async () => {
    expect(await staff.page("/console/chats")).toContain("Không có ai đang chờ");
  });

  test("are listed with their latest words, longest wait first", async () => {
    const first = await heldChat("Kho bị dột");
    const second = await heldChat("Máy hư");
    const page = await staff.page("/console/chats");
    expect(page.indexOf(`/console/chats/${first}#`)).toBeLessThan(page.indexOf(`/console/chats/${second}#`));
    expect(page).toContain("Kho bị dột");
    for (const chat of [first, second]) await web.hold(chat, false);
  });
});

describe("a chat", () => {
  const write = (chat: number, fields: Record<string, string>) =>
    staff.submit(`/console/chats/${chat}`, `/console/chats/${chat}/write`, fields);

  test("shows who wrote what and what became of it", async () => {
    const chat = await heldChat();
    await write(chat, { text: "Chúng tôi xem ngay" });
    await fresh.database.pool.query(
      "update messages set status = 'refused', reason = 'người dùng đã chặn' where conversation_id = $1 and direction = 'out'",
      [chat],
    );
    const page = await staff.page(`/console/chats/${chat}`);
    for (const text of ["Thành viên", "Cho tôi gặp cán bộ", "Cán bộ", "không gửi được: người dùng đã chặn"]) {
      expect(page).toContain(text);
    }
  });

  test("is written to once, however often the form is sent", async () => {
    const chat = await heldChat();
    const action = `/console/chats/${chat}/write`;
    const fields = {
      ...hiddenFields(await staff.page(`/console/chats/${chat}`), action),
      text: "Chào bà con",
    };
    for (let i = 0; i < 2; i++) expect((await staff.post(action, fields)).status).toBe(303);
    expect(await outgoing(chat)).toEqual([{ author: "staff", text: "Chào bà con" }]);
  });

  test("is given back to the bot once, and the member is told", async () => {
    const chat = await heldChat();
    const action = `/console/chats/${chat}/hand-back`;
    const fields = hiddenFields(await staff.page(`/console/chats/${chat}`), action);
    for (let i = 0; i < 2; i++)
      expect((await staff.post(action, fields)).headers.get("location")).toBe("/console/chats");
    expect(await web.conversations.find(chat)).toMatchObject({ heldByStaff: false });
    expect(await outgoing(chat)).toMatchObject([{ author: "bot" }]);
  });

  test("that was given back meanwhile is not written to, and the text is kept", async () => {
    const chat = await heldChat();
    const action = `/console/chats/${chat}/write`;
    const fields = hiddenFields(await staff.page(`/console/chats/${chat}`), action);
    await web.hold(chat, false);
    const response = await staff.post(action, { ...fields, text: "Tôi chậm một chút" });
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("Tôi chậm một chút</textarea>");
    expect(await outgoing(chat)).toEqual([]);
  });

  test.each([
    ["blank", "  "],
    ["too long", "a".repeat(3501)],
  ])("a text that is %s is refused", async (_, text) => {
    const chat = await heldChat();
    expect((await write(chat, { text })).status).toBe(400);
    expect(await outgoing(chat)).toEqual([]);
  });

  test.each(["0", "999999", "abc", "1e2", "-1", "99999999999999999999"])(
    "%s is not there: 404",
    async (id) => {
      expect((await staff.get(`/console/chats/${id}`)).status).toBe(404);
    },
  );

  test("of more than 200 lines is shown whole", async () => {
    const chat = await heldChat();
    const outgoing = Array.from({ length: 450 }, (_, i) => ({
      key: `line:${i}`,
      author: "bot" as const,
      reply: { text: `dòng ${i}.`, choices: [] },
    }));
    await fresh.database.tx((client) => web.messages.enqueue(client, chat, outgoing));
    const page = await staff.page(`/console/chats/${chat}`);
    expect(page).toContain("dòng 0.");
    expect(page).toContain("dòng 449.");
  });
});

describe("questions without an answer", () => {
  test("the list says when there is none", async () => {
    expect(await staff.page("/console/questions")).toContain("Không cần làm gì");
  });

  test("lead to the place in their chat", async () => {
    const chat = await web.openChat("ask", "Trồng sầu riêng có được hỗ trợ giống không?");
    const { rows } = await fresh.database.pool.query(
      "update messages set outcome = 'unanswered_no_support', status = 'done' where conversation_id = $1 returning id",
      [chat],
    );
    const page = await staff.page("/console/questions");
    expect(page).toContain("Trồng sầu riêng");
    expect(page).toContain(`/console/chats/${chat}#m${rows[0].id}`);
    expect(await staff.page(`/console/chats/${chat}`)).toContain(`id="m${rows[0].id}"`);
  });
});
