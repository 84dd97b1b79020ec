import { randomBytes } from "node:crypto";
import { hashPassword } from "../../src/console/password.ts";
import type { Database } from "../../src/db/database.ts";
import { StaffStore } from "../../src/db/staff.ts";
import type { Role } from "../../src/staff/account.ts";

/** Who may look around, each with what the sign-in opens. */
const PEOPLE: { role: Role; email: string; name: string; sees: string }[] = [
  {
    role: "staff",
    email: "can-bo@mau.local",
    name: "Cán bộ tiếp nhận",
    sees: "cán bộ: trả lời, chuyển, lập nhóm",
  },
  {
    role: "admin",
    email: "quan-tri@mau.local",
    name: "Quản trị bản mẫu",
    sees: "quản trị: thêm kiến thức, tài khoản",
  },
  { role: "viewer", email: "lanh-dao@mau.local", name: "Người theo dõi", sees: "chỉ xem" },
];

export type DemoAccount = { id: number; email: string; password: string; sees: string };

/** The three accounts, made when they are missing, each with a password of this start. */
export async function demoAccounts(database: Database): Promise<DemoAccount[]> {
  const staff = new StaffStore(database);
  const accounts: DemoAccount[] = [];
  for (const { sees, ...person } of PEOPLE) {
    const password = randomBytes(9).toString("base64url");
    const passwordHash = await hashPassword(password);
    const made = await staff.create({ ...person, passwordHash, passwordExpiresAt: null });
    const id = made ?? (await idOf(database, person.email));
    if (made === null) await staff.setPassword(id, passwordHash, Buffer.alloc(0));
    accounts.push({ id, email: person.email, password, sees });
  }
  return accounts;
}

async function idOf({ pool }: Database, email: string): Promise<number> {
  const { rows } = await pool.query<{ id: number }>("select id from staff where lower(email) = $1", [email]);
  if (!rows[0]) throw new Error(`Bản mẫu không có tài khoản ${email}.`);
  return rows[0].id;
}
