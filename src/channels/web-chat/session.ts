import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";

const COOKIE = "cau-noi-chat";
const DAYS_KEPT = 90;

/** Tells chats apart by a signed cookie that holds nothing but a random number. */
export function createChatSessions(secret: string, publicUrl: string | null) {
  const isSecure = publicUrl?.startsWith("https:") ?? false;
  const prefix = isSecure ? ("host" as const) : undefined;
  const options: CookieOptions = {
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    maxAge: DAYS_KEPT * 86_400,
    ...(prefix ? { prefix } : {}),
  };
  const known = (c: Context) => getSignedCookie(c, secret, COOKIE, prefix);
  const give = (c: Context, chatId: string) => setSignedCookie(c, COOKIE, chatId, secret, options);

  return {
    /** The chat of this browser; a new one when it has none yet. */
    async chatOf(c: Context): Promise<string> {
      return (await known(c)) || this.open(c);
    },
    /** Begins a chat, or lets the one of this browser live on. */
    async open(c: Context): Promise<string> {
      const chatId = (await known(c)) || randomBytes(16).toString("base64url");
      await give(c, chatId);
      return chatId;
    },
  };
}
