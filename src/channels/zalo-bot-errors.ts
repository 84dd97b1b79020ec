import type { Delivery } from "../conversation/channel.ts";
import { neverWritten } from "./network-errors.ts";
import { CallFailed, ZaloRefusal } from "./zalo-bot-api.ts";

const NETWORK_SECONDS = 5;
const SERVER_FAULT_SECONDS = 10;
const WRONG_TOKEN_SECONDS = 60;

/** What an error from a send means for the message, too many requests aside; `scrub` hides the token in Zalo's words. */
export function deliveryFor(error: unknown, scrub: (text: string) => string): Delivery {
  if (error instanceof ZaloRefusal) return answered(error, scrub);
  if (error instanceof CallFailed && neverWritten(error)) {
    return { outcome: "retry", afterSeconds: NETWORK_SECONDS, reason: "chưa kết nối được với Zalo" };
  }
  return { outcome: "uncertain", reason: "Zalo không trả lời trọn vẹn, có thể tin đã đến" };
}

/** True when Zalo does not know the token. */
export function isWrongToken(error: unknown): boolean {
  return error instanceof ZaloRefusal && error.code === 401;
}

/** True when too much was asked or sent: of the moment's allowance or of the month's, Zalo does not say which. */
export function isOverQuota(error: unknown): boolean {
  return error instanceof ZaloRefusal && error.code === 429;
}

/** True when a long poll ended with nothing to tell. */
export function isIdle(error: unknown): boolean {
  return error instanceof ZaloRefusal && error.code === 408;
}

/** True when the answer to a poll may mean that a webhook is set; Zalo does not document which it gives. */
export function isPerhapsWebhook(error: unknown): boolean {
  return error instanceof ZaloRefusal && [400, 404, 409].includes(error.code);
}

/** Zalo numbers its own internal error 403, and does not document the words of its refusals. */
function answered({ code, description }: ZaloRefusal, scrub: (text: string) => string): Delivery {
  if (code === 401) return { outcome: "retry", afterSeconds: WRONG_TOKEN_SECONDS, reason: "token sai" };
  if (code === 403 || code >= 500) {
    return { outcome: "retry", afterSeconds: SERVER_FAULT_SECONDS, reason: `Zalo đang lỗi (${code})` };
  }
  if (code === 408 || code < 400) {
    return { outcome: "uncertain", reason: `Zalo không nói rõ tin đã đến chưa (${code})` };
  }
  return { outcome: "refused", reason: `Zalo từ chối (${code}): ${scrub(description)}` };
}
