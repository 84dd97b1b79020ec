import { createHash, timingSafeEqual } from "node:crypto";

/** Digests have one length, so neither the content nor the length of the secret shows in the time taken. */
export function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Removes a bot's token, whole or only its secret half, from words that people or logs will see. */
export function createTokenScrub(token: string): (text: string) => string {
  const secret = token.slice(token.indexOf(":") + 1);
  return (text) => text.replaceAll(token, "<token>").replaceAll(secret, "<token>");
}
