import { z } from "zod";
import type { Delivery } from "../conversation/channel.ts";
import { neverWritten, wordsOf } from "./network-errors.ts";
import type { Reply } from "./zalo-oa-api.ts";

const SLOW_DOWN_SECONDS = 15;
const NETWORK_SECONDS = 5;
const LIMITED_SECONDS = 60;
const SET_UP_SECONDS = 300;
const NIGHT_SECONDS = 1_800;

/** The window in which an Official Account may write is closed; the member opens it by writing. */
const WINDOW: Record<number, string> = {
  [-230]: "quá 7 ngày bà con chưa nhắn lại, Zalo chưa cho gửi",
  [-232]: "đã hết cửa sổ trả lời của Zalo",
  [-305]: "quá 48 giờ kể từ tin cuối của bà con, Zalo chưa cho gửi",
  [-311]: "đã hết số tin trả lời được phép trong 48 giờ",
  [-218]: "bà con đã nhận đủ số tin Zalo cho phép",
};

const REFUSALS: Record<number, string> = {
  [-100]: "tệp gửi kèm đã hết hạn",
  [-201]: "Zalo báo sai nội dung tin",
  [-210]: "tin dài quá giới hạn của Zalo",
  [-213]: "bà con chưa quan tâm trang OA",
  [-217]: "bà con đã chặn lời mời của trang OA",
  [-227]: "tài khoản Zalo của bà con bị khóa hoặc lâu không dùng",
  [-233]: "loại tin này Zalo không hỗ trợ",
  [-240]: "API gửi tin này đã bị Zalo bỏ",
  [-244]: "bà con không nhận loại tin này từ trang OA",
  [-248]: "nội dung vi phạm chính sách của Zalo",
  [-249]: "mẫu tin không gửi được đến người này",
};

/** Somebody has to act in Zalo's console; the messages wait meanwhile. */
const SET_UP: Record<number, string> = {
  [-204]: "trang OA đã bị tắt",
  [-205]: "trang OA không tồn tại",
  [-209]: "ứng dụng Zalo chưa hoạt động",
  [-211]: "trang OA đã hết hạn mức gửi tin",
  [-212]: "ứng dụng chưa đăng ký API gửi tin",
  [-219]: "ứng dụng Zalo đã bị gỡ",
  [-221]: "trang OA chưa xác thực",
  [-223]: "trang OA chưa cấp quyền cho ứng dụng",
  [-224]: "gói dịch vụ của trang OA không đủ",
  [-235]: "loại trang OA này không được gửi",
  [-242]: "chữ ký appsecret_proof sai",
  [-320]: "chưa liên kết Zalo Cloud Account",
  [-321]: "Zalo Cloud Account đã hết tiền",
};

const LATER: Record<number, { afterSeconds: number; reason: string }> = {
  [-32]: { afterSeconds: SLOW_DOWN_SECONDS, reason: "Zalo yêu cầu gửi chậm lại" },
  [-200]: { afterSeconds: LIMITED_SECONDS, reason: "Zalo tạm chưa gửi được tin" },
  [-234]: { afterSeconds: NIGHT_SECONDS, reason: "Zalo không cho gửi vào ban đêm" },
  [-216]: { afterSeconds: LIMITED_SECONDS, reason: "mã truy cập Zalo không hợp lệ" },
  [-220]: { afterSeconds: LIMITED_SECONDS, reason: "mã truy cập Zalo đã hết hạn" },
};

const Answer = z.object({
  error: z.number().int(),
  message: z.string().catch(""),
  data: z
    .object({ message_id: z.coerce.string().min(1) })
    .optional()
    .catch(undefined),
});
export type Answer = z.infer<typeof Answer>;

/** The answer in Zalo's own form, or null. */
export function answerIn({ body }: Reply): Answer | null {
  return Answer.safeParse(body).data ?? null;
}

/** True when the token is what Zalo minds; older texts call the first "expired", so both ask for a new one. */
export function isTokenRefused(reply: Reply): boolean {
  const code = answerIn(reply)?.error;
  return code === -216 || code === -220;
}

/** What only a person can mend in Zalo's console, or null. */
export function setUpFault(reply: Reply): string | null {
  const code = answerIn(reply)?.error;
  return code === undefined ? null : (SET_UP[code] ?? null);
}

/** What Zalo's answer to a send means for the message; errors come with HTTP 200 too. */
export function deliveryFor(reply: Reply, scrub: (text: string) => string): Delivery {
  const answer = answerIn(reply);
  if (reply.status === 429) return later(LATER[-32], reply);
  if (!answer) return withoutAnswer(reply.status);
  if (answer.error === 0) return accepted(answer, reply.status);
  return refusedWith(answer, reply, scrub);
}

/** What a call that broke off means for the message. */
export function deliveryAfter(error: unknown): Delivery {
  return neverWritten(error)
    ? { outcome: "retry", afterSeconds: NETWORK_SECONDS, reason: "chưa kết nối được với Zalo" }
    : { outcome: "uncertain", reason: "Zalo không trả lời trọn vẹn, có thể tin đã đến" };
}

function accepted({ data }: Answer, status: number): Delivery {
  return status < 300
    ? { outcome: "sent", providerId: data?.message_id ?? null }
    : { outcome: "uncertain", reason: "Zalo trả lời không đúng mẫu" };
}

function refusedWith(
  { error: code, message }: Answer,
  reply: Reply,
  scrub: (text: string) => string,
): Delivery {
  const waiting = WINDOW[code];
  if (waiting) return { outcome: "waiting", reason: waiting };
  if (LATER[code]) return later(LATER[code], reply);
  const setUp = SET_UP[code];
  if (setUp) return { outcome: "retry", afterSeconds: SET_UP_SECONDS, reason: setUp };
  const words = scrub(message).slice(0, 200);
  return { outcome: "refused", reason: REFUSALS[code] ?? `Zalo từ chối (${code}): ${words}` };
}

function later(wait: (typeof LATER)[number] | undefined, { retryAfter }: Reply): Delivery {
  const { afterSeconds, reason } = wait ?? { afterSeconds: SLOW_DOWN_SECONDS, reason: "Zalo bận" };
  return { outcome: "retry", afterSeconds: retryAfter ?? afterSeconds, reason };
}

/** A page instead of an answer: with 4xx somebody on the way turned the call back, with anything else it may have arrived. */
function withoutAnswer(status: number): Delivery {
  return status >= 400 && status < 500
    ? { outcome: "retry", afterSeconds: LIMITED_SECONDS, reason: `Zalo không nhận yêu cầu (${status})` }
    : { outcome: "uncertain", reason: `Zalo trả lời không đúng mẫu (${status})` };
}

/** The error's words for a log, without the request that axios hangs on it. */
export function describe(error: unknown, scrub: (text: string) => string): string {
  return scrub(wordsOf(error));
}
