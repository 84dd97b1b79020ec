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

const codesIn = (page: string) =>
  [...page.matchAll(/href="\/console\/petitions\/(KN-\w+)"/g)].map(([, code]) => code);

let chats = 0;
const newChat = () => web.openChat(`chat-${++chats}`);

describe("the list", () => {
  test("says what to do while it is empty", async () => {
    const page = await staff.page("/console/petitions");
    expect(page).toContain("Chưa có kiến nghị nào");
    expect(page).toContain("/kiennghi");
  });

  test("shows what staff sort by, the work that is due first on top", async () => {
    const older = await web.addPetition(await newChat(), {
      content: "Xin vay vốn mua máy",
      topic: "von-vay",
    });
    const newer = await web.addPetition(await newChat(), { commune: "Xã Mỹ An" });
    const page = await staff.page("/console/petitions");
    expect(codesIn(page)).toEqual([older, newer]);
    expect(codesIn(await staff.page("/console/petitions?order=newest"))).toEqual([newer, older]);
    for (const text of ["Vốn vay", "Hạ tầng", "Kiến nghị", "Xã Mỹ An", "Đã tiếp nhận", "Telegram"]) {
      expect(page).toContain(text);
    }
    expect(page).toMatch(/\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}/);
  });

  test("is narrowed by topic, status and words, and a code is found however it is typed", async () => {
    const wanted = await web.addPetition(await newChat(), { content: "Kho lạnh cho xoài", topic: "khac" });
    expect(codesIn(await staff.page("/console/petitions?topic=khac"))).toEqual([wanted]);
    expect(codesIn(await staff.page("/console/petitions?q=kho+l%E1%BA%A1nh"))).toEqual([wanted]);
    const typed = wanted.toLowerCase().replace("-", " ");
    expect(codesIn(await staff.page(`/console/petitions?q=${encodeURIComponent(typed)}`))).toEqual([wanted]);
    expect(codesIn(await staff.page("/console/petitions?status=answered"))).toEqual([]);
  });

  test("takes any nonsense in its address", async () => {
    for (const query of ["status=x&topic=y&page=-1", "page=1e9", "q=%00%27%3B--", "page=abc", "q=%25_%5C"]) {
      expect((await staff.get(`/console/petitions?${query}`)).status).toBe(200);
    }
  });

  test("writes a member's words as text", async () => {
    await web.addPetition(await newChat(), { content: "<script>alert(1)</script> & <b>đậm</b>" });
    const page = await staff.page("/console/petitions");
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toContain("<script>alert");
  });

  test("is turned over page by page, the filter kept", async () => {
    const chat = await newChat();
    for (let i = 0; i < 51; i++) await web.addPetition(chat, { content: `Trang ${i}`, topic: "khac" });
    const first = await staff.page("/console/petitions?topic=khac");
    expect(codesIn(first)).toHaveLength(50);
    expect(first).toContain("/console/petitions?topic=khac&amp;page=2");
    expect(codesIn(await staff.page("/console/petitions?topic=khac&page=2")).length).toBeGreaterThan(0);
  });
});

describe("a petition", () => {
  test("shows all of it, and the look is on record", async () => {
    const code = await web.addPetition(await newChat());
    const page = await staff.page(`/console/petitions/${code}`);
    for (const text of [
      "Đường vào kho lúa",
      "HTX Tân Thuận",
      "Xã Tân Thuận",
      "0900 000 000",
      "Quá trình xử lý",
    ]) {
      expect(page).toContain(text);
    }
    const { rows } = await fresh.database.pool.query(
      "select s.role from audit a join staff s on s.id = a.staff_id where action = 'petition-viewed' and subject = $1",
      [code],
    );
    expect(rows).toEqual([{ role: "staff" }]);
  });

  test.each(["KN-AAAAAA", "KN-222228", "1", "%27"])("%s is not there: 404", async (code) => {
    expect((await staff.get(`/console/petitions/${code}`)).status).toBe(404);
  });
});

describe("a reply", () => {
  const reply = (client: Client, code: string, fields: Record<string, string>) =>
    client.submit(`/console/petitions/${code}`, `/console/petitions/${code}/answer`, fields);

  async function outgoing(conversationId: number) {
    const { rows } = await fresh.database.pool.query(
      "select author, text, status, petition_id is not null as linked from messages where conversation_id = $1 and direction = 'out'",
      [conversationId],
    );
    return rows;
  }

  test("becomes a row that waits to be sent to the chat it came from", async () => {
    const chat = await newChat();
    const code = await web.addPetition(chat);
    const response = await reply(staff, code, { text: "Xã sẽ sửa đường trong quý I.\r\nXin cảm ơn." });
    expect(response.status).toBe(303);
    const rows = await outgoing(chat);
    expect(rows).toMatchObject([{ author: "staff", status: "open", linked: true }]);
    expect(rows[0].text).toContain("Xã sẽ sửa đường trong quý I.\nXin cảm ơn.");
    const page = await staff.page(response.headers.get("location") ?? "");
    expect(page).toContain("Đã ghi câu trả lời");
    expect(page).toContain("Đã trả lời");
    expect(page).toContain("Trả lời bổ sung");
  });

  test("to a petition that moved meanwhile is not sent, and its text is kept", async () => {
    const chat = await newChat();
    const code = await web.addPetition(chat);
    const action = `/console/petitions/${code}/answer`;
    const stale = hiddenFields(await staff.page(`/console/petitions/${code}`), action);
    await reply(await web.signedIn("staff"), code, { text: "Trả lời của người nhanh hơn" });

    const response = await staff.post(action, { ...stale, text: "Trả lời <của> người chậm hơn" });
    expect(response.status).toBe(409);
    const page = await response.text();
    expect(page).toContain("vừa được người khác cập nhật");
    expect(page).toContain("Trả lời &lt;của&gt; người chậm hơn</textarea>");
    expect(page).toContain("Trả lời của người nhanh hơn");
    expect(await outgoing(chat)).toHaveLength(1);

    const again = await staff.post(action, { ...hiddenFields(page, action), text: "Bổ sung" });
    expect(again.status).toBe(303);
    expect(await outgoing(chat)).toHaveLength(2);
  });

  test("sent twice by a double click is one reply", async () => {
    const chat = await newChat();
    const code = await web.addPetition(chat);
    const action = `/console/petitions/${code}/answer`;
    const fields = {
      ...hiddenFields(await staff.page(`/console/petitions/${code}`), action),
      text: "Một lần",
    };
    const statuses = (await Promise.all([staff.post(action, fields), staff.post(action, fields)])).map(
      (r) => r.status,
    );
    expect(statuses.sort()).toEqual([303, 409]);
    expect(await outgoing(chat)).toHaveLength(1);
  });

  test("where the chat is gone is kept for the look-up, and staff are told", async () => {
    const chat = await newChat();
    const code = await web.addPetition(chat);
    await fresh.database.tx((client) => web.conversations.erase(client, chat));
    const response = await reply(staff, code, { text: "Đã chuyển ngân hàng" });
    expect(await staff.page(response.headers.get("location") ?? "")).toContain("không gửi tin được");
    expect(await outgoing(chat)).toEqual([]);
    expect((await web.petitions.find(code))?.status).toBe("answered");
  });

  test.each([
    ["blank", " \n ", /đang trống/],
    ["too long", "a".repeat(3501), /dài quá/],
  ])("that is %s is refused with the reason", async (_, text, reason) => {
    const code = await web.addPetition(await newChat());
    const response = await reply(staff, code, { text });
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(reason);
  });

  test("reaches the web page of the member", async () => {
    const member = web.client();
    const posted = await member.json("/chat/messages", { text: "Xin sửa đường" });
    const { id } = (await posted.json()) as { id: number };
    const { rows } = await fresh.database.pool.query(
      "select conversation_id as id from messages where id = $1",
      [id],
    );
    const code = await web.addPetition(rows[0].id);
    await reply(staff, code, { text: "Đang sửa" });
    const read = (await (await member.get(`/chat/messages?after=${id}`)).json()) as { messages: unknown[] };
    expect(read.messages).toMatchObject([{ from: "staff", text: expect.stringContaining("Đang sửa") }]);
  });
});
