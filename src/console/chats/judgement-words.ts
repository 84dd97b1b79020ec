import type { Judgement } from "../../knowledge/judgement.ts";

export const JUDGEMENT_STATES: Record<Judgement["status"], string> = {
  open: "Chờ quản trị xem",
  golden: "Đã thành câu hỏi mẫu",
  dismissed: "Đã bỏ qua",
};
