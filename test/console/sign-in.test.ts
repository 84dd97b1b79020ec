import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { firstAccount, newAccount } from "../../src/console/first-account.ts";
import { hashPassword } from "../../src/console/password.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { openWeb, type Web } from "../support/web.ts";

let fresh: FreshDatabase;
let web: Web;

beforeAll(async () => {
  fresh = await freshDatabase();
  web = openWeb(fresh.database);
});

beforeEach(async () => {
  await fresh.database.pool.query("truncate sign_in_attempts");
});

afterAll(() => fresh.drop());

let people = 0;

async function account() {
  const made = await newAccount(web.staff, {
    name: "Nguyễn Thị Hạnh",
    email: `hanh-${++people}@xa.test`,
    role: "staff",
  });
  if (!made) throw new Error("the account exists");
  return made;
}

const faultOf = (page: string) => /class="fault" role="alert">([^<]+)/.exec(page)?.[1];

describe("the first account", () => {
  test("is an admin with a password that nobody could guess, made once", async () => {
    const own = await freshDatabase();
    const { staff, client } = openWeb(own.database);
    const printed = await firstAccount(staff);
    expect(printed?.email).toBe("quan-tri@cau-noi.local");
    expect(printed?.password).toMatch(/^[2-9A-HJ-NP-Za-km-z]{20}$/);
    expect(await firstAccount(staff)).toBeNull();
    const browser = client();
    await browser.post("/console/sign-in", printed ?? { email: "", password: "" });
    expect(await browser.page("/console/petitions")).toContain("Quản trị");
    await own.drop();
  });

  test("is not made where there is staff already", async () => {
    await account();
    expect(await firstAccount(web.staff)).toBeNull();
  });

  test("an e-mail is taken once, in any case", async () => {
    const { email } = await account();
    expect(
      await newAccount(web.staff, { name: "Khác", email: email.toUpperCase(), role: "admin" }),
    ).toBeNull();
  });
});

describe("signing in", () => {
  test("leads to the petitions, with a cookie out of reach of scripts and of other sites", async () => {
    const client = web.client();
    const response = await client.post("/console/sign-in", await account());
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/console/petitions");
    const cookie = response.headers.getSetCookie().find((each) => each.includes("HttpOnly"));
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Max-Age=\d{2,}|Expires/i);
    expect((await client.get("/console/petitions")).status).toBe(200);
  });

  test("behind https the cookie is bound to the host", async () => {
    const secure = openWeb(fresh.database, "https://caunoi.example");
    const response = await secure.client().post("/console/sign-in", await account());
    expect(response.headers.getSetCookie().at(-1)).toMatch(/^__Host-.*Secure/);
    expect(response.headers.get("strict-transport-security")).toMatch(/max-age/);
  });

  test("the database holds neither the password nor the secret of the cookie", async () => {
    const made = await account();
    const client = web.client();
    await client.post("/console/sign-in", made);
    const [secret = ""] = [...client.jar.values()];
    const { rows } = await fresh.database.pool.query(
      "select (select string_agg(s::text, '') from staff s) || (select string_agg(t::text, '') from staff_sessions t) as everything",
    );
    expect(secret.length).toBeGreaterThanOrEqual(43);
    expect(rows[0].everything).not.toContain(secret);
    expect(rows[0].everything).not.toContain(made.password);
  });

  test("goes back to the page that was asked for, and to no other site", async () => {
    const client = web.client();
    const asked = await client.get("/console/petitions?status=received");
    expect(asked.status).toBe(303);
    const form = await client.page(asked.headers.get("location") ?? "");
    expect(form).toContain('name="next" value="/console/petitions?status=received"');
    for (const next of [
      "//evil.example",
      "https://evil.example",
      "/console/../\\evil",
      "/chat",
      "javascript:1",
    ]) {
      const response = await web.client().post("/console/sign-in", { ...(await account()), next });
      expect(response.headers.get("location")).toBe("/console/petitions");
    }
  });

  test("a new sign-in ends the session that the browser held", async () => {
    const client = web.client();
    await client.post("/console/sign-in", await account());
    const before = new Map(client.jar);
    await client.post("/console/sign-in", await account());
    expect([...client.jar.values()]).not.toEqual([...before.values()]);
    const old = web.client();
    for (const [name, value] of before) old.jar.set(name, value);
    expect((await old.get("/console/petitions")).status).toBe(303);
  });

  test("signing out ends the session for good", async () => {
    const client = web.client();
    await client.post("/console/sign-in", await account());
    const before = new Map(client.jar);
    const response = await client.submit("/console/petitions", "/console/sign-out", {});
    expect(response.headers.get("location")).toBe("/console/sign-in");
    for (const [name, value] of before) client.jar.set(name, value);
    expect((await client.get("/console/petitions")).status).toBe(303);
  });

  test("a session that was idle for 12 hours is over", async () => {
    const client = web.client();
    await client.post("/console/sign-in", await account());
    await fresh.database.pool.query(
      "update staff_sessions set seen_at = now() - interval '12 hours 1 second'",
    );
    expect((await client.get("/console/petitions")).status).toBe(303);
  });
});

describe("failing to sign in", () => {
  test("reads the same whatever was wrong", async () => {
    const { email, password } = await account();
    const expired = await account();
    await fresh.database.pool.query(
      "update staff set password_expires_at = now() - interval '1 minute' where email = $1",
      [expired.email],
    );
    const faults = [];
    for (const given of [
      { email, password: `${password}x` },
      { email: "khong-co@xa.test", password },
      expired,
      { email, password: "" },
      { email: "", password: "" },
      { email: `${"a".repeat(300)}@xa.test`, password },
    ]) {
      const response = await web.client().post("/console/sign-in", given);
      expect(response.status).toBe(401);
      faults.push(faultOf(await response.text()));
    }
    expect(faults[0]).toMatch(/không đúng/);
    expect(new Set(faults).size).toBe(1);
  });

  test("after 10 tries in 15 minutes the right password does not help either, from any address", async () => {
    const made = await account();
    for (let i = 0; i < 10; i++) {
      await web.client().post("/console/sign-in", { email: made.email, password: "sai" });
    }
    const response = await web.client().post("/console/sign-in", made);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(60);
    await fresh.database.pool.query("update sign_in_attempts set at = at - interval '15 minutes'");
    expect((await web.client().post("/console/sign-in", made)).status).toBe(303);
  });

  test("one address may not try many e-mails", async () => {
    const made = await account();
    const client = web.client("203.0.113.9");
    await tried(50, "address:203.0.113.9");
    expect((await client.post("/console/sign-in", made)).status).toBe(429);
    expect((await web.client().post("/console/sign-in", made)).status).toBe(303);
  });

  test("the addresses of one IPv6 network count as one", async () => {
    const made = await account();
    await tried(50, "address:2001:db8:a:b::/64");
    for (const address of ["2001:db8:a:b::1", "2001:0DB8:a:b:1:2:3:4"])
      expect((await web.client(address).post("/console/sign-in", made)).status).toBe(429);
    expect((await web.client("2001:db8:a:c::1").post("/console/sign-in", made)).status).toBe(303);
  });

  test.each(["127.0.0.1", "::1", "::ffff:10.0.0.2", "172.20.0.3"])(
    "behind a proxy at %s the address is the one that the proxy saw",
    async (near) => {
      const through = (forwarded: string) => ({ "X-Forwarded-For": forwarded });
      const made = await account();
      const proxy = web.client(near);
      await tried(49, "address:203.0.113.7");
      const claimed = through("198.51.100.1, 203.0.113.7");
      const last = await proxy.post("/console/sign-in", { email: "ai@xa.test", password: "x" }, claimed);
      expect(last.status).toBe(401);
      expect((await proxy.post("/console/sign-in", made, through("203.0.113.7"))).status).toBe(429);
      expect((await proxy.post("/console/sign-in", made, through("203.0.113.8"))).status).toBe(303);
    },
  );

  test("a client that speaks for others by itself is not believed", async () => {
    const client = web.client("203.0.113.10");
    await tried(49, "address:203.0.113.10");
    const statuses = [];
    for (let i = 0; i < 2; i++) {
      const response = await client.post(
        "/console/sign-in",
        { email: `ai-${i}@xa.test`, password: "x" },
        { "X-Forwarded-For": `198.51.100.${i}` },
      );
      statuses.push(response.status);
    }
    expect(statuses).toEqual([401, 429]);
  });

  test("tries are counted over all replicas, also those of the same moment", async () => {
    const { email } = await account();
    const second = openWeb(fresh.database);
    const responses = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (i % 2 ? web : second).client().post("/console/sign-in", { email, password: "sai" }),
      ),
    );
    const heard = responses.filter(({ status }) => status === 401);
    expect(heard.length).toBeLessThanOrEqual(10);
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(40 - heard.length);
  });

  test("fifty of one address, also over replicas and at the same moment", async () => {
    const second = openWeb(fresh.database);
    const responses = await Promise.all(
      Array.from({ length: 80 }, (_, i) =>
        (i % 2 ? web : second)
          .client("203.0.113.11")
          .post("/console/sign-in", { email: `ai-${i}@xa.test`, password: "sai" }),
      ),
    );
    expect(responses.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(50);
  });
});

describe("the owner of an account that others guess at", () => {
  async function besieged(email: string): Promise<void> {
    await tried(500, `account:${email}`);
  }

  test("signs in where he signed in before, from any address", async () => {
    const made = await account();
    const known = web.client();
    await known.post("/console/sign-in", made);
    await besieged(made.email);
    expect((await web.client().post("/console/sign-in", made)).status).toBe(429);
    expect((await known.post("/console/sign-in", made)).status).toBe(303);
    const moved = web.client();
    for (const [name, value] of known.jar) if (name.includes("device")) moved.jar.set(name, value);
    await tried(50, "address:203.0.113.12");
    expect((await moved.post("/console/sign-in", made)).status).toBe(303);
  });

  test("has ten tries there, and the browser is worth nothing for other accounts", async () => {
    const [mine, other] = [await account(), await account()];
    const known = web.client();
    await known.post("/console/sign-in", mine);
    await besieged(other.email);
    expect((await known.post("/console/sign-in", other)).status).toBe(429);
    const statuses = [];
    for (let i = 0; i < 11; i++)
      statuses.push((await known.post("/console/sign-in", { ...mine, password: "sai" })).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });

  test("a device cookie that nobody was given changes nothing", async () => {
    const made = await account();
    await besieged(made.email);
    const client = web.client();
    client.jar.set("cau-noi-device", "x".repeat(43));
    expect((await client.post("/console/sign-in", made)).status).toBe(429);
  });

  test("the cookie is out of reach of scripts, kept for half a year, and stored as a digest", async () => {
    const made = await account();
    const secure = openWeb(fresh.database, "https://caunoi.example");
    const client = secure.client();
    const response = await client.post("/console/sign-in", made);
    const cookie = response.headers.getSetCookie().find((each) => each.includes("device"));
    expect(cookie).toMatch(
      /^__Host-cau-noi-device=[\w-]{43};.*Max-Age=15552000.*HttpOnly.*Secure.*SameSite=Lax/,
    );
    const { rows } = await fresh.database.pool.query(
      "select string_agg(d::text, '') as all from staff_devices d",
    );
    expect(rows[0].all).not.toContain(client.jar.get("__Host-cau-noi-device"));
  });
});

/** As many tries as if they had just been made. */
async function tried(times: number, key: string): Promise<void> {
  await fresh.database.pool.query(
    "insert into sign_in_attempts (key) select $2 from generate_series(1, $1::int)",
    [times, key],
  );
}

describe("changing the password", () => {
  const chosen = "con đò nhỏ qua sông";

  async function change(client: ReturnType<Web["client"]>, current: string, next: string, again = next) {
    return client.submit("/console/password", "/console/password", { current, next, again });
  }

  test("is urged while the password is a printed one, and not afterwards", async () => {
    const made = await account();
    const client = web.client();
    await client.post("/console/sign-in", made);
    expect(await client.page("/console/petitions")).toContain("Đổi mật khẩu ngay");
    expect((await change(client, made.password, chosen)).status).toBe(303);
    expect(await client.page("/console/petitions")).not.toContain("Đổi mật khẩu ngay");
    expect((await web.client().post("/console/sign-in", made)).status).toBe(401);
    expect((await web.client().post("/console/sign-in", { ...made, password: chosen })).status).toBe(303);
  });

  test("takes the same letters however the keyboard composes them", async () => {
    const made = await account();
    const client = web.client();
    await client.post("/console/sign-in", made);
    await change(client, made.password, chosen.normalize("NFD"));
    expect((await web.client().post("/console/sign-in", { ...made, password: chosen })).status).toBe(303);
  });

  test("ends every other session of the account", async () => {
    const made = await account();
    const [here, there] = [web.client(), web.client()];
    await here.post("/console/sign-in", made);
    await there.post("/console/sign-in", made);
    await change(here, made.password, chosen);
    expect((await here.get("/console/petitions")).status).toBe(200);
    expect((await there.get("/console/petitions")).status).toBe(303);
  });

  test.each([
    ["a short one", "mười một k.", undefined, /12 ký tự/],
    ["two that differ", chosen, `${chosen}!`, /chưa giống nhau/],
    ["an endless one", "a".repeat(201), undefined, /dài nhất/],
  ])("%s is refused with the reason", async (_, next, again, reason) => {
    const made = await account();
    const client = web.client();
    await client.post("/console/sign-in", made);
    const response = await change(client, made.password, next, again);
    expect(response.status).toBe(400);
    expect(faultOf(await response.text())).toMatch(reason);
  });

  test("needs the current one, and may not be tried without end", async () => {
    const made = await account();
    const client = web.client();
    await client.post("/console/sign-in", made);
    for (let i = 0; i < 10; i++) expect((await change(client, "sai", chosen)).status).toBe(400);
    expect((await change(client, made.password, chosen)).status).toBe(429);
  });
});

test("an unknown e-mail takes as long as a wrong password", async () => {
  const { email } = await account();
  const shut = await account();
  await fresh.database.pool.query("update staff set disabled_at = now() where email = $1", [shut.email]);
  await hashPassword("warm");
  const time = async (given: string) => {
    await fresh.database.pool.query("delete from sign_in_attempts");
    const started = performance.now();
    await web.client().post("/console/sign-in", { email: given, password: "sai mật khẩu" });
    return performance.now() - started;
  };
  await time("lam-nong@xa.test");
  const times = { unknown: [] as number[], wrong: [] as number[], shut: [] as number[] };
  for (let i = 0; i < TIMED; i++) {
    times.unknown.push(await time("khong-ai@xa.test"));
    times.wrong.push(await time(email));
    times.shut.push(await time(shut.email));
  }
  const [unknown, wrong, closed] = [median(times.unknown), median(times.wrong), median(times.shut)];
  // Without the hash for unknown e-mails the difference is that of the hash, some 20 ms or more.
  const most = Math.max(5, wrong / 5);
  expect(Math.abs(unknown - wrong)).toBeLessThan(most);
  expect(Math.abs(closed - wrong)).toBeLessThan(most);
}, 60_000);

const TIMED = 67;

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
