import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Session } from "../staff/account.ts";
import type { Accounts } from "./desk.ts";

const COOKIE = "cau-noi-console";
const DEVICE_COOKIE = "cau-noi-device";
const DEVICE_SECONDS = 180 * 24 * 60 * 60;

/** The browser of a member of staff, from sign-in to sign-out. The cookie's secret is stored as a digest only. */
export function createStaffSessions(staff: Accounts, publicUrl: string | null) {
  const prefix = publicUrl?.startsWith("https:") ? ("host" as const) : undefined;
  const options = { path: "/", httpOnly: true, sameSite: "Lax" as const, ...(prefix ? { prefix } : {}) };
  const digestOf = (c: Context) => {
    const token = getCookie(c, COOKIE, prefix);
    return token ? digest(token) : null;
  };

  return {
    async read(c: Context): Promise<{ session: Session; tokenHash: Buffer } | null> {
      const tokenHash = digestOf(c);
      const session = tokenHash && (await staff.session(tokenHash));
      return session ? { session, tokenHash } : null;
    },
    /** Begins a session under a new secret, whatever the browser held before. */
    async open(c: Context, staffId: number): Promise<void> {
      await this.close(c);
      const token = randomBytes(32).toString("base64url");
      await staff.openSession(digest(token), staffId, randomBytes(16).toString("base64url"));
      setCookie(c, COOKIE, token, options);
    },
    /** The digest of the browser's own secret, which says that somebody signed in here before; null in a new browser. */
    device(c: Context): Buffer | null {
      const token = getCookie(c, DEVICE_COOKIE, prefix);
      return token ? digest(token) : null;
    },
    /** Remembers the browser as one of the account's own; it opens nothing, it only has tries of its own. */
    async remember(c: Context, staffId: number): Promise<void> {
      const token = getCookie(c, DEVICE_COOKIE, prefix) ?? randomBytes(32).toString("base64url");
      await staff.rememberDevice(digest(token), staffId);
      setCookie(c, DEVICE_COOKIE, token, { ...options, maxAge: DEVICE_SECONDS });
    },
    async close(c: Context): Promise<void> {
      const tokenHash = digestOf(c);
      if (tokenHash) await staff.closeSession(tokenHash);
      deleteCookie(c, COOKIE, options);
    },
  };
}

export type StaffSessions = ReturnType<typeof createStaffSessions>;

/** Whether a form came from a page of this session. */
export function isTokenOf(session: Session, given: unknown): boolean {
  return typeof given === "string" && timingSafeEqual(digest(given), digest(session.csrfToken));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
