import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ACCESS, type Route } from "../../src/console/access.ts";
import type { Signed } from "../../src/console/handler.ts";
import { createMount } from "../../src/console/mount.ts";
import { ROLE_IDS } from "../../src/staff/account.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Client, openWeb, type Web } from "../support/web.ts";

let fresh: FreshDatabase;
let web: Web;
/** A petition with its chat that everybody's addresses lead to, at an agency that no account has. */
let target: { code: string; chat: number };

beforeAll(async () => {
  fresh = await freshDatabase();
  web = openWeb(fresh.database);
  const chat = await web.openChat("target");
  target = { chat, code: await web.addPetition(chat) };
  await atAgency(target.code, "so-nn-mt");
});

afterAll(() => fresh.drop());

const ROUTES = Object.keys(ACCESS) as Route[];
const POSTS = ROUTES.filter((route) => route.startsWith("POST") && !isOpen(route));

test("every route of the console stands in the table, and every line of the table is mounted", () => {
  const mounted = web.app.routes
    .filter(({ path, method }) => path.startsWith("/console") && method !== "ALL" && !path.endsWith("*"))
    .map(({ method, path }) => `${method} ${path}`);
  expect(new Set(mounted)).toEqual(new Set(ROUTES));
});

test("a route without a line in the table is not mounted", () => {
  const mount = createMount(new Hono<Signed>(), {} as never, {} as never, {} as never);
  expect(() => mount("GET /console/secret" as Route, (c) => c.text("open"))).toThrow(/GET \/console\/secret/);
});

describe("who may call what", () => {
  test.each(ROUTES)("nobody: %s", async (route) => {
    expectSignIn(route, await call(web.client(), route, "no-token"));
  });

  for (const role of ROLE_IDS) {
    describe(role, () => {
      const browser = perFile(() => web.signedIn(role));

      test.each(ROUTES)("%s", async (route) => {
        const allowed: readonly string[] | string = ACCESS[route];
        const client = route.endsWith("/sign-out") ? await web.signedIn(role) : await browser();
        const response = await call(client, route, await tokenOf(client));
        const isAllowed = allowed === "anyone" || allowed.includes(role);
        expect(response.status === 403).toBe(!isAllowed);
        expect([200, 303, 400, 401, 403, 404, 409]).toContain(response.status);
        if (!isOpen(route)) expect(response.status).not.toBe(401);
      });
    });
  }

  describe("an account that was shut", () => {
    const browser = perFile(async () => {
      const client = await web.signedIn("admin");
      const csrf = await tokenOf(client);
      await fresh.database.pool.query(
        "update staff set disabled_at = now() where id = (select max(id) from staff)",
      );
      return { client, csrf };
    });
    test.each(ROUTES)("%s", async (route) => {
      const { client, csrf } = await browser();
      expectSignIn(route, await call(client, route, csrf));
    });
  });

  describe("a session that ended", () => {
    const browser = perFile(async () => {
      const client = await web.signedIn("admin");
      const csrf = await tokenOf(client);
      await fresh.database.pool.query(
        `update staff_sessions set seen_at = now() - interval '13 hours'
         where staff_id = (select max(id) from staff)`,
      );
      return { client, csrf };
    });
    test.each(ROUTES)("%s", async (route) => {
      const { client, csrf } = await browser();
      expectSignIn(route, await call(client, route, csrf));
    });
  });

  test("a viewer is not even shown the forms", async () => {
    const chat = await web.openChat("forms");
    const code = await web.addPetition(chat);
    const path = `/console/petitions/${code}`;
    expect(await (await web.signedIn("viewer")).page(path)).not.toContain("<textarea");
    expect(await (await web.signedIn("staff")).page(path)).toContain("<textarea");
  });
});

describe("the people of an agency", () => {
  const browser = perFile(() => web.signedIn("agency", { agency: "so-tai-chinh" }));
  const ofPetitions = ROUTES.filter((route) => route.includes("/petitions/:code"));
  const theirs = ofPetitions.filter((route) => (ACCESS[route] as readonly string[]).includes("agency"));

  test.each(theirs)("%s: a petition of another agency is one that there is not", async (route) => {
    const client = await browser();
    const csrf = await tokenOf(client);
    const others = await call(client, route, csrf);
    const none = await call(client, route, csrf, {}, "KN-222228");
    expect(others.status).toBe(404);
    expect(none.status).toBe(404);
    expect((await others.text()).replaceAll(target.code, "")).toBe(
      (await none.text()).replaceAll("KN-222228", ""),
    );
  });

  test("see and answer what their agency has, in lists, in numbers and on its page", async () => {
    const client = await browser();
    const code = await web.addPetition(await web.openChat("own"));
    await atAgency(code, "so-tai-chinh");
    const list = await client.page("/console/petitions?status=all");
    expect(list).toContain(code);
    expect(list).not.toContain(target.code);
    expect(await client.page("/console/petitions?status=all&agency=so-nn-mt")).not.toContain(target.code);
    expect(await client.page(`/console/petitions?q=${target.code}`)).not.toContain(`/${target.code}"`);
    expect(await client.page("/console")).toMatch(/<b>1<\/b> Đã tiếp nhận/);
    const address = `/console/petitions/${code}`;
    const answered = await client.submit(address, `${address}/answer`, { text: "Sở đã bố trí vốn." });
    expect(answered.status).toBe(303);
    expect(await client.page(address)).toContain("Sở đã bố trí vốn.");
  });

  test("of a commune see that commune's alone", async () => {
    const client = await web.signedIn("agency", { agency: "ubnd-xa", commune: "xã Tân Bình" });
    const here = await web.addPetition(await web.openChat("here"), { commune: "xã Tân Bình" });
    const there = await web.addPetition(await web.openChat("there"), { commune: "xã Phong Điền" });
    for (const code of [here, there]) await atAgency(code, "ubnd-xa");
    expect((await client.get(`/console/petitions/${here}`)).status).toBe(200);
    expect((await client.get(`/console/petitions/${there}`)).status).toBe(404);
    const list = await client.page("/console/petitions?status=all&area=x%C3%A3%20Phong%20%C4%90i%E1%BB%81n");
    expect(list).toContain(here);
    expect(list).not.toContain(there);
  });

  test("lose sight of a petition when it goes to another agency", async () => {
    const client = await browser();
    const code = await web.addPetition(await web.openChat("moving"));
    await atAgency(code, "so-tai-chinh");
    expect((await client.get(`/console/petitions/${code}`)).status).toBe(200);
    await atAgency(code, "so-nn-mt");
    expect((await client.get(`/console/petitions/${code}`)).status).toBe(404);
  });
});

test("a viewer sees a petition without who wrote it and how he is reached", async () => {
  const code = await web.addPetition(await web.openChat("person"), { contact: "0912 345 678" });
  await fresh.database.pool.query("update petitions set sender = 'Trần Văn Út' where code = $1", [code]);
  const page = await (await web.signedIn("viewer")).page(`/console/petitions/${code}`);
  expect(page).toContain("dữ liệu cá nhân");
  for (const personal of ["0912 345 678", "Trần Văn Út"]) {
    expect(page).not.toContain(personal);
    expect(await (await web.signedIn("staff")).page(`/console/petitions/${code}`)).toContain(personal);
  }
});

describe("forged forms", () => {
  const admin = perFile(async () => {
    const client = await web.signedIn("admin");
    return { client, csrf: await tokenOf(client) };
  });
  const another = perFile(async () => tokenOf(await web.signedIn("admin")));
  const lines = async () => {
    const { rows } = await fresh.database.pool.query("select lines from audit_head");
    return rows[0].lines;
  };
  /** What was refused left the audit as it was. */
  async function refused(status: number, send: () => Promise<Response>): Promise<void> {
    const before = await lines();
    expect((await send()).status).toBe(status);
    expect(await lines()).toBe(before);
  }

  test.each(POSTS)("%s without the token of the session: 403", async (route) => {
    const { client } = await admin();
    const foreign = await another();
    await refused(403, () => call(client, route, ""));
    await refused(403, () => call(client, route, foreign));
  });

  test.each(POSTS)("%s from another origin: 403", async (route) => {
    const { client, csrf } = await admin();
    for (const headers of [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { "Sec-Fetch-Site": "cross-site" },
    ])
      await refused(403, () => call(client, route, csrf, headers));
  });

  test.each(POSTS)("%s that is no form: 415", async (route) => {
    const { client, csrf } = await admin();
    await refused(415, () => client.json(pathOf(route), { csrf }));
    await refused(415, () => client.post(pathOf(route), { csrf }, { "Content-Type": "text/plain" }));
  });

  test.each(POSTS)("%s as an address to open: nothing is done", async (route) => {
    const { client, csrf } = await admin();
    const page = route.replace("POST", "GET");
    const send = () => client.get(`${pathOf(route)}?csrf=${encodeURIComponent(csrf)}&text=x`);
    if (page in ACCESS) expect([200, 404]).toContain((await send()).status);
    else await refused(404, send);
  });

  test("signing in from another origin: 403", async () => {
    const fields = { email: "a@b.test", password: "x" };
    const response = await web.client().post("/console/sign-in", fields, { Origin: "https://evil.example" });
    expect(response.status).toBe(403);
  });

  test("a form over 64 KiB: 413", async () => {
    const client = await web.signedIn("staff");
    const response = await client.post("/console/sign-out", { text: "a".repeat(70_000) });
    expect(response.status).toBe(413);
  });
});

function perFile<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function atAgency(code: string, agency: string): Promise<void> {
  await fresh.database.pool.query("update petitions set agency = $2, status = 'forwarded' where code = $1", [
    code,
    agency,
  ]);
}

function expectSignIn(route: Route, response: Response): void {
  if (isOpen(route)) expect([200, 401]).toContain(response.status);
  else if (route.startsWith("POST")) expect(response.status).toBe(401);
  else expect(response.headers.get("location")).toMatch(/^\/console\/sign-in\?next=/);
}

function isOpen(route: Route): boolean {
  return route.endsWith("/console/sign-in");
}

function pathOf(route: Route, code = target.code): string {
  const path = (route.split(" ")[1] ?? "").replace(":code", code);
  return path.replace("chats/:id", `chats/${target.chat}`).replace(":id", "999999");
}

function call(
  client: Client,
  route: Route,
  csrf: string,
  headers: Record<string, string> = {},
  code = target.code,
) {
  const fields = { csrf, key: "0b0e7f6e-7a55-4c57-8f2b-111111111111", text: "chữ" };
  return route.startsWith("GET")
    ? client.get(pathOf(route, code), headers)
    : client.post(pathOf(route, code), fields, headers);
}

async function tokenOf(client: Client): Promise<string> {
  return /name="csrf" value="([^"]+)"/.exec(await client.page("/console/password"))?.[1] ?? "";
}
