import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ACCESS, type Route } from "../../src/console/access.ts";
import type { Signed } from "../../src/console/handler.ts";
import { createMount } from "../../src/console/mount.ts";
import type { Role } from "../../src/staff/account.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Client, openWeb, type Web } from "../support/web.ts";

let fresh: FreshDatabase;
let web: Web;

beforeAll(async () => {
  fresh = await freshDatabase();
  web = openWeb(fresh.database);
});

afterAll(() => fresh.drop());

const ROUTES = Object.keys(ACCESS) as Route[];
const ROLES: Role[] = ["viewer", "staff", "admin"];

test("every route of the console stands in the table, and every line of the table is mounted", () => {
  const mounted = web.app.routes
    .filter(({ path, method }) => path.startsWith("/console") && method !== "ALL" && !path.endsWith("*"))
    .map(({ method, path }) => `${method} ${path}`);
  expect(new Set(mounted)).toEqual(new Set(ROUTES));
});

test("a route without a line in the table is not mounted", () => {
  const mount = createMount(new Hono<Signed>(), {} as never, {} as never);
  expect(() => mount("GET /console/secret" as Route, (c) => c.text("open"))).toThrow(/GET \/console\/secret/);
});

describe("who may call what", () => {
  test.each(ROUTES)("nobody: %s", async (route) => {
    const response = await call(web.client(), route, "no-token");
    if (isOpen(route)) expect([200, 401]).toContain(response.status);
    else if (route.startsWith("POST")) expect(response.status).toBe(401);
    else expect(response.headers.get("location")).toMatch(/^\/console\/sign-in\?next=/);
  });

  for (const role of ROLES) {
    describe(role, () => {
      test.each(ROUTES)("%s", async (route) => {
        const allowed: readonly string[] | string = ACCESS[route];
        const client = await web.signedIn(role);
        const response = await call(client, route, await tokenOf(client));
        const isAllowed = allowed === "anyone" || allowed.includes(role);
        expect(response.status === 403).toBe(!isAllowed);
        expect([200, 303, 400, 401, 403, 404]).toContain(response.status);
        if (!isOpen(route)) expect(response.status).not.toBe(401);
      });
    });
  }

  test("a viewer is not even shown the forms", async () => {
    const chat = await web.openChat("forms");
    const code = await web.addPetition(chat);
    await web.hold(chat, true);
    const viewer = await web.signedIn("viewer");
    for (const path of [`/console/petitions/${code}`, `/console/chats/${chat}`]) {
      expect(await viewer.page(path)).not.toContain("<textarea");
      expect(await (await web.signedIn("staff")).page(path)).toContain("<textarea");
    }
  });
});

describe("forged forms", () => {
  const posts = ROUTES.filter((route) => route.startsWith("POST") && !route.endsWith("sign-in"));

  test.each(posts)("%s without the token of the session: 403", async (route) => {
    const client = await web.signedIn("admin");
    expect((await call(client, route, "")).status).toBe(403);
    expect((await call(client, route, await tokenOf(await web.signedIn("admin")))).status).toBe(403);
  });

  test.each(posts)("%s from another origin: 403", async (route) => {
    const client = await web.signedIn("admin");
    const token = await tokenOf(client);
    for (const headers of [{ Origin: "https://evil.example" }, { "Sec-Fetch-Site": "cross-site" }]) {
      expect((await call(client, route, token, headers)).status).toBe(403);
    }
  });

  test.each(posts)("%s that is no form: 415", async (route) => {
    const client = await web.signedIn("admin");
    const csrf = await tokenOf(client);
    expect((await client.json(pathOf(route), { csrf })).status).toBe(415);
    expect((await client.post(pathOf(route), { csrf }, { "Content-Type": "text/plain" })).status).toBe(415);
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

function isOpen(route: Route): boolean {
  return route.endsWith("/console/sign-in");
}

function pathOf(route: Route): string {
  return (route.split(" ")[1] ?? "").replace(":code", "KN-222228").replace(":id", "999999");
}

function call(client: Client, route: Route, csrf: string, headers: Record<string, string> = {}) {
  return route.startsWith("GET")
    ? client.get(pathOf(route), headers)
    : client.post(pathOf(route), { csrf, key: "0b0e7f6e-7a55-4c57-8f2b-111111111111", text: "chữ" }, headers);
}

async function tokenOf(client: Client): Promise<string> {
  return /name="csrf" value="([^"]+)"/.exec(await client.page("/console/password"))?.[1] ?? "";
}
