import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OfficeRig, openOffice } from "../support/office.ts";
import { type Client, hiddenFields } from "../support/web.ts";

let rig: OfficeRig;
let admin: Client;

beforeAll(async () => {
  rig = await openOffice();
  admin = await rig.web.signedIn("admin");
});

afterAll(() => rig.fresh.drop());

const PATH = "/console/staff";
const passwordIn = (page: string) => /<p class="code">([^<]+)<\/p>/.exec(page)?.[1] ?? "";
const faultIn = (page: string) => /class="fault" role="alert">([^<]+)/.exec(page)?.[1]?.trim();

async function post(action: string, fields: Record<string, string> = {}, by = admin) {
  return by.post(action, { ...hiddenFields(await by.page(PATH), PATH), ...fields });
}

async function idOf(email: string): Promise<number> {
  const { rows } = await rig.fresh.database.pool.query("select id from staff where email = $1", [email]);
  return rows[0]?.id;
}

let people = 0;
async function made(role = "staff", more: Record<string, string> = {}) {
  const email = `nguoi-${++people}@xa.test`;
  const response = await post(PATH, { name: `Người ${people}`, email, role, ...more });
  const page = await response.text();
  return { email, page, password: passwordIn(page), status: response.status, id: await idOf(email) };
}

describe("a new account", () => {
  test("has a password that is shown once, in the answer to the form, and opens the console", async () => {
    const { email, password, id } = await made();
    expect(password).toMatch(/^[2-9A-HJ-NP-Za-km-z]{20}$/);
    expect(await admin.page(PATH)).not.toContain(password);
    const client = rig.web.client();
    expect((await client.post("/console/sign-in", { email, password })).status).toBe(303);
    expect(await client.page("/console/petitions")).toContain("Đổi mật khẩu ngay");
    const { rows } = await rig.fresh.database.pool.query(
      "select password_expires_at - now() as left from staff where id = $1",
      [id],
    );
    expect(rows[0].left.hours).toBe(23);
  });

  test("of an agency is bound to it, and to a commune where there is one in each", async () => {
    const office = await made("agency", { agency: "so-nn-mt", commune: "" });
    expect(office.page).toContain("Sở Nông nghiệp và Môi trường");
    expect((await made("agency", { agency: "" })).page).toContain("cần chọn một cơ quan");
    expect((await made("agency", { agency: "khong-co" })).status).toBe(400);
    expect((await made("agency", { agency: "ubnd-xa" })).page).toContain("cần chọn thêm xã hay phường");
    const commune = `${rig.catalog.communes[0]?.kind} ${rig.catalog.communes[0]?.name}`;
    const { email, password } = await made("agency", { agency: "ubnd-xa", commune });
    const client = rig.web.client();
    await client.post("/console/sign-in", { email, password });
    expect(await client.page("/console/petitions")).toContain("Cán bộ cơ quan");
  });

  test.each([
    [{ name: "", email: "a@xa.test", role: "staff" }, "Xin ghi tên."],
    [{ name: "A", email: "khong-phai", role: "staff" }, "E-mail chưa đúng dạng ten@coquan.vn."],
    [{ name: "A", email: "a@xa.test", role: "boss" }, "Chưa chọn vai trò."],
  ])("is refused with the reason: %o", async (fields, fault) => {
    const response = await post(PATH, fields);
    expect(response.status).toBe(400);
    expect(faultIn(await response.text())).toBe(fault);
  });

  test("with an e-mail that is taken is refused, and what was typed stays", async () => {
    const { email } = await made();
    const response = await post(PATH, { name: "Khác <b>", email: email.toUpperCase(), role: "staff" });
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("Khác &lt;b&gt;");
  });
});

describe("an account", () => {
  test("gets a new password that ends its sessions", async () => {
    const { email, password, id } = await made();
    const client = rig.web.client();
    await client.post("/console/sign-in", { email, password });
    const next = passwordIn(await (await post(`${PATH}/${id}/reset`)).text());
    expect(next).not.toBe(password);
    expect((await client.get("/console/petitions")).status).toBe(303);
    expect((await client.post("/console/sign-in", { email, password })).status).toBe(401);
    expect((await client.post("/console/sign-in", { email, password: next })).status).toBe(303);
  });

  test("is shut at once and opened again", async () => {
    const { email, password, id } = await made();
    const client = rig.web.client();
    await client.post("/console/sign-in", { email, password });
    expect((await post(`${PATH}/${id}/disable`)).headers.get("location")).toBe(`${PATH}?notice=disabled`);
    expect((await client.get("/console/petitions")).status).toBe(303);
    expect((await client.post("/console/sign-in", { email, password })).status).toBe(401);
    await post(`${PATH}/${id}/enable`);
    expect((await client.post("/console/sign-in", { email, password })).status).toBe(303);
  });

  test("changes its role under the hands of who is signed in", async () => {
    const { email, password, id } = await made("admin");
    const client = rig.web.client();
    await client.post("/console/sign-in", { email, password });
    expect((await client.get(PATH)).status).toBe(200);
    await post(`${PATH}/${id}/role`, { role: "viewer" });
    expect((await client.get(PATH)).status).toBe(403);
  });

  test("that there is not: 404", async () => {
    for (const verb of ["role", "disable", "enable", "reset", "end-sessions"])
      expect((await post(`${PATH}/999999/${verb}`, { role: "staff" })).status).toBe(404);
  });
});

test("the last admin keeps his role and his account, with the reason", async () => {
  await rig.fresh.database.pool.query(
    "update staff set disabled_at = now() where role = 'admin' and id <> (select min(id) from staff where role = 'admin')",
  );
  const { rows } = await rig.fresh.database.pool.query(
    "select min(id) as id from staff where role = 'admin'",
  );
  for (const [verb, fields] of [
    ["disable", {}],
    ["role", { role: "staff" }],
  ] as const) {
    const response = await post(`${PATH}/${rows[0].id}/${verb}`, fields);
    expect(response.status).toBe(409);
    expect(faultIn(await response.text())).toMatch(/quản trị viên đang hoạt động cuối cùng/);
  }
  expect((await admin.get(PATH)).status).toBe(200);
});

test("only admins are led to these pages, and everybody only to what he may open", async () => {
  const navOf = (page: string) => /<nav aria-label="Chính">.*?<\/nav>/s.exec(page)?.[0] ?? "";
  for (const role of ["viewer", "agency", "staff", "admin"] as const) {
    const client = await rig.web.signedIn(role);
    const nav = navOf(await client.page("/console/petitions"));
    expect(nav.includes("Quản trị")).toBe(role === "admin");
    for (const [, address = ""] of nav.matchAll(/href="([^"]+)"/g))
      expect((await client.get(address)).status).toBe(200);
  }
});
