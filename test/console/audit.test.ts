import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ACCESS, isAudited, type Route } from "../../src/console/access.ts";
import { ACTIONS } from "../../src/console/actions.ts";
import { newAccount } from "../../src/console/first-account.ts";
import type { Signed } from "../../src/console/handler.ts";
import { createMount } from "../../src/console/mount.ts";
import type { StaffAction } from "../../src/staff/audit.ts";
import { type OfficeRig, openOffice, petitionOn } from "../support/office.ts";
import type { Client } from "../support/web.ts";

let rig: OfficeRig;
let admin: Client;
let csrf: string;

beforeAll(async () => {
  rig = await openOffice();
  admin = await rig.web.signedIn("admin");
  csrf = await tokenOf(admin);
});

afterAll(() => rig.fresh.drop());

const FORMS = (Object.keys(ACCESS) as Route[]).filter(isAudited);
const query = (text: string, values: unknown[] = []) => rig.fresh.database.pool.query(text, values);

describe("every form of the console", () => {
  test.each(FORMS)("%s has a name in the audit", (route) => {
    expect(ACTIONS[route]?.[0]).toMatch(/^[a-z-]+$/);
    expect(ACTIONS[route]?.[1]).not.toBe("");
  });

  test("no two forms have one name, and no name is of a form that is gone", () => {
    const names = Object.values(ACTIONS).map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(ACTIONS).filter((route) => !(route in ACCESS))).toEqual([]);
  });

  test.each(FORMS)("%s runs as an action with one line, and is refused from 400 on", async (route) => {
    const begun: (StaffAction & { refused: boolean })[] = [];
    const app = new Hono<Signed>();
    const session = { staff: { id: 7, role: "admin" }, csrfToken: "token" };
    const sessions = { read: async () => ({ session, tokenHash: Buffer.from("x") }) };
    const during = async (
      action: StaffAction,
      work: () => Promise<Response>,
      isRefused: (r: Response) => boolean,
    ) => {
      const response = await work();
      begun.push({ ...action, refused: isRefused(response) });
      return response;
    };
    const mount = createMount(app, sessions as never, {} as never, { during } as never);
    mount(route, (c) => c.body(null, c.req.header("x-fail") ? 400 : 200));
    const path = (route.split(" ")[1] ?? "").replace(":code", "KN-222228").replace(":id", "12");
    const body = () => new URLSearchParams({ csrf: "token" });
    await app.request(path, { method: "POST", body: body() });
    await app.request(path, { method: "POST", body: body(), headers: { "x-fail": "1" } });
    expect(begun.map(({ refused }) => refused)).toEqual([false, true]);
    expect(begun[0]).toMatchObject({ by: 7, action: ACTIONS[route]?.[0] });
  });
});

type Scene = { path: string; fields: Record<string, string>; subject: RegExp | string; as?: Client };

async function petition(status = "received"): Promise<{ code: string; id: number; chat: number }> {
  const { code, conversationId } = await petitionOn(rig.web, "telegram");
  await query("update petitions set status = $2 where code = $1", [code, status]);
  const { rows } = await query("select id from petitions where code = $1", [code]);
  return { code, id: rows[0].id, chat: conversationId };
}

const verb = (name: string, fields: Record<string, string>, status?: string) => async (): Promise<Scene> => {
  const { code } = await petition(status);
  return { path: `/console/petitions/${code}/${name}`, fields: { version: "1", ...fields }, subject: code };
};

async function group(): Promise<{ id: number; version: string }> {
  const { id } = await petition();
  const made = await admin.post("/console/groups", {
    csrf,
    topic: "ha-tang",
    title: "Đường vào kho",
    petition: String(id),
  });
  const address = made.headers.get("location") ?? "";
  const groupId = Number(/groups\/(\d+)/.exec(address)?.[1]);
  const { rows } = await query("select version from petition_groups where id = $1", [groupId]);
  return { id: groupId, version: String(rows[0].version) };
}

const ofGroup = (name: string, fields: Record<string, string>) => async (): Promise<Scene> => {
  const { id, version } = await group();
  const sent = { key: randomUUID(), version, ...fields };
  return { path: `/console/groups/${id}/${name}`, fields: sent, subject: `group:${id}` };
};

const ofChat = (name: string, fields: Record<string, string>) => async (): Promise<Scene> => {
  const { chat } = await petition();
  await rig.web.hold(chat, true);
  const sent = { key: randomUUID(), ...fields };
  return { path: `/console/chats/${chat}/${name}`, fields: sent, subject: `chat:${chat}` };
};

const ofAccount =
  (name: string, fields: Record<string, string> = {}) =>
  async (): Promise<Scene> => {
    await rig.web.signedIn("staff");
    const { rows } = await query("select max(id) as id from staff");
    const id = rows[0].id;
    if (name === "enable") await query("update staff set disabled_at = now() where id = $1", [id]);
    return { path: `/console/staff/${id}/${name}`, fields, subject: `staff:${id}` };
  };

const SCENES: Partial<Record<Route, () => Promise<Scene>>> = {
  "POST /console/sign-out": async () => {
    const as = await rig.web.signedIn("staff");
    return { path: "/console/sign-out", fields: {}, subject: "", as };
  },
  "POST /console/password": async () => {
    const account = { name: "Lan", email: "lan@xa.test", role: "staff" } as const;
    const { email, password } = (await newAccount(rig.web.staff, account)) ?? { email: "", password: "" };
    const as = rig.web.client();
    await as.post("/console/sign-in", { email, password });
    const next = "con đò nhỏ qua sông";
    return { path: "/console/password", fields: { current: password, next, again: next }, subject: "", as };
  },
  "POST /console/petitions/:code/take": verb("take", {}),
  "POST /console/petitions/:code/ask": verb("ask", { text: "Kho ở ấp nào?" }),
  "POST /console/petitions/:code/forward": verb("forward", { agency: "so-nn-mt" }),
  "POST /console/petitions/:code/not-within-authority": verb("not-within-authority", {
    office: "Công ty điện lực",
    reason: "Việc của ngành điện",
  }),
  "POST /console/petitions/:code/answer": verb("answer", { text: "Sẽ sửa." }),
  "POST /console/petitions/:code/resolve": verb("resolve", {}, "answered"),
  "POST /console/petitions/:code/reopen": verb("reopen", { reason: "Vẫn chưa sửa" }, "answered"),
  "POST /console/petitions/:code/withdraw": verb("withdraw", { reason: "Bà con xin rút" }),
  "POST /console/petitions/:code/extend": verb("extend", { days: "5", reason: "Chờ khảo sát" }),
  "POST /console/petitions/:code/correct": verb("correct", {
    stance: "phan-anh",
    topic: "ha-tang",
    commune: "",
  }),
  "POST /console/petitions/:code/note": verb("note", { text: "Đã gọi điện" }),
  "POST /console/groups": async () => {
    const { id } = await petition();
    const fields = { topic: "ha-tang", title: "Nạo vét kênh", petition: String(id) };
    return { path: "/console/groups", fields, subject: /^group:\d+$/ };
  },
  "POST /console/groups/:id/answer": ofGroup("answer", { text: "Sẽ sửa." }),
  "POST /console/groups/:id/forward": ofGroup("forward", { agency: "so-nn-mt", reason: "" }),
  "POST /console/groups/:id/ungroup": ofGroup("ungroup", {}),
  "POST /console/chats/:id/write": ofChat("write", { text: "Chào bà con" }),
  "POST /console/chats/:id/hand-back": ofChat("hand-back", {}),
  "POST /console/chats/:id/take-over": async () => {
    const { chat } = await petition();
    return {
      path: `/console/chats/${chat}/take-over`,
      fields: { key: randomUUID() },
      subject: `chat:${chat}`,
    };
  },
  "POST /console/switches": async () => ({
    path: "/console/switches",
    fields: { name: "answers", turn: "off", reason: "Thử" },
    subject: "",
  }),
  "POST /console/staff": async () => ({
    path: "/console/staff",
    fields: { name: "Cán bộ sở", email: "so@xa.test", role: "agency", agency: "so-nn-mt" },
    subject: /^staff:\d+$/,
  }),
  "POST /console/staff/:id/role": ofAccount("role", { role: "viewer" }),
  "POST /console/staff/:id/disable": ofAccount("disable"),
  "POST /console/staff/:id/enable": ofAccount("enable"),
  "POST /console/staff/:id/reset": ofAccount("reset"),
  "POST /console/staff/:id/end-sessions": ofAccount("end-sessions"),
};

const linesAfter = async (id: number) =>
  (await query("select id, action, subject, staff_id, details from audit where id > $1 order by id", [id]))
    .rows;
const lastLine = async () => (await query("select id from audit_head")).rows[0].id as number;

describe("in the database", () => {
  test.each(Object.entries(SCENES))("%s leaves exactly one line, with the change", async (route, prepare) => {
    const { path, fields, subject, as = admin } = await prepare();
    const token = as === admin ? csrf : await tokenOf(as);
    const before = await lastLine();
    const response = await as.post(path, { csrf: token, ...fields });
    expect(response.status).toBeLessThan(400);
    const lines = await linesAfter(before);
    expect(lines).toHaveLength(1);
    expect(lines[0].action).toBe(ACTIONS[route]?.[0]);
    expect(lines[0].subject).toMatch(subject);
    expect(lines[0].staff_id).not.toBeNull();
    if (/^KN-|^(group|chat|staff):/.test(lines[0].subject))
      expect(lines[0].details?.after).toMatch(/^[0-9a-f]{64}$/);
  });

  test("a refused form leaves none", async () => {
    const { code } = await petition();
    const before = await lastLine();
    const stale = { csrf, version: "7" };
    expect((await admin.post(`/console/petitions/${code}/take`, stale)).status).toBe(409);
    expect(
      (await admin.post(`/console/petitions/${code}/answer`, { csrf, version: "1", text: "" })).status,
    ).toBe(400);
    expect((await admin.post("/console/staff", { csrf, name: "", email: "x", role: "boss" })).status).toBe(
      400,
    );
    expect(await linesAfter(before)).toEqual([]);
  });

  test("each look at a petition, a chat and a paper leaves one", async () => {
    const { code, chat } = await petition();
    for (const [path, action] of [
      [`/console/petitions/${code}`, "petition-viewed"],
      [`/console/chats/${chat}`, "chat-viewed"],
      ["/console/papers/register.xlsx", "paper-saved"],
    ] as const) {
      const before = await lastLine();
      expect((await admin.get(path)).status).toBe(200);
      expect((await linesAfter(before)).map((line) => line.action)).toEqual([action]);
    }
  });
});

describe("the page", () => {
  test("shows the newest first, and only what is asked for", async () => {
    await petitionView();
    const { rows } = await query("select max(id) as id from staff where role = 'admin'");
    const page = await admin.page(`/console/audit?staff=${rows[0].id}&action=petition-viewed`);
    expect(page).toContain("Xem kiến nghị");
    expect(page.split("<tbody>")[1]).not.toContain("Đăng nhập");
    const empty = await admin.page("/console/audit?day=2020-01-01");
    expect(empty).toContain("Không có dòng nào khớp");
  });

  test("says that the chain is whole, and where it broke", async () => {
    const whole = await admin.page("/console/audit?check=1");
    expect(whole).toMatch(/Chuỗi nhật ký nguyên vẹn, [\d.]+ dòng/);
    await rig.fresh.database.tx(async (client) => {
      await client.query("set local session_replication_role = replica");
      await client.query("update audit set subject = 'KN-999999' where id = 4");
    });
    expect(await admin.page("/console/audit?check=1")).toContain("đứt ở dòng số 4");
  });

  async function petitionView(): Promise<void> {
    const { code } = await petition();
    await admin.get(`/console/petitions/${code}`);
  }
});

async function tokenOf(client: Client): Promise<string> {
  return /name="csrf" value="([^"]+)"/.exec(await client.page("/console/password"))?.[1] ?? "";
}
