import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

const ARGON2ID = 2;
/** OWASP's setting for argon2id; about a tenth of a second on a small server. */
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 200;

/** Keyboards type "ộ" in more than one way; the password is the letters, not the way. */
const letters = (password: string) => password.normalize("NFC");

export function hashPassword(password: string): Promise<string> {
  return hash(letters(password), COST);
}

let nobody: Promise<string> | null = null;

/** False for an unknown account too, and as slowly, so that the time does not tell which e-mails exist. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(16).toString("hex"));
  const matches = await verify(passwordHash ?? (await nobody), letters(password));
  return passwordHash !== null && matches;
}
