import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosResponse } from "axios";
import { rootOf } from "./root.ts";

/** What a server answered; `body` is null when it was not JSON. */
export type Reply = { status: number; retryAfter: number | null; body: unknown };

const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Every answer comes back, whatever its status, and only a broken connection throws. A connection serves one call:
 * one that lay idle may be closed under the next request, and then nobody knows whether that arrived.
 */
const http = axios.create({
  httpAgent: new HttpAgent({ keepAlive: false }),
  httpsAgent: new HttpsAgent({ keepAlive: false }),
  maxRedirects: 0,
  maxContentLength: MAX_ANSWER_BYTES,
  responseType: "text",
  transformResponse: (body: unknown) => body,
  validateStatus: () => true,
});

type Post = { url: string; headers: Record<string, string>; body: string; signal: AbortSignal };

/** One POST. */
export async function post({ url, headers, body, signal }: Post): Promise<Reply> {
  const answer: AxiosResponse<unknown> = await http.post(url, body, { headers, signal });
  const seconds = Number(answer.headers["retry-after"]);
  return {
    status: answer.status,
    retryAfter: seconds > 0 ? seconds : null,
    body: parseKeepingIds(String(answer.data)),
  };
}

const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])-?\d{15,}(?![\w.])/g;

/**
 * JSON whose long integers become strings, as Zalo's ids exceed what a number can hold; null for anything else.
 * The character NUL is dropped, since PostgreSQL cannot store it.
 */
export function parseKeepingIds(text: string): unknown {
  const quoted = text.replace(STRING_OR_LONG_INTEGER, (found) =>
    found.startsWith('"') ? found : `"${found}"`,
  );
  try {
    return JSON.parse(quoted, (_key, value) =>
      typeof value === "string" ? value.replaceAll("\0", "") : value,
    );
  } catch {
    return null;
  }
}

/** Joins a root from the settings with a path. */
export function under(root: string, path: string): string {
  return `${rootOf(root)}${path}`;
}

const SHORTEST_SECRET = 6;
const REMEMBERED = 20;

/** Removes secrets from words that people or logs will see; it learns those that come later. */
export function createScrub(secrets: string[]) {
  const known = new Set(secrets);
  return {
    learn(...more: string[]): void {
      for (const secret of more) known.add(secret);
      const later = [...known].slice(secrets.length);
      for (const old of later.slice(0, Math.max(0, later.length - REMEMBERED))) known.delete(old);
    },
    scrub(text: string): string {
      const hidden = [...known].filter(({ length }) => length >= SHORTEST_SECRET);
      return hidden.reduce((words, secret) => words.replaceAll(secret, "<bí mật>"), text);
    },
  };
}
export type Scrub = ReturnType<typeof createScrub>;
