import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyPassword } from "../../src/console/password.ts";
import { StaffStore } from "../../src/db/staff.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Run, runScript } from "../support/script.ts";
import { newFolder } from "../support/service-process.ts";

const folder = newFolder();
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(async () => {
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

function create(args: string[]): Promise<Run> {
  return runScript("create-staff", args, { settings: { DATABASE_URL: fresh.url, DATA_DIR: folder } });
}

describe("create-staff", () => {
  it("prints a password that opens the console, and refuses the same e-mail a second time", async () => {
    const args = ["--name", "Nguyễn Thị Hạnh", "--email", "Hanh@xa.vn", "--role", "staff"];
    const { code, out } = await create(args);
    expect(code).toBe(0);
    const password = /mật khẩu: +(\S+)/.exec(out)?.[1] ?? "";
    const account = await new StaffStore(fresh.database).forSignIn("hanh@xa.vn");
    expect(await verifyPassword(account?.passwordHash ?? null, password)).toBe(true);

    const again = await create(args);
    expect(again.code).toBe(1);
    expect(again.out).toBe("");
    expect(again.err.trim()).toBe("Đã có tài khoản dùng hanh@xa.vn.");
    const { rows } = await fresh.database.pool.query("select name, email, role from staff");
    expect(rows).toEqual([{ name: "Nguyễn Thị Hạnh", email: "hanh@xa.vn", role: "staff" }]);
  }, 60_000);

  it("names everything that is wrong with its use, and ends with 2", async () => {
    const { code, out, err } = await create(["--email", "không phải thư", "--role", "boss"]);
    expect(code).toBe(2);
    expect(out).toBe("");
    for (const fault of ["thiếu --name", "--email phải là", "--role phải là", "npm run create-staff"])
      expect(err).toContain(fault);
  }, 60_000);

  it("ends with 2 at an option that does not exist", async () => {
    expect((await create(["--nam", "Hạnh"])).code).toBe(2);
  }, 60_000);
});
