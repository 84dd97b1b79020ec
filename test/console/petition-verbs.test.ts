import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OfficeRig, openOffice, petitionOn } from "../support/office.ts";
import { type Client, hiddenFields } from "../support/web.ts";

let rig: OfficeRig;
let staff: Client;

beforeAll(async () => {
  rig = await openOffice();
  staff = await rig.web.signedIn("staff");
});

afterAll(() => rig.fresh.drop());

const addressOf = (code: string) => `/console/petitions/${code}`;
const formsIn = (page: string) =>
  [...page.matchAll(/<form[^>]*action="\/console\/petitions\/KN-\w+\/([\w-]+)"/g)].map(([, verb]) => verb);

async function made(given: Parameters<typeof petitionOn>[2] = {}): Promise<string> {
  return (await petitionOn(rig.web, "telegram", given)).code;
}

function act(code: string, verb: string, fields: Record<string, string> = {}, client = staff) {
  return client.submit(addressOf(code), `${addressOf(code)}/${verb}`, fields);
}

/** What the member of a petition was sent, oldest first. */
async function toldTo(code: string): Promise<string[]> {
  const { rows } = await rig.fresh.database.pool.query(
    "select m.text from messages m join petitions p on p.id = m.petition_id where p.code = $1 order by m.id",
    [code],
  );
  return rows.map(({ text }) => text);
}

async function statusOf(code: string) {
  return (await rig.web.petitions.find(code))?.status;
}

describe("what may be done", () => {
  test("is shown where the status allows it", async () => {
    const code = await made();
    const open = [
      "take",
      "ask",
      "forward",
      "not-within-authority",
      "answer",
      "withdraw",
      "extend",
      "correct",
      "note",
    ];
    expect(formsIn(await staff.page(addressOf(code))).sort()).toEqual([...open, "presence"].sort());
    await act(code, "answer", { text: "Sẽ sửa." });
    const answered = ["answer", "resolve", "reopen", "correct", "note", "presence"];
    expect(formsIn(await staff.page(addressOf(code))).sort()).toEqual(answered.sort());
  });

  test("is not shown to a viewer, who is refused as well", async () => {
    const code = await made();
    const viewer = await rig.web.signedIn("viewer");
    expect(formsIn(await viewer.page(addressOf(code)))).toEqual(["presence"]);
    const { csrf = "" } = hiddenFields(await viewer.page(addressOf(code)), `${addressOf(code)}/presence`);
    expect((await viewer.post(`${addressOf(code)}/take`, { csrf, version: "1" })).status).toBe(403);
    expect(await statusOf(code)).toBe("received");
  });
});

describe("each verb moves the petition and tells the member", () => {
  test.each<[verb: string, fields: Record<string, string>, status: string, told: RegExp]>([
    ["take", {}, "in-review", /đang được cán bộ xem xét/],
    ["ask", { text: "Kho ở ấp nào?" }, "needs-info", /Kho ở ấp nào\?/],
    ["forward", { agency: "so-nn-mt" }, "forwarded", /Sở Nông nghiệp và Môi trường TP Cần Thơ/],
    [
      "not-within-authority",
      { office: "Công ty điện lực", reason: "Việc của ngành điện" },
      "not-within-authority",
      /Công ty điện lực/,
    ],
    ["withdraw", { reason: "Bà con gọi điện xin rút" }, "withdrawn", /đã được rút lại/],
    ["extend", { days: "5", reason: "Chờ khảo sát" }, "received", /Chờ khảo sát/],
  ])("%s", async (verb, fields, status, told) => {
    const code = await made();
    const response = await act(code, verb, fields);
    expect(response.status).toBe(303);
    expect(await statusOf(code)).toBe(status);
    expect((await toldTo(code)).join("\n")).toMatch(told);
    expect(await staff.page(response.headers.get("location") ?? "")).toContain(
      "Bà con được báo qua kênh đã dùng",
    );
  });

  test("resolve and reopen, once there is an answer", async () => {
    const code = await made();
    await act(code, "answer", { text: "Sẽ sửa." });
    expect((await act(code, "resolve")).status).toBe(303);
    expect(await statusOf(code)).toBe("resolved");
    expect((await act(code, "reopen", { reason: "" })).status).toBe(400);
    expect((await act(code, "reopen", { reason: "Vẫn chưa sửa" })).status).toBe(303);
    expect(await statusOf(code)).toBe("reopened");
  });
});

describe("forwarding", () => {
  test("suggests the agency of the topic at the petition's place, with the reason", async () => {
    const page = await staff.page(addressOf(await made({ topic: "dang-ky", commune: "xã Tân Bình" })));
    expect(page).toContain("<strong>UBND xã Tân Bình</strong>");
    expect(page).toContain("thuộc UBND xã, phường");
    expect(page).toMatch(/<option value="ubnd-xa" selected="">UBND xã Tân Bình<\/option>/);
  });

  test("to another agency than suggested needs a reason, and keeps what was chosen", async () => {
    const code = await made();
    const refused = await act(code, "forward", { agency: "so-cong-thuong" });
    expect(refused.status).toBe(400);
    const page = await refused.text();
    expect(page).toContain("Chọn cơ quan khác với gợi ý thì phải ghi lý do.");
    expect(page).toMatch(/<option value="so-cong-thuong" selected="">/);
    expect(await statusOf(code)).toBe("received");
    expect((await act(code, "forward", { agency: "so-cong-thuong", reason: "Việc của chợ" })).status).toBe(
      303,
    );
    expect((await rig.web.petitions.find(code))?.agency).toBe("so-cong-thuong");
  });

  test("to the agency that has it already is refused in words", async () => {
    const code = await made();
    await act(code, "forward", { agency: "so-nn-mt" });
    expect(await (await act(code, "forward", { agency: "so-nn-mt" })).text()).toContain("đã ở cơ quan đó");
  });
});

describe("faults", () => {
  test.each<[verb: string, fields: Record<string, string>, fault: string]>([
    ["ask", { text: " " }, "Câu hỏi đang trống."],
    ["forward", { agency: "" }, "Chưa chọn cơ quan."],
    ["forward", { agency: "khong-co", reason: "x" }, "Cơ quan này không có trong danh mục"],
    ["not-within-authority", { office: "Điện lực", reason: "" }, "Lý do đang trống."],
    ["extend", { days: "90", reason: "x" }, "Chỉ được gia hạn từ 1 đến 15 ngày làm việc."],
    ["extend", { days: "năm", reason: "x" }, "Số ngày gia hạn phải là một số."],
    ["withdraw", { reason: "a".repeat(501) }, "Lý do dài quá 500 ký tự"],
    ["correct", { stance: "x", topic: "ha-tang", commune: "" }, "không có trong danh mục"],
    ["note", { text: "" }, "Ghi chú đang trống."],
  ])("%s with %o says what is wrong and changes nothing", async (verb, fields, fault) => {
    const code = await made();
    const response = await act(code, verb, fields);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(fault);
    expect((await rig.web.petitions.find(code))?.version).toBe(1);
    expect(await toldTo(code)).toEqual([]);
  });

  test.each<[verb: string, fields: Record<string, string>]>([
    ["ask", { text: "Kho <nào>?" }],
    ["withdraw", { reason: "Kho <nào>?" }],
    ["not-within-authority", { office: "Kho <nào>?", reason: "Kho <nào>?" }],
  ])("%s on a petition that moved meanwhile is 409, and what was typed stays", async (verb, fields) => {
    const code = await made();
    const action = `${addressOf(code)}/${verb}`;
    const stale = hiddenFields(await staff.page(addressOf(code)), action);
    await act(code, "take");
    const response = await staff.post(action, { ...stale, ...fields });
    expect(response.status).toBe(409);
    const page = await response.text();
    expect(page).toContain("vừa được người khác cập nhật");
    expect(page.split("Kho &lt;nào&gt;?").length - 1).toBe(Object.keys(fields).length);
    expect(await statusOf(code)).toBe("in-review");
  });

  test("a form without its version changes nothing", async () => {
    const code = await made();
    const { csrf = "" } = hiddenFields(await staff.page(addressOf(code)), `${addressOf(code)}/take`);
    expect((await staff.post(`${addressOf(code)}/take`, { csrf })).status).toBe(409);
    expect(await statusOf(code)).toBe("received");
  });
});

describe("what the member does not see", () => {
  test("a note is marked as for staff alone, and tells nobody", async () => {
    const code = await made();
    await act(code, "note", { text: "Đã gọi <anh> Ba" });
    const page = await staff.page(addressOf(code));
    expect(page).toMatch(/Chỉ cán bộ thấy<\/span> Đã gọi &lt;anh&gt; Ba/);
    expect(await toldTo(code)).toEqual([]);
    const view = await rig.web.petitions.lookUp(code, null);
    expect(JSON.stringify(view)).not.toContain("anh> Ba");
  });

  test("a correction keeps old and new values in the history", async () => {
    const code = await made();
    const same = { stance: "kien-nghi", topic: "ha-tang", commune: "Xã Tân Thuận" };
    const untouched = await act(code, "correct", same);
    expect(await staff.page(untouched.headers.get("location") ?? "")).toContain("Không có gì thay đổi");
    await act(code, "correct", { stance: "phan-anh", topic: "von-vay", commune: "xã Tân Bình" });
    const page = await staff.page(addressOf(code));
    expect(page).toContain("Sửa thông tin");
    expect(page).toContain("Loại: Kiến nghị → Phản ánh");
    expect(page).toContain("Chủ đề: Hạ tầng, nhà kho, máy móc → Vốn vay, tín dụng");
    expect(page).toContain("Xã, phường: Xã Tân Thuận → xã Tân Bình");
    expect(await toldTo(code)).toEqual([]);
  });
});

test("the deadline says how it was counted", async () => {
  const code = await made();
  expect(await staff.page(addressOf(code))).toMatch(/Vì sao là ngày này\?<\/summary>[\s\S]*15 ngày làm việc/);
  await act(code, "ask", { text: "Ở đâu?" });
  expect(await staff.page(addressOf(code))).toContain("Tạm dừng, chờ bà con");
});

test("the history names every kind of event", async () => {
  const code = await made();
  const id = (await rig.web.petitions.find(code))?.id ?? 0;
  const { pool } = rig.fresh.database;
  const events: [kind: string, details: unknown, title: string][] = [
    ["extended", { extendedBy: 3 }, "Gia hạn thêm 3 ngày làm việc"],
    ["grouped", { group: 7 }, 'Đưa vào <a href="/console/groups/7">nhóm số 7</a>'],
    ["ungrouped", { group: 7 }, 'Đưa ra khỏi <a href="/console/groups/7">nhóm số 7</a>'],
    ["supplied", null, "Bà con bổ sung thông tin"],
    ["satisfied", null, "Bà con hài lòng với câu trả lời"],
    ["unsatisfied", null, "Bà con chưa hài lòng, kiến nghị được mở lại"],
    ["withdrawn", null, "Bà con rút kiến nghị"],
  ];
  for (const [kind, details] of events)
    await pool.query(
      "insert into petition_events (petition_id, kind, details, member_text) values ($1, $2, $3, 'lời <của> tôi')",
      [id, kind, JSON.stringify(details)],
    );
  const page = await staff.page(addressOf(code));
  for (const [, , title] of events) expect(page).toContain(`<strong>${title}</strong>`);
  expect(page.split("Lời bà con: lời &lt;của&gt; tôi").length - 1).toBe(events.length);
});

test("who else has the petition open is told, until he leaves", async () => {
  const code = await made();
  const other = await rig.web.signedIn("admin");
  await other.page(addressOf(code));
  const page = await staff.page(addressOf(code));
  expect(page).toContain("Người admin cũng đang mở kiến nghị này");
  const action = `${addressOf(code)}/presence`;
  const beat = async (client: Client, more = {}) =>
    (await client.submit(addressOf(code), action, more)).json() as Promise<{ words: string }>;
  expect((await beat(staff)).words).toContain("Người admin");
  const hidden = hiddenFields(await other.page(addressOf(code)), action);
  await other.post(action, { ...hidden, leaving: "1" });
  expect((await beat(staff)).words).toBe("");
});
