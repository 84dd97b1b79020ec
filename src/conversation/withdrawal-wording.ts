import { STATUSES, type Status } from "../petitions/petition.ts";
import { CHOICES } from "./wording.ts";

/** What the bot says when a member takes a petition back. */
export const withdrawalWording = {
  askCode:
    "Bà con muốn rút kiến nghị nào? Bà con viết mã của kiến nghị (dạng KN-XXXXXX); không rút nữa thì viết “Không rút”.",
  question: (code: string) =>
    `Rút kiến nghị ${code}? Cán bộ và cơ quan giải quyết sẽ không xem xét tiếp kiến nghị này. Rút rồi thì không lấy lại được, nhưng bà con có thể gửi kiến nghị mới.`,
  done: (code: string) =>
    `Đã rút kiến nghị ${code} và báo cho cán bộ. Mã vẫn tra cứu được; nội dung đã gửi vẫn được lưu, muốn xóa thì bà con gõ /xoadulieu.`,
  kept: "Không rút gì cả; kiến nghị vẫn được xem xét như trước.",
  notOwned: (code: string) =>
    `Kiến nghị ${code} không gửi từ cuộc trò chuyện này (hoặc không còn gắn với bà con sau khi xóa dữ liệu), nên không rút ở đây được: chỉ người gửi được rút. Bà con mở lại nơi đã gửi kiến nghị, hoặc gõ /canbo để gặp cán bộ.`,
  tooLate: (code: string, status: Status) =>
    status === "withdrawn"
      ? `Kiến nghị ${code} đã được rút rồi.`
      : `Kiến nghị ${code} đã có kết quả (${STATUSES[status].label.toLowerCase()}) nên không rút được nữa. Nếu thấy chưa ổn, bà con nhắn “${CHOICES.unsatisfied} ${code}” kèm lý do.`,
} as const;
