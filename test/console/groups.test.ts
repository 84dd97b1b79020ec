import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFile, type OfficeRig, openOffice, petitionOn } from "../support/office.ts";
import { unzipped } from "../support/unzipped.ts";
import { type Client, hiddenFields } from "../support/web.ts";

const WISH = "Đề nghị nạo vét kênh trục để bà con có nước làm lúa";
const COMMUNE = "xã Tân Bình";

let rig: OfficeRig;
let staff: Client;

beforeAll(async () => {
  rig = await openOffice();
  staff = await rig.web.signedIn("staff");
});

afterAll(() => rig.fresh.drop());

let groups = 0;

/** A group of petitions: some from the web chat, some from Telegram, some on paper. */
async function group(web: number, telegram: number, paper: number): Promise<string> {
  const content = `${WISH} lần ${++groups}`;
  for (let i = 0; i < web; i++) await petitionOn(rig.web, "web-chat", { content, commune: COMMUNE });
  for (let i = 0; i < telegram; i++) await petitionOn(rig.web, "telegram", { content, commune: COMMUNE });
  const lines = Array.from(
    { length: paper },
    (_, i) => `${content},ha-tang,${COMMUNE},Người ${i},090000000${i}`,
  );
  if (paper > 0)
    await importFile(staff, "a.csv", ["noi_dung,chu_de,xa_phuong,nguoi_gui,lien_he", ...lines].join("\n"));
  const { rows } = await rig.fresh.database.pool.query("select id from petitions where content = $1", [
    content,
  ]);
  return confirm(rows.map(({ id }) => String(id)));
}

async function confirm(petitions: string[], more: Record<string, string> = {}): Promise<string> {
  const response = await post("/console/groups", petitions, {
    topic: "ha-tang",
    title: "Kênh trục",
    ...more,
  });
  expect(response.status).toBe(303);
  return (response.headers.get("location") ?? "").split("?")[0] ?? "";
}

async function post(path: string, petitions: string[], fields: Record<string, string>): Promise<Response> {
  const suggestions = await staff.page("/console/groups/suggestions?topic=ha-tang");
  const form = new FormData();
  const { csrf = "" } = { ...hiddenFields(suggestions, "/console/sign-out") };
  for (const [name, value] of Object.entries({ csrf, ...fields })) form.set(name, value);
  for (const petition of petitions) form.append("petition", petition);
  return staff.form(path, form);
}

const rowsIn = (page: string, caption: string) =>
  (page.split(caption)[1]?.split("<tbody>")[1]?.split("</tbody>")[0]?.match(/<tr>/g) ?? []).length;

async function sentAnswers(): Promise<number> {
  const { rows } = await rig.fresh.database.pool.query(
    "select count(*)::int as count from messages where key like 'group-answer:%'",
  );
  return rows[0].count;
}

describe("suggestions", () => {
  test("say what to do while there is nothing alike", async () => {
    expect(await staff.page("/console/groups/suggestions?topic=von-vay")).toContain(
      "Không có kiến nghị nào giống nhau",
    );
    expect(await staff.page("/console/groups")).toContain("Chưa có nhóm nào");
  });

  test("offer open petitions with ticks, and only what is ticked becomes a group", async () => {
    for (let i = 0; i < 3; i++) await petitionOn(rig.web, "telegram", { content: WISH, commune: COMMUNE });
    const page = await staff.page("/console/groups/suggestions?topic=ha-tang");
    const ids = [...page.matchAll(/name="petition" value="(\d+)" checked/g)].map(([, id = ""]) => id);
    expect(ids.length).toBe(3);
    const address = await confirm(ids.slice(0, 2));
    expect(rowsIn(await staff.page(address), "Kiến nghị trong nhóm</caption>")).toBe(2);
    await confirm(ids.slice(2), { group: address.split("/").at(-1) ?? "" });
    expect(rowsIn(await staff.page(address), "Kiến nghị trong nhóm</caption>")).toBe(3);
  });

  test("of very many tick the hundred oldest, and say that the others follow", async () => {
    const lines = Array.from(
      { length: 104 },
      (_, i) => `Xin lập mã số vùng trồng khóm ấp ${i},khcn,${COMMUNE}`,
    );
    await importFile(staff, "b.csv", ["noi_dung,chu_de,xa_phuong", ...lines].join("\n"));
    const page = await staff.page("/console/groups/suggestions?topic=khcn");
    expect(page).toContain("104 kiến nghị");
    expect(page).toContain("Dưới đây là 100 kiến nghị cũ nhất");
    expect(page.match(/name="petition" value="\d+" checked/g)).toHaveLength(100);
  });

  test.each([
    ["no tick", [], { title: "Kênh" }, "Chưa đánh dấu kiến nghị nào"],
    ["no title", ["1"], { title: " " }, "Tên nhóm đang trống"],
    ["no topic", ["1"], { title: "Kênh", topic: "" }, "Chưa chọn chủ đề"],
  ])("with %s are refused in words", async (_, petitions, fields, fault) => {
    const response = await post("/console/groups", petitions, { topic: "ha-tang", ...fields });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(fault);
  });
});

describe("one answer to twenty", () => {
  test("has twenty rows in its ledger, and a double click sends it once", async () => {
    const address = await group(8, 7, 5);
    const action = `${address}/answer`;
    const fields = { ...hiddenFields(await staff.page(address), action), text: "Sẽ nạo vét trong <quý I>." };
    const before = await sentAnswers();
    const both = await Promise.all([staff.post(action, fields), staff.post(action, fields)]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(await sentAnswers()).toBe(before + 15);
    const page = await staff.page(address);
    expect(rowsIn(page, "Sổ giao nhận câu trả lời")).toBe(20);
    expect(page).toContain("15 đang gửi; 5 gặp lần tới");
    expect(page).toContain("Gọi điện: 0900000000");
    expect(page).toContain("Sẽ nạo vét trong &lt;quý I&gt;.");
    expect(page.match(/<h2 id="answer-/g)).toHaveLength(1);

    const third = await staff.post(action, fields);
    expect(await staff.page(third.headers.get("location") ?? "")).toContain("đã được gửi từ trước");
    expect(await sentAnswers()).toBe(before + 15);
  });

  test("shows of each petition what became of it on its way", async () => {
    const address = await group(4, 0, 0);
    await staff.submit(address, `${address}/answer`, { text: "Có." });
    const { pool } = rig.fresh.database;
    const { rows } = await pool.query(
      "select id from messages where key like 'group-answer:%' order by id desc limit 4",
    );
    const states = [
      ["done", null],
      ["waiting", null],
      ["refused", "người dùng <đã> chặn"],
      ["uncertain", "hết giờ"],
    ];
    for (const [i, [status, reason]] of states.entries())
      await pool.query("update messages set status = $2, reason = $3 where id = $1", [
        rows[i].id,
        status,
        reason,
      ]);
    const page = await staff.page(address);
    expect(page).toContain(
      "1 đã gửi tới; 1 chờ bà con nhắn lại mới gửi được; 1 bị chặn hoặc không gửi được; 1 chưa rõ đã đến nơi chưa",
    );
    expect(page).toContain("(người dùng &lt;đã&gt; chặn)");
  });

  test("to a group that changed meanwhile is 409, and the text stays", async () => {
    const address = await group(2, 0, 0);
    const stale = hiddenFields(await staff.page(address), `${address}/answer`);
    await staff.submit(address, `${address}/ungroup`, {});
    const before = await sentAnswers();
    const response = await staff.post(`${address}/answer`, { ...stale, text: "Chậm <rồi>" });
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("Nhóm vừa được người khác thay đổi");
    expect(await sentAnswers()).toBe(before);
  });

  test("that is blank is refused", async () => {
    const address = await group(1, 1, 0);
    const response = await staff.submit(address, `${address}/answer`, { text: " " });
    expect([response.status, (await response.text()).includes("Câu trả lời đang trống.")]).toEqual([
      400,
      true,
    ]);
  });
});

describe("a group is a link", () => {
  test("from which one petition or all are freed, each kept as it is", async () => {
    const address = await group(1, 2, 0);
    const page = await staff.page(address);
    const [one = ""] = /name="petition" value="(\d+)"/.exec(page)?.slice(1) ?? [];
    const { csrf = "" } = hiddenFields(page, `${address}/ungroup`);
    await staff.post(`${address}/ungroup`, { csrf, petition: one });
    expect(rowsIn(await staff.page(address), "Kiến nghị trong nhóm</caption>")).toBe(2);
    const response = await staff.post(`${address}/ungroup`, { csrf });
    expect(await staff.page(response.headers.get("location") ?? "")).toContain("Đã giải tán nhóm");
    expect(await staff.page(address)).toContain("không còn kiến nghị nào");
    const { rows } = await rig.fresh.database.pool.query(
      "select count(*)::int as count from petitions where group_id is null and content = $1",
      [`${WISH} lần ${groups}`],
    );
    expect(rows[0].count).toBe(3);
  });

  test("is forwarded whole, what is closed staying, and its memo holds its petitions alone", async () => {
    const address = await group(1, 2, 0);
    const [code = ""] =
      /KN-\w{6}/.exec((await staff.page(address)).split("Kiến nghị trong nhóm</caption>")[1] ?? "") ?? [];
    const closed = `/console/petitions/${code}`;
    await staff.submit(closed, `${closed}/withdraw`, { reason: "Xin rút" });
    const size = rowsIn(await staff.page(address), "Kiến nghị trong nhóm</caption>");
    const response = await staff.submit(address, `${address}/forward`, { agency: "so-nn-mt", reason: "" });
    const page = await staff.page(response.headers.get("location") ?? "");
    expect(page).toContain(`Đã chuyển ${size - 1} kiến nghị`);
    expect(page).toContain("1 kiến nghị giữ nguyên");
    const memo = await staff.get(`/console/papers/memo-so-nn-mt.docx?group=${address.split("/").at(-1)}`);
    const parts = await unzipped(Buffer.from(await memo.arrayBuffer()));
    expect(parts["word/document.xml"]).toContain(`có ${size} ý kiến`);
  });

  test("that nobody made is not there", async () => {
    for (const path of ["/console/groups/999999", "/console/groups/x"])
      expect((await staff.get(path)).status).toBe(404);
  });
});
