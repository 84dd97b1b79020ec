import { GrammyError, HttpError } from "grammy";
import type { Delivery } from "../conversation/channel.ts";
import { causesOf, neverWritten, wordsOf } from "./network-errors.ts";

const SERVER_FAULT_SECONDS = 2;
const NETWORK_SECONDS = 5;
const WRONG_TOKEN_SECONDS = 60;

const REFUSALS: [pattern: RegExp, reason: string][] = [
  [/blocked by the user/i, "thành viên đã chặn bot"],
  [/user is deactivated/i, "tài khoản Telegram của thành viên không còn hoạt động"],
  [/kicked from|not a member/i, "bot không còn ở trong nhóm"],
  [/can't initiate conversation/i, "thành viên chưa mở trò chuyện với bot"],
  [/chat not found/i, "không tìm thấy cuộc trò chuyện"],
  [/message is too long/i, "tin dài quá giới hạn của Telegram"],
  [/text is empty/i, "tin không có chữ nào"],
];

/** What an error from a send means for the message; `scrub` hides the token in whatever Telegram wrote. */
export function deliveryFor(error: unknown, scrub: (text: string) => string): Delivery {
  if (error instanceof GrammyError) return answered(error, scrub);
  if (neverWritten(innermost(error))) {
    return { outcome: "retry", afterSeconds: NETWORK_SECONDS, reason: "chưa kết nối được với Telegram" };
  }
  return {
    outcome: "uncertain",
    reason: "Telegram không trả lời trọn vẹn, có thể tin đã đến",
    mayRepeat: true,
  };
}

/** The id that a group got when it became a supergroup, if the error tells one. */
export function movedTo(error: unknown): number | null {
  return error instanceof GrammyError ? (error.parameters.migrate_to_chat_id ?? null) : null;
}

/** The error's words for a log, down to the cause that a network error hides. */
export function describe(error: unknown, scrub: (text: string) => string): string {
  return scrub(causesOf(innermost(error)).map(wordsOf).join(": "));
}

/** grammY wraps what the network said. */
function innermost(error: unknown): unknown {
  return error instanceof HttpError ? error.error : error;
}

function answered(error: GrammyError, scrub: (text: string) => string): Delivery {
  const code = error.error_code;
  if (code === 429) return slowDown(error.parameters.retry_after ?? NETWORK_SECONDS);
  if (code === 401 || code === 404) {
    return { outcome: "retry", afterSeconds: WRONG_TOKEN_SECONDS, reason: "token sai" };
  }
  if (code >= 500) {
    return { outcome: "retry", afterSeconds: SERVER_FAULT_SECONDS, reason: `Telegram đang lỗi (${code})` };
  }
  if (code >= 400) return { outcome: "refused", reason: refusal(scrub(error.description)) };
  return { outcome: "uncertain", reason: "Telegram trả lời không đúng mẫu" };
}

function slowDown(seconds: number): Delivery {
  return { outcome: "retry", afterSeconds: seconds, reason: `Telegram yêu cầu chờ ${seconds} giây` };
}

function refusal(description: string): string {
  const known = REFUSALS.find(([pattern]) => pattern.test(description));
  return known ? known[1] : `Telegram từ chối: ${description}`;
}
