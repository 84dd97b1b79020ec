import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { KnowledgeDesk } from "../../src/console/knowledge-desk.ts";
import { rowsOf, SECTIONS } from "../../src/knowledge/directory.ts";
import { knowledgeOf } from "../support/knowledge-desk.ts";
import { createLibraryRig, type LibraryRig } from "../support/library-rig.ts";
import { type Client, hiddenFields, openWeb, type Web } from "../support/web.ts";

// A check asks a process of its own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 120_000 });

const HOLIDAYS = "/console/directory/holidays";

let rig: LibraryRig;
let knowledge: KnowledgeDesk;
let web: Web;
let admin: Client;
let viewer: Client;

beforeAll(async () => {
  rig = await createLibraryRig();
  knowledge = await knowledgeOf(rig);
  web = openWeb(rig.database, null, knowledge);
  admin = await web.signedIn("admin");
  viewer = await web.signedIn("viewer");
});
afterAll(() => rig.drop());
afterEach(async () => {
  for (const { id } of await rig.editions.staged()) await rig.editions.drop(id);
});

/** Opens the form of a row and sends it. */
async function save(
  client: Client,
  page: string,
  query: string,
  fields: Record<string, string>,
  verb = "save",
) {
  const form = hiddenFields(await client.page(`${page}?${query}`), `${page}/${verb}`);
  return client.post(`${page}/${verb}`, { ...form, ...fields });
}
const holiday = (date: string, name: string) => ({
  "f.date": date,
  "f.name": name,
  "f.compensates": "",
  "f.certainty": "",
  "f.verifiedBy": "",
});
const addHoliday = (date: string, name: string, client = admin) =>
  save(client, HOLIDAYS, "section=holidays&row=new", holiday(date, name));

async function holidaysIn(edition: number) {
  const file = (await rig.editions.files(edition)).find(({ path }) => path === "holidays.yaml");
  return { text: file?.text ?? "", rows: rowsOf(SECTIONS.holidays, file?.text ?? "") };
}

describe("the directory", () => {
  it("lists its pages with how many rows each holds", async () => {
    const page = await viewer.page("/console/directory");
    for (const title of ["Chủ đề", "Cơ quan", "Xã, phường", "Ngày nghỉ", "Từ ngữ", "Thời hạn"])
      expect(page).toContain(`>${title}</a>`);
    expect(page).toMatch(/data-label="Số dòng">28</);
  });

  it.each([
    ["topics", ["Vốn vay, tín dụng", "Ngân hàng Nhà nước", "vay vốn ưu đãi"]],
    ["agencies", ["Sở Tài chính TP Cần Thơ", "01/07/2025", "Sở Kế hoạch và Đầu tư"]],
    ["communes", ["Vị Thanh", "Phường 1; Phường 3; Phường 7", "Vùng III"]],
    ["holidays", ["Năm 2026", "Năm 2027", "Quốc khánh", "02/09/2026"]],
    ["glossary", ["hợp tác xã", "Tiếng miền Nam", "Từ cùng nghĩa"]],
    ["deadlines", ["Điều 28 Luật Tiếp công dân", "17:00"]],
  ])("shows %s to all staff, and nobody but an admin the forms", async (name, words) => {
    const page = await viewer.page(`/console/directory/${name}`);
    for (const word of words) expect(page).toContain(word);
    expect(page).not.toContain("row=");
    expect(await viewer.page(`/console/directory/${name}?section=${name}&row=0`)).not.toContain("/save");
    expect(await admin.page(`/console/directory/${name}`)).toContain("row=0");
  });

  it("has no page of another name", async () => {
    expect((await viewer.get("/console/directory/passwords")).status).toBe(404);
  });
});

describe("a change of a row", () => {
  it("goes into a staged edition, the next one into the same, and nothing is in force before it is published", async () => {
    const response = await addHoliday("2026-12-25", "Ngày nghỉ thử");
    expect(response.headers.get("location")).toBe(`${HOLIDAYS}?notice=saved`);
    await addHoliday("2026-12-28", "Ngày nghỉ thử thứ hai");
    const staged = await rig.editions.staged();
    expect(staged).toHaveLength(1);
    const edition = staged[0]?.id ?? 0;
    expect((await holidaysIn(edition)).rows.slice(-2)).toEqual([
      { date: "2026-12-25", name: "Ngày nghỉ thử" },
      { date: "2026-12-28", name: "Ngày nghỉ thử thứ hai" },
    ]);
    expect((await holidaysIn(edition)).text).toContain("# Public holidays");
    expect(await admin.page(HOLIDAYS)).toContain(`/console/knowledge/editions/${edition}`);
    expect(await viewer.page(HOLIDAYS)).not.toContain("Ngày nghỉ thử");
  });

  it("passes the check and the publication as any other, and then everybody sees it", async () => {
    await addHoliday("2026-12-24", "Ngày nghỉ đã công bố");
    const [{ id = 0 } = {}] = await rig.editions.staged();
    const edition = `/console/knowledge/editions/${id}`;
    expect(await admin.page(edition)).toContain("holidays.yaml");
    for (const verb of ["check", "publish"]) {
      const fields = hiddenFields(await admin.page(edition), `${edition}/${verb}`);
      expect((await admin.post(`${edition}/${verb}`, fields)).status).toBe(303);
    }
    expect(await viewer.page(HOLIDAYS)).toContain("Ngày nghỉ đã công bố");
    expect(knowledge.live.now().corpus.catalog.holidays.some(({ date }) => date === "2026-12-24")).toBe(true);
  });

  it("changes one row, and takes one away", async () => {
    await save(admin, HOLIDAYS, "section=holidays&row=0", holiday("2026-01-02", "Tết Dương lịch (dời)"));
    await save(admin, HOLIDAYS, "section=holidays&row=1", {}, "remove");
    const [{ id = 0 } = {}] = await rig.editions.staged();
    const { rows } = await holidaysIn(id);
    expect(rows[0]).toEqual({ date: "2026-01-02", name: "Tết Dương lịch (dời)" });
    expect(rows.some(({ date }) => date === "2026-02-16")).toBe(false);
  });

  it("that is not valid is said in words beside what was typed, and stages nothing", async () => {
    const response = await addHoliday("32/13/2026", "<b>Ngày lạ</b>");
    expect(response.status).toBe(400);
    const page = await response.text();
    expect(page).toContain("“Ngày”: ");
    expect(page).toContain("&lt;b&gt;Ngày lạ");
    expect(await (await addHoliday("2026-09-02", "Quốc khánh nữa")).text()).toContain("đã có dòng");
    expect(await (await addHoliday("2026-10-10", " ")).text()).toContain("Chưa ghi “Tên ngày nghỉ”");
    expect(await rig.editions.staged()).toEqual([]);
  });

  it("that changes nothing stages nothing and says so", async () => {
    const response = await save(
      admin,
      HOLIDAYS,
      "section=holidays&row=0",
      holiday("2026-01-01", "Tết Dương lịch"),
    );
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("không có gì thay đổi");
    expect(await rig.editions.staged()).toEqual([]);
  });

  it("made on a page that is out of date is refused", async () => {
    const form = hiddenFields(await admin.page(`${HOLIDAYS}?section=holidays&row=0`), `${HOLIDAYS}/save`);
    await addHoliday("2026-12-30", "xen vào");
    const response = await admin.post(`${HOLIDAYS}/save`, { ...form, ...holiday("2026-01-03", "muộn") });
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("đã đổi từ lúc mở trang");
  });

  it("of two admins goes into a draft of each", async () => {
    const other = await web.signedIn("admin");
    await addHoliday("2026-12-25", "của tôi");
    await addHoliday("2026-12-25", "của người kia", other);
    expect(await rig.editions.staged()).toHaveLength(2);
    expect(await other.page(HOLIDAYS)).not.toContain("của tôi");
  });

  it("is refused in a draft that is older than what somebody else published of the same list", async () => {
    await addHoliday("2026-12-21", "của tôi");
    const other = await web.signedIn("admin");
    await addHoliday("2026-12-22", "của người kia", other);
    const [{ id = 0 } = {}] = await rig.editions.staged();
    await rig.library.check(id);
    await rig.library.publish(id, { name: "kia", staffId: null }, null);
    const response = await addHoliday("2026-12-23", "nữa");
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("vừa được người khác công bố");
  });
});

describe("an agency", () => {
  const AGENCIES = "/console/directory/agencies";

  it("that a topic gives work to is not taken away", async () => {
    const response = await save(admin, AGENCIES, "section=agencies&row=0", {}, "remove");
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("còn giao việc cho cơ quan này");
  });

  it("that is new gets an id of its name, and is named by a topic by its name", async () => {
    const fields = {
      "f.name": "Trạm Khuyến nông thử",
      "f.handles": "Khuyến nông",
      "f.validFrom": "01/07/2026",
      "f.perCommune": "",
    };
    expect((await save(admin, AGENCIES, "section=agencies&row=new", fields)).status).toBe(303);
    const TOPICS = "/console/directory/topics";
    const topic = {
      "f.name": "Vốn vay",
      "f.description": "Vay",
      "f.agencies": "Trạm Khuyến nông thử\r\nSở Tài chính TP Cần Thơ",
      "f.phrases": "vay vốn",
    };
    expect((await save(admin, TOPICS, "section=topics&row=0", topic)).status).toBe(303);
    const [{ id = 0 } = {}] = await rig.editions.staged();
    const files = await rig.editions.files(id);
    const topics = files.find(({ path }) => path === "topics.yaml")?.text ?? "";
    expect(rowsOf(SECTIONS.topics, topics)[0]?.agencies).toEqual(["tram-khuyen-nong-thu", "so-tai-chinh"]);
    const unknown = await save(admin, TOPICS, "section=topics&row=0", {
      ...topic,
      "f.agencies": "Sở Nào Đó",
    });
    expect(await unknown.text()).toContain("Không có cơ quan “Sở Nào Đó”");
  });
});

describe("closed lists", () => {
  it("take no new row", async () => {
    const page = "/console/directory/topics";
    expect(await admin.page(page)).not.toContain("row=new");
    const { csrf = "" } = hiddenFields(await admin.page(`${page}?section=topics&row=0`), `${page}/save`);
    expect(
      (await admin.post(`${page}/save`, { csrf, section: "topics", row: "new", version: "" })).status,
    ).toBe(400);
  });

  it("of terms are changed value by value", async () => {
    const page = "/console/directory/deadlines";
    const fields = {
      "f.review.days": "7",
      "f.review.basis": "mốc mới",
      "f.answer.days": "10",
      "f.answer.basis": "x",
      "f.extension.days": "10",
      "f.extension.basis": "y",
      "f.remindDays": "2",
      "f.closesAt": "16:30",
    };
    expect((await save(admin, page, "section=deadlines&row=0", fields)).status).toBe(303);
    const [{ id = 0 } = {}] = await rig.editions.staged();
    const text = (await rig.editions.files(id)).find(({ path }) => path === "deadlines.yaml")?.text ?? "";
    expect(rowsOf(SECTIONS.deadlines, text)[0]).toMatchObject({
      review: { days: 7, basis: "mốc mới" },
      closesAt: "16:30",
    });
    const wrong = await save(admin, page, "section=deadlines&row=0", { ...fields, "f.answer.days": "900" });
    expect(await wrong.text()).toContain("“Trả lời (ngày làm việc)”");
  });
});
