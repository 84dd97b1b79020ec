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
import type { Client } from "../support/web.ts";

let rig: OfficeRig;
let staff: Client;
let imported = "";

beforeAll(async () => {
  rig = await openOffice();
  staff = await rig.web.signedIn("staff");
  imported = await (await importFile(staff, "y-kien.csv", demoFile(rig.catalog))).text();
});

afterAll(() => rig.fresh.drop());

const total = async (query: string) => totalOf(await staff.page(`/console/petitions${query}`));
const codesIn = (page: string) =>
  [...page.matchAll(/href="\/console\/petitions\/(KN-\w+)"/g)].map(([, code]) => code);

describe("692 opinions of which 262 agree", () => {
  test("are reported by what they are", () => {
    expect(imported).toContain("<strong>692 ý kiến mới</strong>, 0 ý kiến đã có từ trước, 0 dòng bị từ chối");
    expect(imported).toMatch(/Đồng thuận<\/th><td>262/);
  });

  test("are listed as 430 that ask for something, until agreement is asked for", async () => {
    expect(await total("")).toBe(430);
    expect(await total("?stance=dong-thuan")).toBe(262);
    expect(await total("?status=all&stance=all")).toBe(692);
    expect(await total("?import=1&stance=all")).toBe(692);
    expect(await staff.page("/console/petitions")).toContain("Không gồm ý kiến đồng thuận");
    expect(await staff.page("/console/petitions?stance=all")).not.toContain("Không gồm ý kiến đồng thuận");
  });

  test("imported again add nothing", async () => {
    const page = await (await importFile(staff, "y-kien.csv", demoFile(rig.catalog))).text();
    expect(page).toContain("<strong>0 ý kiến mới</strong>, 692 ý kiến đã có từ trước");
    expect(page).not.toContain("vừa nhập</a>");
    expect(await total("?status=all&stance=all")).toBe(692);
  });

  test.each(["", "?topic=ha-tang", "?q=kenh", "?stance=all&area=x%C3%A3+T%C3%A2n+B%C3%ACnh"])(
    "each state's number is the total of the list behind it (%s)",
    async (query) => {
      const links = numberedLinks(await staff.page(`/console/petitions${query}`)).filter(({ href }) =>
        href.includes("status="),
      );
      expect(links.length).toBeGreaterThanOrEqual(5);
      expect(links.some(({ count }) => count > 0)).toBe(true);
      for (const { href, count } of links)
        expect([href, totalOf(await staff.page(href))]).toEqual([href, count]);
    },
  );
});

describe("what narrows the list", () => {
  test("is the channel, the agency, the group, the days and the words", async () => {
    const { code } = await petitionOn(rig.web, "web-chat", {
      content: "Xin nhà màng thủy canh",
      topic: "ha-tang",
    });
    const address = `/console/petitions/${code}`;
    expect(codesIn(await staff.page("/console/petitions?channel=web-chat"))).toEqual([code]);
    expect(await total("?channel=telegram")).toBe(0);
    expect(await total("?channel=paper")).toBe(430);
    expect(await total("?agency=none")).toBe(431);
    await staff.submit(address, `${address}/forward`, { agency: "so-nn-mt" });
    expect(codesIn(await staff.page("/console/petitions?agency=so-nn-mt"))).toEqual([code]);
    expect(codesIn(await staff.page("/console/petitions?status=forwarded"))).toEqual([code]);
    const file = await rig.web.petitions.find(code);
    const { rows } = await rig.fresh.database.pool.query("select id from staff limit 1");
    await rig.fresh.database.pool.query(
      `with made as (insert into petition_groups (title, topic, created_by) values ('Máy sấy', 'ha-tang', $1) returning id)
       update petitions set group_id = (select id from made) where id = $2`,
      [rows[0].id, file?.id],
    );
    expect(codesIn(await staff.page("/console/petitions?group=any"))).toEqual([code]);
    expect(await total("?group=none")).toBe(430);
    expect(codesIn(await staff.page("/console/petitions?q=nha+mang+thuy+canh"))).toEqual([code]);
    const today = new Date().toLocaleDateString("sv", { timeZone: "Asia/Ho_Chi_Minh" });
    expect(codesIn(await staff.page(`/console/petitions?from=${today}&channel=web-chat`))).toEqual([code]);
    expect(await total("?to=2020-01-01")).toBe(0);
  });

  test("stays chosen in the form, and no nonsense breaks it", async () => {
    const page = await staff.page("/console/petitions?topic=ha-tang&agency=none&from=2026-01-01");
    expect(page).toMatch(/<option value="ha-tang" selected="">/);
    expect(page).toMatch(/<option value="none" selected="">Chưa chuyển/);
    expect(page).toContain('name="from" value="2026-01-01"');
    for (const query of [
      "group=x&import=-1&from=2026-13-40",
      "agency=%00&area=%00&channel=x",
      "order=x&stance=x&to=x",
    ])
      expect((await staff.get(`/console/petitions?${query}`)).status).toBe(200);
  });
});

test("what is late says so in words, and what is due soon too", async () => {
  const { pool } = rig.fresh.database;
  const late = (await petitionOn(rig.web, "zalo-bot")).code;
  const soon = (await petitionOn(rig.web, "zalo-bot")).code;
  const days = rig.web.petitions.time.daysAt(new Date());
  await pool.query("update petitions set due_on = '2020-01-02', review_due_on = null where code = $1", [
    late,
  ]);
  await pool.query("update petitions set due_on = $2, review_due_on = null where code = $1", [
    soon,
    days.soonUntil,
  ]);
  expect(codesIn(await staff.page("/console/petitions?status=late"))).toEqual([late]);
  expect(codesIn(await staff.page("/console/petitions?status=soon"))).toEqual([soon]);
  const page = await staff.page("/console/petitions?channel=zalo-bot");
  expect(codesIn(page)).toEqual([late, soon]);
  expect(page).toContain("Quá hạn từ 02/01/2020");
  expect(page).toContain("Sắp đến hạn: ");
});
