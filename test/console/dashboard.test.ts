import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  demoFile,
  importFile,
  numberedLinks,
  type OfficeRig,
  openOffice,
  petitionOn,
  totalOf,
} from "../support/office.ts";
import { incoming } from "../support/samples.ts";
import { unzipped } from "../support/unzipped.ts";
import type { Client } from "../support/web.ts";

let rig: OfficeRig;
let staff: Client;

beforeAll(async () => {
  rig = await openOffice();
  staff = await rig.web.signedIn("staff");
});

afterAll(() => rig.fresh.drop());

async function asked(text: string, outcome: string): Promise<void> {
  const { id } = await rig.web.messages.receive(incoming({ text }));
  await rig.fresh.database.pool.query("update messages set outcome = $2, status = 'done' where id = $1", [
    id,
    outcome,
  ]);
}

test("an empty dashboard says what to do", async () => {
  const page = await staff.page("/console");
  expect(page).toContain("Kỳ này chưa có kiến nghị nào.");
  expect(page).toContain("/console/opinions");
});

describe("the dashboard", () => {
  beforeAll(async () => {
    await importFile(staff, "y-kien.csv", demoFile(rig.catalog));
    const { code } = await petitionOn(rig.web, "telegram");
    const address = `/console/petitions/${code}`;
    await staff.submit(address, `${address}/forward`, { agency: "so-nn-mt" });
    const answered = `/console/petitions/${(await petitionOn(rig.web, "web-chat", { commune: null })).code}`;
    await staff.submit(answered, `${answered}/answer`, { text: "Sẽ sửa." });
    await asked("Vay vốn ngân hàng lãi suất bao nhiêu?", "unanswered_no_support");
    await asked("Vay vốn không thế chấp được bao nhiêu?", "unanswered_known_gap");
    await asked("Muốn thành lập hợp tác xã cần mấy người?", "answered_quoted");
  });

  test.each(["", "?from=2026-09-10&to=2026-10-05"])(
    "leads with each number to as many rows (%s)",
    async (query) => {
      const links = numberedLinks(await staff.page(`/console${query}`)).filter(({ href }) =>
        href.startsWith("/console/petitions?"),
      );
      expect(links.length).toBeGreaterThan(40);
      for (const { href, count } of links)
        expect([href, totalOf(await staff.page(href))]).toEqual([href, count]);
    },
  );

  test("counts exactly what came in", async () => {
    const page = await staff.page("/console");
    expect(page).toMatch(/<b>694<\/b> Đã tiếp nhận/);
    expect(page).toMatch(/<b>262<\/b> Trong đó đồng thuận/);
    expect(page).toMatch(/<b>1<\/b> Đã trả lời/);
  });

  test("shows the gaps by topic, and leads to the questions", async () => {
    const page = await staff.page("/console");
    const links = numberedLinks(page).filter(({ href }) => href.startsWith("/console/questions?"));
    expect(links.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    for (const { href, count } of links) expect(await staff.page(href)).toContain(`${count} câu hỏi.`);
    const gap = links.find(({ href }) => href.includes("kind=unanswered&topic=von-vay"));
    expect(gap?.count).toBe(2);
    expect(await staff.page(gap?.href ?? "")).toContain("Vay vốn không thế chấp được bao nhiêu?");
  });

  test("draws nothing that the security policy forbids", async () => {
    const page = await staff.page("/console");
    expect(page).toContain("<rect");
    expect(page).not.toMatch(/\sstyle=/);
  });
});

describe("papers", () => {
  test.each([
    ["register.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["summary.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ["memo-so-nn-mt.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ])("%s is saved and never opened in the page", async (name, type) => {
    const response = await staff.get(`/console/papers/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="${name}"; filename*=UTF-8''${name}`,
    );
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")).toBe("sandbox");
    expect(Object.keys(await unzipped(Buffer.from(await response.arrayBuffer()))).length).toBeGreaterThan(3);
  });

  test("hold the chosen period", async () => {
    const whole = await summary("");
    const part = await summary("?from=2026-09-10&to=2026-10-05");
    expect(whole).toContain("694 ý kiến");
    const count = totalOf(
      await staff.page("/console/petitions?status=all&stance=all&from=2026-09-10&to=2026-10-05"),
    );
    expect(part).toContain(`${count} ý kiến`);
    expect(part).toContain("từ ngày 10/09/2026 đến ngày 05/10/2026");
  });

  test("are offered for each agency that has any", async () => {
    const page = await staff.page("/console/papers");
    expect(page).toContain("/console/papers/memo-so-nn-mt.docx");
    expect(page).toContain("Liên minh Hợp tác xã TP Cần Thơ");
    expect(await staff.page("/console/papers?to=2020-01-01")).toContain("Kỳ này chưa có ý kiến nào");
  });

  test.each(["numbers.json", "memo-khong-co.docx", "..%2Fsecret.docx", "register.exe"])(
    "%s is not there: 404",
    async (name) => expect((await staff.get(`/console/papers/${name}`)).status).toBe(404),
  );

  async function summary(query: string): Promise<string> {
    const response = await staff.get(`/console/papers/summary.docx${query}`);
    const parts = await unzipped(Buffer.from(await response.arrayBuffer()));
    return (parts["word/document.xml"] ?? "").replace(/<[^>]+>/g, "");
  }
});

describe("a file of opinions", () => {
  test("has its wrong rows told with their numbers, as text", async () => {
    const rows = ["noi_dung,loai", "Xin sửa đường,kien-nghi", "Xin máy,<b>lạ</b>", ",phan-anh"];
    const page = await (await importFile(staff, "sai<1>.csv", rows.join("\n"))).text();
    expect(page).toContain(
      "3 dòng: <strong>1 ý kiến mới</strong>, 0 ý kiến đã có từ trước, 2 dòng bị từ chối",
    );
    expect(page).toContain("&lt;b&gt;lạ&lt;/b&gt;");
    expect(page).toContain("thiếu nội dung");
    expect(page).toContain("Nhập ý kiến từ sai&lt;1&gt;.csv");
    const link = /href="([^"]+)">Xem 1 ý kiến vừa nhập/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(totalOf(await staff.page(link))).toBe(1);
  });

  test("that cannot be read is refused in words", async () => {
    const page = await (await importFile(staff, "x.csv", "cot_la\n1")).text();
    expect(page).toContain("Tệp này không nhập được");
    expect(page).toContain("Dòng 1 phải là tiêu đề");
    expect(await staff.page("/console/opinions")).toContain("cả tệp bị từ chối");
  });

  test("shows how far it is without a script, and goes on when a person says so", async () => {
    const { pool } = rig.web.database;
    const { rows } = await pool.query(
      `insert into opinion_imports (file_name, file_hash, file, total, done, added, tries, lease_until)
       values ('dang.csv', 'x', 'noi_dung', 692, 200, 150, 5, now() + interval '1 minute') returning id`,
    );
    const address = `/console/opinions/${rows[0].id}`;
    const running = await staff.get(address);
    expect(running.headers.get("refresh")).toBe("2");
    const page = await running.text();
    expect(page).toContain("200 trên 692 ý kiến: 150 mới, 50 đã có từ trước");
    expect(page).toMatch(/<progress[^>]* max="692"[^>]* value="200"/);
    expect(page).not.toContain("Nhập tiếp</button>");

    await pool.query("update opinion_imports set lease_until = now() - interval '1 second' where id = $1", [
      rows[0].id,
    ]);
    expect((await staff.get(address)).headers.get("refresh")).toBeNull();
    const response = await staff.submit(address, `${address}/resume`, {});
    expect(response.headers.get("location")).toBe(`${address}?notice=resumed`);
    expect(await staff.page(address)).toContain("việc nhập sắp bắt đầu");
    await pool.query("delete from opinion_imports where id = $1", [rows[0].id]);
  });

  test("has a template that imports as it is", async () => {
    const template = await staff.get("/console/opinions/template.csv");
    expect(template.headers.get("content-disposition")).toContain('filename="mau-nhap-y-kien.csv"');
    const page = await (await importFile(staff, "mau.csv", await template.text())).text();
    expect(page).toContain("<strong>1 ý kiến mới</strong>");
  });
});
