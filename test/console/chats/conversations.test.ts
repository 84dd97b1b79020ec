import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../../support/database.ts";
import { messageRow } from "../../support/samples.ts";
import { type Client, hiddenFields, openWeb, type Web } from "../../support/web.ts";

let fresh: FreshDatabase;
let web: Web;
let staff: Client;
let viewer: Client;

beforeAll(async () => {
  fresh = await freshDatabase();
  web = openWeb(fresh.database);
  staff = await web.signedIn("staff");
  viewer = await web.signedIn("viewer");
});
afterAll(() => fresh.drop());

const TRACE = {
  understood: {
    text: "vay tối đa bao nhiêu",
    reading: { intent: "question", chances: { question: 0.97 } },
    background: "HTX muốn vay vốn",
    earlier: "HTX muốn vay vốn",
    asOf: "2025-07-02",
    asOfGiven: true,
    documents: ["156/2025/NĐ-CP"],
    parts: ["vay tối đa bao nhiêu"],
  },
  parts: [
    {
      question: "vay tối đa bao nhiêu",
      decision: "answer",
      confidence: 0.91,
      candidates: [
        {
          passage: "a#1",
          document: "156/2025/NĐ-CP",
          locator: "Điều 1",
          fate: "told",
          score: 0.8,
          body: 0.5,
          asked: 0.4,
          vector: 0.3,
          coverage: 1,
        },
      ],
      rejected: [
        { passage: "b#9", document: "55/2015/NĐ-CP", locator: "Điều 9", score: 0.7, why: "replaced" },
      ],
    },
  ],
  threshold: 0.62,
  cited: ["a#1"],
  rephrasing: null,
  elapsedMs: 12.34,
  timings: { understanding: 1, searching: 10, wording: 1 },
  edition: 4,
};

let chats = 0;
/** A chat in which one question was answered; returns the chat and the question. */
async function answeredChat(
  text = "vay tối đa bao nhiêu, gọi 0912 345 678",
  outcome = "answered",
): Promise<{ chat: number; question: number }> {
  const chat = await web.openChat(`answered-${++chats}`, text);
  const { rows } = await fresh.database.pool.query(
    "update messages set status = 'done', outcome = $3, trace = $2 where conversation_id = $1 returning id",
    [chat, JSON.stringify(TRACE), outcome],
  );
  const question = rows[0].id;
  await fresh.database.tx((client) =>
    web.messages.enqueue(client, chat, [
      { key: `message:${question}:0`, author: "bot", reply: { text: "Tối đa 5 tỷ đồng.", choices: [] } },
    ]),
  );
  return { chat, question };
}

describe("why an answer was given", () => {
  test("is told under it: what was understood, weighed, put aside, cited, and how long it took", async () => {
    const { chat } = await answeredChat();
    const page = await staff.page(`/console/chats/${chat}`);
    for (const text of [
      "Vì sao trả lời như vậy",
      "HTX muốn vay vốn",
      "02/07/2025 (câu hỏi có nêu)",
      "156/2025/NĐ-CP, Điều 1",
      "được dùng để trả lời",
      "được dẫn",
      "55/2015/NĐ-CP, Điều 9",
      "đã bị thay thế vào ngày được hỏi",
      "0,91",
      "0,62",
      "bản số 4",
      "12,3 ms",
    ])
      expect(page).toContain(text);
  });

  test("of an older shape is told as far as it can be read", async () => {
    const { chat } = await answeredChat();
    const old = {
      parts: [{ question: "vay", decision: "nothing", candidates: [{ passage: "cũ#1", score: 0.2 }] }],
    };
    await fresh.database.pool.query(
      "update messages set trace = $2 where conversation_id = $1 and direction = 'in'",
      [chat, JSON.stringify(old)],
    );
    const page = await staff.page(`/console/chats/${chat}`);
    expect(page).toContain("cũ#1");
    expect(page).toContain("Không đủ chắc chắn để trả lời");
  });
});

describe("an answer that is wrong", () => {
  const judge = (chat: number, fields: Record<string, string>) =>
    staff.submit(`/console/chats/${chat}`, `/console/chats/${chat}/judge`, fields);

  test("is marked once, without what only the member may know", async () => {
    const { chat, question } = await answeredChat();
    const action = `/console/chats/${chat}/judge`;
    const fields = {
      ...hiddenFields(await staff.page(`/console/chats/${chat}`), action),
      kind: "wrong-figure",
    };
    expect((await staff.post(action, { ...fields, note: "phải là 3 tỷ" })).headers.get("location")).toBe(
      `/console/chats/${chat}?notice=judged#m${question}`,
    );
    expect((await staff.post(action, fields)).headers.get("location")).toContain("notice=known");
    expect(await staff.page(`/console/chats/${chat}`)).toContain("phải là 3 tỷ");
    const page = await staff.page("/console/judgements");
    expect(page).toContain("Sai số liệu");
    expect(page).toContain("[số điện thoại]");
    expect(page).not.toContain("0912");
  });

  test("is not marked with a document that there is none of", async () => {
    const { chat } = await answeredChat();
    const response = await judge(chat, { kind: "wrong-clause", document: "999/2099/NĐ-CP" });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Không có văn bản nào mang số hiệu này");
  });

  test("is not marked through another chat", async () => {
    const { chat } = await answeredChat();
    const { question } = await answeredChat();
    expect((await judge(chat, { kind: "other", message: String(question) })).status).toBe(404);
  });

  test("that a member complained of is told in the transcript and found in the list", async () => {
    const { chat } = await answeredChat("Chưa đúng ý tôi", "feedback_unhelpful");
    expect(await staff.page(`/console/chats/${chat}`)).toContain("bà con báo chưa đúng ý");
    const list = await staff.page("/console/chats/all?mark=member");
    expect([...list.matchAll(/\/console\/chats\/\d+"/g)].map(([link]) => link)).toEqual([
      `/console/chats/${chat}"`,
    ]);
  });
});

test("a chat is taken over from its page, and its member is told once", async () => {
  const { chat } = await answeredChat();
  const action = `/console/chats/${chat}/take-over`;
  const fields = hiddenFields(await staff.page(`/console/chats/${chat}`), action);
  for (let i = 0; i < 2; i++) expect((await staff.post(action, fields)).status).toBe(303);
  const page = await staff.page(`/console/chats/${chat}`);
  expect(page).toContain("Đang chờ cán bộ");
  expect(page.split("Cán bộ đã vào cuộc trò chuyện này")).toHaveLength(2);
});

describe("the list of all chats", () => {
  test("finds words without marks and says when there is nothing", async () => {
    const { chat } = await answeredChat("Đường vào kho lúa bị sạt lở");
    expect(await staff.page("/console/chats/all?q=sat+lo")).toContain(`/console/chats/${chat}"`);
    expect(await staff.page("/console/chats/all?q=zzz")).toContain("Không có cuộc trò chuyện nào như vậy");
  });

  test("goes on to older chats", async () => {
    for (let i = 0; i < 51; i++) await web.openChat(`page-${i}`, "một câu");
    const first = await staff.page("/console/chats/all?q=mot+cau");
    const next = /href="([^"]+after=[^"]+)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = await staff.page(next);
    expect(second.match(/data-label="Tin mới nhất"/g)).toHaveLength(1);
    expect(second).toContain("Về trang đầu");
  });

  test.each(["after=x", "kind=none", "from=9999-99-99", "q=%00", "channel=fax"])(
    "takes %s for nothing",
    async (query) => {
      expect((await staff.get(`/console/chats/all?${query}`)).status).toBe(200);
    },
  );
});

describe("what did not reach its end", () => {
  async function failed(status: string): Promise<{ chat: number; id: number }> {
    const { chat } = await answeredChat();
    const { rows } = await fresh.database.pool.query(
      "update messages set status = $2, reason = 'bà con đã chặn' where conversation_id = $1 and direction = 'out' returning id",
      [chat, status],
    );
    return { chat, id: rows[0].id };
  }

  test("is listed with its reason and sent again on demand, with a warning where it may arrive twice", async () => {
    const { id } = await failed("uncertain");
    const page = await staff.page("/console/chats/failed");
    expect(page).toContain("bà con đã chặn");
    expect(page).toContain("bà con có thể nhận hai lần");
    const action = `/console/chats/failed/${id}/again`;
    expect((await staff.submit("/console/chats/failed", action, {})).headers.get("location")).toContain(
      "notice=again",
    );
    expect(await web.messages.claim("out", "test")).not.toBeNull();
    expect(await staff.page("/console/chats/failed")).toContain("Mọi tin đều đã được xử lý");
  });

  test("is closed when its member was told another way, which is kept", async () => {
    const { id, chat } = await failed("refused");
    const action = `/console/chats/failed/${id}/settle`;
    await staff.submit("/console/chats/failed", action, { note: "đã gọi điện" });
    expect(await staff.page(`/console/chats/${chat}`)).toContain("đã báo bằng cách khác: đã gọi điện");
    const again = await staff.submit("/console/chats", action, {
      ...hiddenFields(await staff.page(`/console/chats/${chat}`), "/console/sign-out"),
      note: "x",
    });
    expect(await staff.page(again.headers.get("location") ?? "")).toContain("đã được xử lý");
  });

  test("of a buried message tells no fault of ours to staff, and is handled again", async () => {
    const { question } = await answeredChat();
    await fresh.database.pool.query(
      "update messages set status = 'dead', reason = 'TypeError: x' where id = $1",
      [question],
    );
    const page = await staff.page("/console/chats/failed");
    expect(page).toContain("xử lý lỗi nhiều lần");
    expect(page).not.toContain("TypeError");
    await staff.submit("/console/chats/failed", `/console/chats/failed/${question}/again`, {});
    expect(await messageRow(fresh.database, question)).toMatchObject({ status: "open", errors: 0 });
  });
});

describe("a question without an answer", () => {
  const unanswered = (text: string) => answeredChat(text, "unanswered_no_support");
  const location = async (response: Promise<Response>) => (await response).headers.get("location");

  test("is shown with how many asked it, and becomes a petition of each", async () => {
    const { question, chat } = await unanswered("Máy bay phun thuốc có được hỗ trợ không?");
    const { question: newest } = await unanswered("may bay phun thuoc co duoc ho tro khong");
    expect(await staff.page("/console/questions")).toContain("2 người hỏi");
    const action = `/console/questions/${newest}/petition`;
    expect(await location(staff.submit(`/console/questions/${newest}`, action, {}))).toContain(
      "notice=petition",
    );
    expect(await staff.page(`/console/chats/${chat}`)).toContain("đã lập kiến nghị thay bà con. Mã: KN-");
    expect((await staff.get(`/console/questions/${question}`)).status).toBe(404);
    expect(await staff.page("/console/petitions")).toContain("Máy bay phun thuốc");
  });

  test("becomes a golden question that is rightly declined", async () => {
    const { question } = await unanswered("Bao giờ có tuyến đò mới?");
    const action = `/console/questions/${question}/golden`;
    const page = `/console/questions/${question}`;
    expect((await staff.submit(page, action, { expected: "document" })).status).toBe(400);
    expect(await location(staff.submit(page, action, { expected: "declined" }))).toContain("notice=golden");
    expect(await staff.page("/console/judgements")).toContain("Bao giờ có tuyến đò mới?");
  });

  test("is put away with a reason", async () => {
    const { question } = await unanswered("Đội nào vô địch?");
    const action = `/console/questions/${question}/dismiss`;
    const page = `/console/questions/${question}`;
    expect((await staff.submit(page, action, { reason: " " })).status).toBe(400);
    expect(await location(staff.submit(page, action, { reason: "hỏi vui" }))).toContain("notice=dismissed");
    expect(await staff.page("/console/questions")).not.toContain("Đội nào vô địch?");
  });

  test("becomes knowledge that a second person decides on, and is done with it", async () => {
    const { question } = await unanswered("Trạm bơm cũ do ai quản lý?");
    const page = `/console/questions/${question}/propose`;
    expect(await staff.page(page)).toContain("Trạm bơm cũ do ai quản lý?");
    const to = await location(
      staff.submit(page, page, {
        number: "12/XNN",
        agency: "Xí nghiệp thủy nông",
        title: "Quản lý trạm bơm cũ",
        signed: "2026-01-05",
        effective: "2026-01-05",
        expires: "",
        topic: "ha-tang",
        questions: "Trạm bơm cũ do ai quản lý?",
        text: "Trạm bơm cũ do xí nghiệp thủy nông quản lý.",
      }),
    );
    expect(await staff.page(to ?? "")).toContain(`Câu hỏi số ${question}`);
    expect(await staff.page("/console/questions")).not.toContain("Trạm bơm cũ");
  });

  test("is read by a viewer without a way to the chat", async () => {
    const { question, chat } = await unanswered("Ai được xem câu này?");
    const page = await viewer.page("/console/questions");
    expect(page).toContain("Ai được xem câu này?");
    expect(page).not.toContain(`/console/chats/${chat}`);
    expect((await viewer.get(`/console/questions/${question}`)).status).toBe(403);
  });
});
