import type { ChannelName } from "../conversation/channel.ts";
import type { TranscriptLine } from "../conversation/transcript.ts";
import { STANCES, type Stance } from "../petitions/petition.ts";
import type { Role } from "../staff/account.ts";

export const ROLES: Record<Role, string> = {
  viewer: "Người xem",
  agency: "Cán bộ cơ quan",
  staff: "Cán bộ",
  admin: "Quản trị",
};

const CHANNELS: Record<ChannelName, string> = {
  "web-chat": "Trang web",
  telegram: "Telegram",
  "zalo-bot": "Zalo Bot",
  "zalo-oa": "Zalo OA",
};

/** A channel's name; null is a petition whose chat is gone or that never had one. */
export function channelLabel(channel: string | null): string {
  return channel === null ? "Không qua chat" : (CHANNELS[channel as ChannelName] ?? channel);
}

export function stanceLabel(stance: string): string {
  return STANCES[stance as Stance] ?? stance;
}

export const AUTHORS: Record<TranscriptLine["author"], string> = {
  member: "Thành viên",
  bot: "Trợ lý tự động",
  staff: "Cán bộ",
};

const INCOMING: Record<string, string> = {
  open: "đang chờ xử lý",
  done: "đã xử lý",
  dead: "xử lý lỗi nhiều lần, cần người xem",
  "switched-off": "kênh đang tắt, sẽ xử lý khi bật lại",
};

const OUTGOING: Record<string, string> = {
  open: "đang gửi",
  done: "đã gửi",
  refused: "không gửi được",
  waiting: "chờ bà con nhắn lại mới gửi được",
  uncertain: "chưa rõ đã đến nơi chưa",
  dead: "không gửi được sau nhiều lần thử",
  "switched-off": "kênh đang tắt, sẽ gửi khi bật lại",
};

/** What became of a message, and why when it went wrong. */
export function deliveryLabel({
  author,
  status,
  reason,
}: Pick<TranscriptLine, "author" | "status" | "reason">): string {
  const label = (author === "member" ? INCOMING : OUTGOING)[status] ?? status;
  return reason ? `${label}: ${reason}` : label;
}

export function wentWrong({ status }: TranscriptLine): boolean {
  return status !== "open" && status !== "done";
}

const OUTCOMES: [start: string, label: string][] = [
  ["answered", "đã trả lời"],
  ["clarify", "đã hỏi lại cho rõ"],
  ["unanswered_switched_off", "đã lưu, chưa trả lời vì đang tắt trả lời tự động"],
  ["unanswered", "chưa có câu trả lời"],
  ["petition", "kiến nghị"],
  ["intake", "đang ghi kiến nghị"],
  ["smalltalk", "chào hỏi"],
  ["refused", "ngoài phạm vi"],
  ["command", "lệnh"],
  ["error", "lỗi"],
  ["held", "chờ cán bộ"],
  ["feedback_unhelpful", "bà con báo chưa đúng ý"],
  ["feedback", "bà con báo có ích"],
  ["clause", "xem nguyên văn"],
];

/** The outcome of a message in words; the finer suffix is left to the record. */
export function outcomeLabel(outcome: string | null): string | null {
  if (outcome === null) return null;
  return OUTCOMES.find(([start]) => outcome.startsWith(start))?.[1] ?? outcome;
}
