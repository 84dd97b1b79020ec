import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { StaffStore } from "../../src/db/staff.ts";
import type { NewAccount } from "../../src/staff/account.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

let fresh: FreshDatabase;
let database: Database;
let staff: StaffStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.database;
  staff = new StaffStore(database);
});
afterAll(() => fresh.drop());

function account(given: Partial<NewAccount> = {}): NewAccount {
  return {
    name: "Cán bộ Hoa",
    email: `${randomUUID()}@xa.test`,
    role: "staff",
    passwordHash: "hash",
    passwordExpiresAt: null,
    ...given,
  };
}

async function add(given: Partial<NewAccount> = {}) {
  const made = account(given);
  const id = await staff.create(made);
  if (id === null) throw new Error("the account exists");
  return { id, ...made };
}

async function signIn(staffId: number): Promise<Buffer> {
  const tokenHash = randomBytes(32);
  await staff.openSession(tokenHash, staffId, "csrf");
  return tokenHash;
}

describe("an account", () => {
  it("is counted, and found by its e-mail in any case", async () => {
    const before = await staff.count();
    const { id, email } = await add();
    expect(await staff.count()).toBe(before + 1);
    expect(await staff.forSignIn(email.toUpperCase())).toEqual({ id, passwordHash: "hash" });
  });

  it("does not take an e-mail that is taken, in any case", async () => {
    const { email } = await add();
    const before = await staff.count();
    expect(await staff.create(account({ email: email.toUpperCase() }))).toBeNull();
    expect(await staff.count()).toBe(before);
  });

  it("is closed when it is unknown, disabled, or its printed password has run out", async () => {
    const disabled = await add();
    await database.pool.query("update staff set disabled_at = now() where id = $1", [disabled.id]);
    const late = await add({ passwordExpiresAt: new Date(Date.now() - 1000) });
    const inTime = await add({ passwordExpiresAt: new Date(Date.now() + 60_000) });
    expect(await staff.forSignIn("nobody@xa.test")).toBeNull();
    expect(await staff.forSignIn(disabled.email)).toBeNull();
    expect(await staff.forSignIn(late.email)).toBeNull();
    expect(await staff.forSignIn(inTime.email)).toMatchObject({ id: inTime.id });
  });
});

describe("a session", () => {
  it("knows who signed in, and that a printed password is still in use", async () => {
    const { id, name, email } = await add({
      role: "admin",
      passwordExpiresAt: new Date(Date.now() + 60_000),
    });
    expect(await staff.session(await signIn(id))).toEqual({
      staff: { id, name, email, role: "admin", agency: null, commune: null, passwordIsTemporary: true },
      csrfToken: "csrf",
    });
  });

  it.each([
    ["is unknown", "delete from staff_sessions where token_hash = $1"],
    [
      "was idle for 12 hours",
      "update staff_sessions set seen_at = now() - interval '12 hours' where token_hash = $1",
    ],
    [
      "is 7 days old",
      "update staff_sessions set created_at = now() - interval '7 days' where token_hash = $1",
    ],
    [
      "belongs to a disabled account",
      "update staff set disabled_at = now() where id = (select staff_id from staff_sessions where token_hash = $1)",
    ],
  ])("is over when it %s", async (_, age) => {
    const tokenHash = await signIn((await add()).id);
    expect(await staff.session(tokenHash)).not.toBeNull();
    await database.pool.query(age, [tokenHash]);
    expect(await staff.session(tokenHash)).toBeNull();
  });

  it("lives on as long as it is used, up to 7 days", async () => {
    const tokenHash = await signIn((await add()).id);
    await database.pool.query(
      "update staff_sessions set seen_at = now() - interval '11 hours', created_at = now() - interval '6 days' where token_hash = $1",
      [tokenHash],
    );
    expect(await staff.session(tokenHash)).not.toBeNull();
    const { rows } = await database.pool.query(
      "select now() - seen_at < interval '1 minute' as fresh from staff_sessions where token_hash = $1",
      [tokenHash],
    );
    expect(rows[0].fresh).toBe(true);
  });

  it("ends when it is closed, and leaves the others of the account open", async () => {
    const { id } = await add();
    const [one, two] = [await signIn(id), await signIn(id)];
    await staff.closeSession(one);
    expect(await staff.session(one)).toBeNull();
    expect(await staff.session(two)).not.toBeNull();
  });
});

describe("a new password", () => {
  it("takes the place of the printed one and ends every other session of the account", async () => {
    const { id, email } = await add({ passwordExpiresAt: new Date(Date.now() + 60_000) });
    const other = await signIn((await add()).id);
    const [here, elsewhere] = [await signIn(id), await signIn(id)];
    await staff.setPassword(id, "new hash", here);
    expect(await staff.forSignIn(email)).toEqual({ id, passwordHash: "new hash" });
    expect(await staff.session(here)).toMatchObject({ staff: { passwordIsTemporary: false } });
    expect(await staff.session(elsewhere)).toBeNull();
    expect(await staff.session(other)).not.toBeNull();
  });
});

describe("tries to sign in", () => {
  it("are counted per key", async () => {
    const counts = [];
    for (let n = 0; n < 3; n++) counts.push(await staff.countSignIn("ip:1"));
    expect(counts).toEqual([1, 2, 3]);
    expect(await staff.countSignIn("ip:2")).toBe(1);
  });

  it("are forgotten after 15 minutes, and removed after a day", async () => {
    await staff.countSignIn("ip:3");
    await staff.countSignIn("ip:3");
    const age = (interval: string) =>
      database.pool.query("update sign_in_attempts set at = now() - $1::interval where key = 'ip:3'", [
        interval,
      ]);
    await age("14 minutes");
    expect(await staff.countSignIn("ip:3")).toBe(3);
    await age("15 minutes");
    expect(await staff.countSignIn("ip:3")).toBe(1);
    await age("25 hours");
    await staff.countSignIn("ip:4");
    const { rows } = await database.pool.query(
      "select count(*)::int as n from sign_in_attempts where key = 'ip:3'",
    );
    expect(rows[0].n).toBe(0);
  });
});

describe("the audit", () => {
  it("notes who did what to which thing", async () => {
    const { id } = await add();
    await staff.audit(id, "petition-viewed", "KN-234567");
    const { rows } = await database.pool.query("select action, subject, at from audit where staff_id = $1", [
      id,
    ]);
    expect(rows).toEqual([{ action: "petition-viewed", subject: "KN-234567", at: expect.any(Date) }]);
  });
});
