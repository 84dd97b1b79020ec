import { setMaxListeners } from "node:events";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** What became of one post: its status, 0 for none; the wait that was asked for; how long it took once it had a connection. */
type Answer = { status: number; retryAfter: number; ms: number };

const UNANSWERED: Answer = { status: 0, retryAfter: 0, ms: 0 };

/** Posts updates as Telegram does. */
export type Poster = {
  /** Posts until it is taken, after what stands before it in its chat; null when patience ended. */
  post(chatId: number, update: object): Promise<{ ackMs: number } | null>;
  /** Posts that were answered with 503, and with anything else than 200 or 503, or not at all. */
  refused: number;
  failed: number;
  close(): void;
};

/** As many as Telegram opens at most to one webhook. */
const CONNECTIONS = 100;
const LONGEST_WAIT_S = 64;
const ANSWER_PATIENCE_MS = 60_000;

/**
 * One queue per chat, whose head alone is posted. After a failure: at once, then after 2, 4, 8… seconds, and never before the
 * wait that was asked for.
 */
export function createPoster(url: string, secret: string, until: AbortSignal): Poster {
  // Every post that waits for another try listens to it.
  setMaxListeners(0, until);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const heads = new Map<number, Promise<unknown>>();
  const poster: Poster = { post, refused: 0, failed: 0, close: () => agent.destroy() };

  function post(chatId: number, update: object) {
    const before = heads.get(chatId) ?? Promise.resolve();
    const taken = before.then(() => untilTaken(JSON.stringify(update)));
    heads.set(chatId, taken);
    return taken;
  }

  async function untilTaken(body: string): Promise<{ ackMs: number } | null> {
    for (let tries = 0; !until.aborted; tries++) {
      const { status, retryAfter, ms } = await postOnce(body);
      if (status === 200) return { ackMs: ms };
      if (status === 503) poster.refused += 1;
      else poster.failed += 1;
      const ladder = tries === 0 ? 0 : Math.min(2 ** tries, LONGEST_WAIT_S);
      await sleep(Math.max(retryAfter, ladder) * 1000, undefined, { signal: until }).catch(() => {});
    }
    return null;
  }

  function postOnce(body: string): Promise<Answer> {
    return new Promise((resolve) => {
      let began = performance.now();
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "x-telegram-bot-api-secret-token": secret,
      };
      const sent = request(url, { agent, method: "POST", headers, timeout: ANSWER_PATIENCE_MS }, (answer) => {
        answer.resume();
        const retryAfter = Number(answer.headers["retry-after"] ?? 0);
        answer.once("end", () =>
          resolve({ status: answer.statusCode ?? 0, retryAfter, ms: performance.now() - began }),
        );
        answer.once("error", () => resolve(UNANSWERED));
      });
      // Until then it waits here, since every connection is in use.
      sent.once("socket", () => {
        began = performance.now();
      });
      sent.once("timeout", () => sent.destroy());
      sent.once("error", () => resolve(UNANSWERED));
      sent.end(body);
    });
  }

  return poster;
}
