import { randomInt } from "node:crypto";
import type { Role } from "../staff/account.ts";
import type { Accounts } from "./desk.ts";
import { hashPassword } from "./password.ts";

/** An account with its password in clear: to be shown once and kept nowhere. */
export type PrintedAccount = { email: string; password: string };

/** No 0/O, 1/l/I: the password is copied by hand from a screen. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
const PASSWORD_LENGTH = 20;
const VALID_MS = 24 * 60 * 60 * 1000;

/** On the first start, makes an admin with a password to print; null when there is staff already. */
export async function firstAccount(
  staff: Pick<Accounts, "count" | "create">,
): Promise<PrintedAccount | null> {
  if ((await staff.count()) > 0) return null;
  return newAccount(staff, { name: "Quản trị", email: "quan-tri@cau-noi.local", role: "admin" });
}

/** Adds an account with a password to print, good for 24 hours; null when the e-mail is taken. */
export async function newAccount(
  staff: Pick<Accounts, "create">,
  account: {
    name: string;
    email: string;
    role: Role;
    agency?: string | null | undefined;
    commune?: string | null | undefined;
  },
): Promise<PrintedAccount | null> {
  const { password, passwordHash, expiresAt } = await printedPassword();
  const { agency = null, commune = null } = account.role === "agency" ? account : {};
  const id = await staff.create({ ...account, agency, commune, passwordHash, passwordExpiresAt: expiresAt });
  return id === null ? null : { email: account.email, password };
}

/** A password to print, with its hash and the end of its 24 hours. */
export async function printedPassword(): Promise<{
  password: string;
  passwordHash: string;
  expiresAt: Date;
}> {
  const password = Array.from({ length: PASSWORD_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return { password, passwordHash: await hashPassword(password), expiresAt: new Date(Date.now() + VALID_MS) };
}
