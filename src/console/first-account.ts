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
  account: { name: string; email: string; role: Role },
): Promise<PrintedAccount | null> {
  const password = Array.from({ length: PASSWORD_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  const id = await staff.create({
    ...account,
    passwordHash: await hashPassword(password),
    passwordExpiresAt: new Date(Date.now() + VALID_MS),
  });
  return id === null ? null : { email: account.email, password };
}
