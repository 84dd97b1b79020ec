import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { StaffStore } from "../../src/db/staff.ts";
import { StaffAccounts } from "../../src/db/staff-accounts.ts";
import { AccountRefused, type Role } from "../../src/staff/account.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

let fresh: FreshDatabase;
let staff: StaffStore;
let accounts: StaffAccounts;

beforeAll(async () => {
  fresh = await freshDatabase();
  staff = new StaffStore(fresh.database);
  accounts = new StaffAccounts(fresh.database);
});

beforeEach(async () => {
  await fresh.database.pool.query("update staff set disabled_at = now()");
});

afterAll(() => fresh.drop());

let people = 0;
const NOWHERE = { agency: null, commune: null };

async function add(role: Role): Promise<number> {
  const email = `${role}-${++people}@xa.test`;
  const place = role === "agency" ? { agency: "so-tai-chinh" } : {};
  const account = { name: role, email, role, ...place, passwordHash: "x", passwordExpiresAt: null };
  return (await staff.create(account)) ?? 0;
}

async function signIn(id: number): Promise<Buffer> {
  const token = Buffer.from(`token-${id}-${++people}`);
  await staff.openSession(token, id, "csrf");
  return token;
}

test("the last admin can be neither shut out nor made less, by himself or another", async () => {
  const admin = await add("admin");
  await expect(accounts.setDisabled(admin, true)).rejects.toThrow(AccountRefused);
  await expect(accounts.setRole(admin, { role: "staff", ...NOWHERE })).rejects.toThrow(/cuối cùng/);
  expect(await accounts.find(admin)).toMatchObject({ role: "admin", disabledAt: null });
});

test("with another admin he can, but not where the other's printed password ran out", async () => {
  const [first, second] = [await add("admin"), await add("admin")];
  await accounts.setRole(first, { role: "viewer", ...NOWHERE });
  expect(await accounts.find(first)).toMatchObject({ role: "viewer" });
  await accounts.setRole(first, { role: "admin", ...NOWHERE });
  await accounts.resetPassword(first, "y", new Date(Date.now() - 1000));
  await expect(accounts.setDisabled(second, true)).rejects.toThrow(AccountRefused);
});

test("two admins who demote each other at the same moment do not both succeed", async () => {
  const both = [await add("admin"), await add("admin")];
  const results = await Promise.allSettled(
    both.map((id) => accounts.setRole(id, { role: "staff", ...NOWHERE })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("shutting an account ends its sessions at once, and opening it brings none back", async () => {
  await add("admin");
  const id = await add("staff");
  const token = await signIn(id);
  expect((await accounts.find(id))?.sessions).toBe(1);
  await accounts.setDisabled(id, true);
  expect(await staff.session(token)).toBeNull();
  await accounts.setDisabled(id, false);
  expect(await staff.session(token)).toBeNull();
});

test("a new role holds for the sessions that there are", async () => {
  await add("admin");
  const id = await add("staff");
  const token = await signIn(id);
  await accounts.setRole(id, { role: "agency", agency: "ubnd-xa", commune: "xã Tân Bình" });
  expect((await staff.session(token))?.staff).toMatchObject({
    role: "agency",
    agency: "ubnd-xa",
    commune: "xã Tân Bình",
  });
});

test("an agency's account without an agency, and another role with one, are not stored", async () => {
  const id = await add("staff");
  await expect(accounts.setRole(id, { role: "agency", ...NOWHERE })).rejects.toThrow(/staff_agency_check/);
  await expect(
    accounts.setRole(id, { role: "staff", agency: "so-tai-chinh", commune: null }),
  ).rejects.toThrow(/staff_agency_check/);
});

test("a reset ends the sessions and sets a password that runs out; ending sessions forgets the browsers too", async () => {
  const id = await add("staff");
  const token = await signIn(id);
  const device = Buffer.from(`device-${id}`);
  await staff.rememberDevice(device, id);
  const email = (await accounts.find(id))?.email ?? "";
  await accounts.resetPassword(id, "new", new Date(Date.now() + 60_000));
  expect(await staff.session(token)).toBeNull();
  expect(await staff.forSignIn(email)).toMatchObject({ passwordHash: "new" });
  expect(await staff.knowsDevice(device, email.toUpperCase())).toBe(true);
  await accounts.endSessions(id);
  expect(await staff.knowsDevice(device, email)).toBe(false);
});

test("the list tells when somebody was last seen, and puts who is shut out last", async () => {
  const [gone, here] = [await add("viewer"), await add("viewer")];
  await signIn(here);
  await fresh.database.pool.query("update staff set disabled_at = now() where id = $1", [gone]);
  const rows = await accounts.list();
  expect(rows.find(({ id }) => id === here)?.lastSeenAt).toBeInstanceOf(Date);
  expect(rows[0]?.id).toBe(here);
});
